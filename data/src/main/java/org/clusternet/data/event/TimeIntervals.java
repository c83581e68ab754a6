package org.clusternet.data.event;

import java.util.Arrays;

/**
 * Sorted, separate intervals of time, both ends included.
 *
 * <p>Events are nearly sorted in time, so the interval of the last one is tried first.
 */
final class TimeIntervals {
  private final double[] starts;
  private final double[] stops;
  private int last;

  private TimeIntervals(double[] starts, double[] stops) {
    this.starts = starts;
    this.stops = stops;
  }

  /** The union of intervals; those that end before they start, or have no end, are left out. */
  static TimeIntervals union(double[][] intervals) {
    double[][] sorted =
        Arrays.stream(intervals)
            .filter(i -> i[0] <= i[1])
            .sorted((a, b) -> Double.compare(a[0], b[0]))
            .toArray(double[][]::new);
    double[] starts = new double[sorted.length];
    double[] stops = new double[sorted.length];
    int n = 0;
    for (double[] interval : sorted) {
      if (n > 0 && interval[0] <= stops[n - 1]) {
        stops[n - 1] = Math.max(stops[n - 1], interval[1]);
      } else {
        starts[n] = interval[0];
        stops[n++] = interval[1];
      }
    }
    return new TimeIntervals(Arrays.copyOf(starts, n), Arrays.copyOf(stops, n));
  }

  /** The sum of their lengths in seconds. */
  double total() {
    double total = 0;
    for (int i = 0; i < starts.length; i++) {
      total += stops[i] - starts[i];
    }
    return total;
  }

  boolean contains(double time) {
    if (last < starts.length && time >= starts[last] && time <= stops[last]) {
      return true;
    }
    int at = Arrays.binarySearch(starts, time);
    int candidate = at >= 0 ? at : -at - 2;
    if (candidate < 0 || !(time <= stops[candidate])) {
      return false;
    }
    last = candidate;
    return true;
  }
}
