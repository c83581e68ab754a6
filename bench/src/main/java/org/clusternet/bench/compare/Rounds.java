package org.clusternet.bench.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.benchmark.Statistics;

/**
 * The figures of all contenders, round by round. Within a round every contender runs once, so that
 * a ratio compares two neighbours in time; a machine that slows down for a while slows both.
 */
final class Rounds {
  private final Map<String, List<Measured>> runs = new LinkedHashMap<>();

  /** Adds the run of the next round of a contender. */
  void add(String contender, Measured run) {
    runs.computeIfAbsent(contender, key -> new ArrayList<>()).add(run);
  }

  /** Whether it has run. */
  boolean has(String contender) {
    return runs.containsKey(contender);
  }

  /** The medians of its rounds. */
  Statistics of(String contender) {
    return Statistics.of(medians(contender));
  }

  /** How many times as fast as a reference it is: the ratio of the medians in each round. */
  Statistics speed(String contender, String reference) {
    double[] own = medians(contender);
    double[] other = medians(reference);
    if (own.length != other.length) {
      throw new IllegalStateException(
          "rounds of %s=%d, of %s=%d".formatted(contender, own.length, reference, other.length));
    }
    double[] ratios = new double[own.length];
    for (int round = 0; round < ratios.length; round++) {
      ratios[round] = other[round] / own[round];
    }
    return Statistics.of(ratios);
  }

  /** A secondary figure over the rounds; null if a run has none. */
  Statistics secondary(String contender, String name) {
    List<Measured> all = runs.get(contender);
    if (all.stream().anyMatch(run -> !run.secondary().containsKey(name))) {
      return null;
    }
    return Statistics.of(all.stream().map(run -> run.secondary().get(name)).toList());
  }

  private double[] medians(String contender) {
    return runs.get(contender).stream()
        .mapToDouble(run -> Statistics.of(run.figures()).median())
        .toArray();
  }
}
