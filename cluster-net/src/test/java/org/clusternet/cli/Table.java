package org.clusternet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A CSV table without quotes, read by hand so that it does not agree with its writer by design. */
record Table(List<String> columns, List<List<String>> rows) {

  static Table read(Path file) throws IOException {
    List<List<String>> lines =
        Files.readAllLines(file).stream().map(line -> List.of(line.split(",", -1))).toList();
    return new Table(lines.get(0), lines.subList(1, lines.size()));
  }

  String get(List<String> row, String column) {
    return row.get(columns.indexOf(column));
  }

  double[] numbers(List<String> row, String... names) {
    return Arrays.stream(names).mapToDouble(n -> Double.parseDouble(get(row, n))).toArray();
  }
}
