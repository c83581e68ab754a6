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
 * The results of one benchmark in one process of JMH.
 *
 * @param figures one figure per measured iteration, in the unit of the benchmark
 * @param secondary other figures by name, of a profiler or of the counters of a benchmark
 */
record Measured(List<Double> figures, Map<String, Double> secondary) {

  /**
   * The same run with a secondary figure as its only figure.
   *
   * @throws IllegalArgumentException if it has none of that name
   */
  Measured by(String name) {
    Double figure = secondary.get(name);
    if (figure == null) {
      throw new IllegalArgumentException("figure=" + name + "; there are " + secondary.keySet());
    }
    return new Measured(List.of(figure), secondary);
  }

  /**
   * Reads JMH's JSON file, which must hold one benchmark.
   *
   * @throws IOException if it cannot be read or holds another number of benchmarks
   */
  static Measured read(Path json) throws IOException {
    JsonNode results = new ObjectMapper().readTree(json.toFile());
    if (results.size() != 1) {
      throw new IOException(
          json + ": benchmarks=" + results.size() + "; exactly one must have run");
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
