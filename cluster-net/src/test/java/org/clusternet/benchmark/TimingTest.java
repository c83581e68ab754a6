package org.clusternet.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.ForwardingDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Timing by a clock that the tests turn themselves: a run of the work takes half a millisecond. */
class TimingTest {
  private static final double RUN = 0.5;

  private final Device cpu = Devices.plainCpu(1);
  private final AtomicInteger runs = new AtomicInteger();
  private int disturbed = -1;
  private int measured;

  private final Device device =
      new ForwardingDevice(cpu) {
        @Override
        public double milliseconds(Runnable work) {
          int before = runs.get();
          work.run();
          double disturbance = measured++ == disturbed ? 100 : 0;
          return RUN * (runs.get() - before) + disturbance;
        }
      };

  @AfterEach
  void close() {
    cpu.close();
  }

  @Test
  void shortWorkIsRepeatedWithinARound() {
    Statistics ms = new Timing(2, 5, 4).ofRecorded(device, runs::incrementAndGet);
    assertEquals(RUN, ms.median(), 1e-12);
    assertEquals(RUN, ms.max(), 1e-12);
    // 2 warm-ups, 1 to see how long, 8 when recorded, 8 replayed unmeasured, 5 rounds of 8
    assertEquals(2 + 1 + 8 + 8 + 5 * 8, runs.get());
  }

  @Test
  void longWorkRunsOncePerRound() {
    Statistics ms = new Timing(1, 3, 0.1).ofRecorded(device, runs::incrementAndGet);
    assertEquals(RUN, ms.median(), 1e-12);
    assertEquals(1 + 1 + 1 + 1 + 3, runs.get());
  }

  @Test
  void oneSlowRoundDoesNotChangeTheMedian() {
    disturbed = 2;
    Statistics ms = new Timing(3, 5, 0).of(device, runs::incrementAndGet);
    assertEquals(RUN, ms.median(), 1e-12);
    assertEquals(RUN + 100, ms.max(), 1e-12);
    assertEquals(3 + 5, runs.get());
  }

  @Test
  void theCpuIsTimedByTheWallClock() {
    double ms =
        cpu.milliseconds(
            () -> {
              long end = System.nanoTime() + 20_000_000;
              while (System.nanoTime() < end) {
                Thread.onSpinWait();
              }
            });
    assertTrue(ms >= 20 && ms < 20_000, "ms=" + ms);
  }

  @Test
  void settingsWithoutAWarmUpAreRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Timing(0, 5, 1));
    assertEquals("timing: warmups=0, rounds=5; both must be at least 1", e.getMessage());
  }
}
