package org.clusternet.text;

import java.util.ArrayList;
import java.util.List;

/** A Markdown table with padded columns, so that it is readable as plain text. */
public final class Table {
  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  /** An empty table; the first column is aligned to the left, the others to the right. */
  public Table(String... header) {
    this.header = List.of(header);
  }

  /** As {@link #Table(String...)}. */
  public Table(List<String> header) {
    this.header = List.copyOf(header);
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException unless it has as many cells as the header
   */
  public Table row(String... cells) {
    return row(List.of(cells));
  }

  /** As {@link #row(String...)}. */
  public Table row(List<String> cells) {
    if (cells.size() != header.size()) {
      throw new IllegalArgumentException(
          "table: cells=" + cells.size() + " in " + cells + "; columns=" + header.size());
    }
    rows.add(cells.stream().map(cell -> cell.replace("|", "\\|").replace("\n", " ")).toList());
    return this;
  }

  /** Number of rows. */
  public int rows() {
    return rows.size();
  }

  /** The Markdown; every line ends with a newline. */
  public String markdown() {
    int[] widths = new int[header.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = Math.max(3, header.get(c).length());
      for (List<String> row : rows) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    line(text, header, widths);
    for (int c = 0; c < widths.length; c++) {
      text.append("| ").append("-".repeat(widths[c] - 1)).append(c == 0 ? "- " : ": ");
    }
    text.append("|\n");
    rows.forEach(row -> line(text, row, widths));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells, int[] widths) {
    for (int c = 0; c < widths.length; c++) {
      String pad = " ".repeat(widths[c] - cells.get(c).length());
      text.append("| ").append(c == 0 ? cells.get(c) + pad : pad + cells.get(c)).append(' ');
    }
    text.append("|\n");
  }
}
