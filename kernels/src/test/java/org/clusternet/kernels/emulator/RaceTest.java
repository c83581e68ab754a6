package org.clusternet.kernels.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.clusternet.kernels.Arguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every planted race is found, and what is ordered is no race. */
class RaceTest {
  private final TestDevice device = TestDevice.of("faults");

  private static void assertFault(Executable run, String... parts) {
    String message = assertThrows(EmulatorException.class, run).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), "'" + part + "' in: " + message);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"missing_barrier", "missing_syncwarp", "write_after_read", "global_race_in_block"})
  void racesInABlock(String entry) {
    int threads = entry.equals("missing_syncwarp") ? 32 : 128;
    long y = device.empty(4L * threads);
    device.run(entry, 1, threads, new Arguments().address(y).i32(1));
    assertFault(
        () -> device.run(entry, 1, threads, new Arguments().address(y).i32(0)),
        entry,
        "race in",
        "nothing orders them");
  }

  @Test
  void aWarpBarrierOfHalfTheLanesOrdersThemOnly() {
    long y = device.empty(128);
    device.run("partial_syncwarp", 1, 32, new Arguments().address(y).i32(7));
    assertFault(
        () -> device.run("partial_syncwarp", 1, 32, new Arguments().address(y).i32(16)),
        "race in shared memory: this read and a write by thread");
  }

  @Test
  void twoLanesWriteOneAddress() {
    long y = device.empty(256);
    assertFault(
        () -> device.run("same_address", 1, 64, new Arguments().address(y)),
        "thread (1,0,0)",
        "this write and a write by thread 0 of the same block");
  }

  @Test
  void racesBetweenBlocks() {
    long y = device.empty(4 * 256);
    device.run("race_between_blocks", 4, 64, new Arguments().address(y).i32(0));
    assertFault(
        () -> device.run("race_between_blocks", 4, 64, new Arguments().address(y).i32(1)),
        "race in global memory",
        "block (1,0,0), thread (0,0,0)",
        "thread 63 of block 0");
  }

  @Test
  void aWriteAfterOtherBlocksHaveRead() {
    long y = device.floats(1);
    long copies = device.empty(12);
    Arguments arguments = new Arguments().address(y).address(copies);
    device.run("write_after_blocks_read", 1, 1, arguments);
    assertFault(
        () -> device.run("write_after_blocks_read", 3, 1, arguments),
        "block (2,0,0)",
        "this write and a read by");
  }

  @Test
  void atomicsDoNotRaceAmongThemselvesButWithWrites() {
    long y = device.ints(0);
    device.run("atomic_and_plain", 2, 32, new Arguments().address(y).i32(1));
    assertEquals(64, device.ints(y, 1)[0]);
    assertFault(
        () -> device.run("atomic_and_plain", 2, 1, new Arguments().address(y).i32(0)),
        "this write and an atomic by thread 0 of block 0");
  }

  @Test
  void theNextLaunchIsOrderedAfterThis() {
    long y = device.empty(256);
    for (int i = 0; i < 3; i++) {
      device.run("missing_barrier", 1, 64, new Arguments().address(y).i32(1));
    }
  }

  @Test
  void theLastBlockNeedsAFenceBeforeItsAtomic() {
    float[] x = new float[1000];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % 7;
    }
    float sum = 0;
    for (float each : x) {
      sum += each;
    }
    for (Optional<Long> seed : List.of(Optional.<Long>empty(), Optional.of(5L))) {
      TestDevice shuffled =
          TestDevice.of(
              new Emulator(new Emulator.Settings(Optional.of(0L), seed, 1_000_000)), "faults");
      long in = shuffled.floats(x);
      long partial = shuffled.empty(4 * 40);
      long y = shuffled.empty(4);
      for (int repeat = 0; repeat < 2; repeat++) {
        shuffled.run(
            "last_block",
            40,
            64,
            new Arguments().address(in).address(partial).address(y).i32(1000).i32(1));
        assertEquals(sum, shuffled.floats(y, 1)[0]);
      }
    }
    for (int fence : new int[] {0, 2}) {
      TestDevice fresh = TestDevice.of("faults");
      Arguments arguments =
          new Arguments()
              .address(fresh.floats(x))
              .address(fresh.empty(4 * 40))
              .address(fresh.empty(4))
              .i32(1000)
              .i32(fence);
      assertFault(
          () -> fresh.run("last_block", 40, 64, arguments),
          "race in global memory: this read and a write by thread 0 of block");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void handOverOfAWholeBlock(int mode) {
    long partial = device.empty(4 * 6 * 64);
    long y = device.empty(256);
    Arguments arguments = new Arguments().address(partial).address(y).i32(mode);
    if (mode < 2) {
      device.run("hand_over", 6, 64, arguments);
      assertArrayEquals(
          IntStream.range(0, 64).map(t -> 6 * t + 64 * 15).toArray(), device.ints(y, 64));
    } else {
      assertFault(
          () -> device.run("hand_over", 6, 64, arguments),
          "race in global memory: this read and a write by thread",
          "of block 0");
    }
  }

  @Test
  void handOverOfEachThread() {
    long partial = device.empty(4 * 6 * 64);
    long y = device.empty(4);
    device.run("hand_over_by_thread", 6, 64, new Arguments().address(partial).address(y));
    assertEquals(384 * 383 / 2, device.ints(y, 1)[0]);
  }

  @Test
  void readOnlyLoadOfWhatTheLaunchWrites() {
    long x = device.ints(new int[64]);
    long y = device.empty(512);
    device.run("read_only", 1, 64, new Arguments().address(x).address(y));
    assertFault(
        () -> device.run("read_only", 1, 64, new Arguments().address(y).address(y)),
        "ld.global.nc",
        "read-only load of memory that the same launch writes, by thread 0");
  }

  @Test
  void theOrderOfBlocksCanBeShuffled() {
    long y = device.ints(-1);
    device.run("last_writer", 16, 32, new Arguments().address(y));
    assertEquals(15, device.ints(y, 1)[0]);
    long others = 0;
    for (long seed = 0; seed < 8; seed++) {
      Emulator.Settings settings = Emulator.Settings.standard().withBlockSeed(seed);
      TestDevice shuffled = TestDevice.of(new Emulator(settings), "faults");
      long z = shuffled.ints(-1);
      shuffled.run("last_writer", 16, 32, new Arguments().address(z));
      others += shuffled.ints(z, 1)[0] != 15 ? 1 : 0;
    }
    assertTrue(others > 0);
  }
}
