package org.clusternet.bench.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.clusternet.benchmark.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * The figures of all contenders by round. Within a round every contender runs once, so that a ratio
 * compares two runs close in time; a machine that slows down for a while slows both.
 */
final class Rounds {
  private final Map<String, List<Measured>> runs = new LinkedHashMap<>();

  /** Adds the run of a contender in its next round. */
  void add(String contender, Measured run) {
    runs.computeIfAbsent(contender, key -> new ArrayList<>()).add(run);
  }

  /** Whether a contender has run. */
  boolean has(String contender) {
    return runs.containsKey(contender);
  }

  /** Statistics of the medians of a contender's rounds. */
  Statistics of(String contender) {
    return Statistics.of(medians(contender));
  }

  /** Speed relative to a reference: the ratio of the medians in each round. */
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

  /** Statistics of a secondary figure over the rounds; null unless all runs have it. */
  @Nullable Statistics secondary(String contender, String name) {
    List<Double> figures = new ArrayList<>();
    for (Measured run : rounds(contender)) {
      Double figure = run.secondary().get(name);
      if (figure == null) {
        return null;
      }
      figures.add(figure);
    }
    return Statistics.of(figures);
  }

  private List<Measured> rounds(String contender) {
    return Objects.requireNonNull(runs.get(contender), contender);
  }

  private double[] medians(String contender) {
    return rounds(contender).stream()
        .mapToDouble(run -> Statistics.of(run.figures()).median())
        .toArray();
  }
}
