package org.clusternet.data.observation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.data.io.CsvFile;

/**
 * The rows of a table that belong to one source: exposures or detectors whose counts are added. A
 * column {@code source} names it; rows without one stand alone.
 *
 * @param source name of the source, empty for a row that stands alone
 * @param rows its rows, at least one
 */
public record SourceRows(String source, List<CsvFile.Row> rows) {
  /** Copies the list. */
  public SourceRows {
    rows = List.copyOf(rows);
  }

  /**
   * Groups the rows of a table.
   *
   * @param rows all rows
   * @return the sources in the order of their first rows
   */
  public static List<SourceRows> of(List<CsvFile.Row> rows) {
    Map<String, List<CsvFile.Row>> groups = new LinkedHashMap<>();
    for (CsvFile.Row row : rows) {
      String name = row.get("source");
      // Names of sources are not empty, so a number of a line is none of them.
      String key = name.isEmpty() ? "\n" + row.line() : name;
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
    }
    return groups.values().stream()
        .map(group -> new SourceRows(group.get(0).get("source"), group))
        .toList();
  }

  /**
   * The first row, by which the source is named in messages.
   *
   * @return the row
   */
  public CsvFile.Row first() {
    return rows.get(0);
  }

  /**
   * The value of a column, which all rows share that have one.
   *
   * @param column name of the column
   * @return the value; empty if no row has one
   * @throws IllegalArgumentException if two rows differ
   */
  public String get(String column) {
    String value = "";
    for (CsvFile.Row row : rows) {
      String own = row.get(column);
      if (!value.isEmpty() && !own.isEmpty() && !same(value, own)) {
        throw new IllegalArgumentException(
            "source=%s has %s=%s and %s=%s; the exposures of one source must agree: correct one, or name two sources"
                .formatted(source, column, value, column, own));
      }
      value = value.isEmpty() ? own : value;
    }
    return value;
  }

  private static boolean same(String one, String other) {
    try {
      return one.equals(other) || Double.parseDouble(one) == Double.parseDouble(other);
    } catch (NumberFormatException text) {
      return false;
    }
  }
}
