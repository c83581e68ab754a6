package org.clusternet.bench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one process of JMH measured of one benchmark.
 *
 * @param figures one per measured iteration, in the benchmark's unit
 * @param secondary other figures by name: a profiler's, or the counters of a benchmark
 */
record Measured(List<Double> figures, Map<String, Double> secondary) {

  /**
   * The same run with a secondary figure as its only one.
   *
   * @throws IllegalArgumentException if it has none of that name
   */
  Measured by(String name) {
    if (!secondary.containsKey(name)) {
      throw new IllegalArgumentException("figure=" + name + "; there are " + secondary.keySet());
    }
    return new Measured(List.of(secondary.get(name)), secondary);
  }

  /**
   * Reads JMH's JSON file, which must hold one benchmark.
   *
   * @throws IOException if it cannot be read or holds another number of benchmarks
   */
  static Measured read(Path json) throws IOException {
    JsonNode results = new ObjectMapper().readTree(json.toFile());
    if (results.size() != 1) {
      throw new IOException(json + ": benchmarks=" + results.size() + "; one was to run");
    }
    JsonNode result = results.get(0);
    List<Double> figures = new ArrayList<>();
    for (JsonNode fork : result.path("primaryMetric").path("rawData")) {
      for (JsonNode figure : fork) {
        figures.add(figure.asDouble());
      }
    }
    Map<String, Double> secondary = new TreeMap<>();
    result
        .path("secondaryMetrics")
        .properties()
        .forEach(
            metric -> secondary.put(metric.getKey(), metric.getValue().path("score").asDouble()));
    return new Measured(List.copyOf(figures), secondary);
  }
}
