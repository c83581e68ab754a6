package org.clusternet.benchmark;

import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Replay;

/**
 * Measures the time of work on a device: after a warm-up, the median of several rounds. Work of
 * less than a few milliseconds is repeated within a round, by one recorded step, so that neither
 * the resolution of the clock nor the launch of a kernel matters.
 *
 * @param warmups number of runs that are not counted
 * @param rounds number of rounds that are counted
 * @param roundMillis shortest duration of a round
 */
public record Timing(int warmups, int rounds, double roundMillis) {
  private static final int MOST_REPETITIONS = 200;

  /**
   * A way to measure.
   *
   * @throws IllegalArgumentException unless there is a warm-up and a round
   */
  public Timing {
    if (warmups < 1 || rounds < 1) {
      throw new IllegalArgumentException(
          "timing: warmups=" + warmups + ", rounds=" + rounds + "; both must be at least 1");
    }
  }

  /** Milliseconds of one run of work that can be recorded, since it is the same each time. */
  public Statistics ofRecorded(Device device, Runnable work) {
    for (int i = 0; i < warmups; i++) {
      work.run();
    }
    double once = device.milliseconds(work);
    int repetitions = (int) Math.max(1, Math.min(MOST_REPETITIONS, Math.ceil(roundMillis / once)));
    Runnable round =
        () -> {
          for (int i = 0; i < repetitions; i++) {
            work.run();
          }
        };
    try (Replay replay = device.record(round)) {
      replay.run();
      return of(device, replay::run, repetitions);
    }
  }

  /** Milliseconds of one run of work that records itself, or cannot be recorded. */
  public Statistics of(Device device, Runnable work) {
    for (int i = 0; i < warmups; i++) {
      work.run();
    }
    return of(device, work, 1);
  }

  private Statistics of(Device device, Runnable round, int repetitions) {
    double[] figures = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      figures[i] = device.milliseconds(round) / repetitions;
    }
    return Statistics.of(figures);
  }
}
