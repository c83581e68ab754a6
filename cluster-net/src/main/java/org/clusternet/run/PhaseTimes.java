package org.clusternet.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Durations of the phases of a run, in seconds by name, in the order in which they ran. */
final class PhaseTimes {
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  /** Runs a phase and records its duration. */
  <T> T time(String phase, Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    seconds.put(phase, (System.nanoTime() - start) * 1e-9);
    return result;
  }

  /** Records a duration that was measured elsewhere. */
  void set(String phase, double time) {
    seconds.put(phase, time);
  }

  /** Duration of a phase that has run. */
  double of(String phase) {
    return Objects.requireNonNull(seconds.get(phase), phase);
  }

  /** Durations of all phases that have run. */
  Map<String, Double> seconds() {
    return new LinkedHashMap<>(seconds);
  }
}
