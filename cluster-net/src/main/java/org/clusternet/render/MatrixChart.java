package org.clusternet.render;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A confusion matrix as in the paper's Figure 3: every row, a true class, is divided by its sum;
 * the counts stand below the parts.
 */
public final class MatrixChart {
  private static final int CELL = 84;
  private static final int LEFT = 96;
  private static final int TOP = 72;
  private static final int RIGHT = 20;
  private static final int BOTTOM = 18;

  private final String title;
  private final List<String> classes;
  private final int[][] counts;

  /**
   * A matrix.
   *
   * @param title above the chart
   * @param classes names of rows and columns
   * @param counts rows are labels, columns are predictions
   */
  public MatrixChart(String title, List<String> classes, int[][] counts) {
    this.title = title;
    this.classes = List.copyOf(classes);
    this.counts = Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
    boolean square = counts.length == classes.size();
    for (int[] row : counts) {
      square &= row.length == classes.size();
    }
    if (!square) {
      throw new IllegalArgumentException(
          "matrix: classes=%s counts=%s; there must be a row and a column a class"
              .formatted(classes, Arrays.deepToString(counts)));
    }
  }

  private Svg draw() {
    int side = CELL * classes.size();
    Svg svg = new Svg(LEFT + side + RIGHT, TOP + side + BOTTOM);
    svg.label(title, "x", 8, "y", 19, "font-size", Frame.TITLE_SIZE, "font-weight", "bold");
    svg.label("predicted", "x", LEFT + side / 2, "y", 44, "text-anchor", "middle");
    svg.label(
        "true",
        "x",
        14,
        "y",
        TOP + side / 2,
        "text-anchor",
        "middle",
        "transform",
        "rotate(-90 14 " + (TOP + side / 2) + ")");
    for (int row = 0; row < classes.size(); row++) {
      int sum = Arrays.stream(counts[row]).sum();
      int middle = TOP + row * CELL + CELL / 2;
      svg.label(classes.get(row), "x", LEFT - 10, "y", middle - 3, "text-anchor", "end");
      svg.label(
          "n = " + sum,
          "x",
          LEFT - 10,
          "y",
          middle + 13,
          "text-anchor",
          "end",
          "font-size",
          Frame.SMALL);
      svg.label(
          classes.get(row),
          "x",
          LEFT + row * CELL + CELL / 2,
          "y",
          TOP - 9,
          "text-anchor",
          "middle");
      for (int column = 0; column < classes.size(); column++) {
        cell(svg, row, column, sum);
      }
    }
    return svg;
  }

  private void cell(Svg svg, int row, int column, int sum) {
    double part = sum == 0 ? 0 : (double) counts[row][column] / sum;
    int x = LEFT + column * CELL;
    int y = TOP + row * CELL;
    String tip =
        "true %s, predicted %s: %d of %d"
            .formatted(classes.get(row), classes.get(column), counts[row][column], sum);
    svg.titled(
        tip,
        "rect",
        "x",
        x,
        "y",
        y,
        "width",
        CELL - 2,
        "height",
        CELL - 2,
        "fill",
        ColorMap.CIVIDIS.hex(part));
    String colour = ColorMap.CIVIDIS.textOn(part);
    String shown = sum == 0 ? "\u2013" : String.format(Locale.ROOT, "%.2f", part);
    int middle = x + CELL / 2 - 1;
    svg.label(
        shown,
        "x",
        middle,
        "y",
        y + CELL / 2 - 1,
        "text-anchor",
        "middle",
        "font-size",
        18,
        "fill",
        colour);
    svg.label(
        Integer.toString(counts[row][column]),
        "x",
        middle,
        "y",
        y + CELL / 2 + 18,
        "text-anchor",
        "middle",
        "fill",
        colour);
  }

  private String description() {
    StringBuilder text = new StringBuilder("Confusion matrix, true classes in rows: ");
    for (int row = 0; row < classes.size(); row++) {
      text.append(row == 0 ? "" : "; ").append(classes.get(row)).append(' ');
      text.append(Arrays.toString(counts[row]));
    }
    return text.toString();
  }

  /** The matrix for a page: takes the colour of the text around it. */
  public String fragment() {
    return draw().fragment(title, description());
  }

  /** The matrix as a file of its own. */
  public String document() {
    return draw().document(title, description());
  }
}
