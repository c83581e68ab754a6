package org.clusternet.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** How long the parts of a run take, in seconds by name, in the order in which they ran. */
final class PhaseTimes {
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  /** Does a part and notes its time. */
  <T> T time(String part, Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    seconds.put(part, (System.nanoTime() - start) * 1e-9);
    return result;
  }

  /** Notes a time that was taken elsewhere. */
  void set(String part, double time) {
    seconds.put(part, time);
  }

  /** The time of a part that is done. */
  double of(String part) {
    return seconds.get(part);
  }

  /** All parts that are done. */
  Map<String, Double> seconds() {
    return new LinkedHashMap<>(seconds);
  }
}
