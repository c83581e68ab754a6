package org.clusternet.render;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A confusion matrix as in the paper's Figure 3: each row, a true class, is divided by its sum; the
 * counts stand below the fractions.
 */
public final class MatrixChart extends Drawing {
  private static final int CELL = 84;
  private static final int LEFT = 96;
  private static final int TOP = 72;
  private static final int RIGHT = 20;
  private static final int BOTTOM = 18;

  private final List<String> classes;
  private final int[][] counts;

  /**
   * A matrix.
   *
   * @param title shown above the chart
   * @param classes names of rows and columns
   * @param counts rows are labels, columns are predictions
   */
  public MatrixChart(String title, List<String> classes, int[][] counts) {
    super(title);
    this.classes = List.copyOf(classes);
    this.counts = Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
    boolean square = counts.length == classes.size();
    for (int[] row : counts) {
      square &= row.length == classes.size();
    }
    if (!square) {
      throw new IllegalArgumentException(
          "matrix: classes=%s counts=%s; there must be one row and one column per class"
              .formatted(classes, Arrays.deepToString(counts)));
    }
  }

  @Override
  Svg draw() {
    int side = CELL * classes.size();
    Svg svg = new Svg(LEFT + side + RIGHT, TOP + side + BOTTOM);
    svg.label(title(), 8, 19, "start", "font-size", Frame.TITLE_SIZE, "font-weight", "bold");
    svg.label("predicted", LEFT + side / 2.0, 44, "middle");
    Frame.upright(svg, "true", 14, TOP + side / 2.0);
    for (int row = 0; row < classes.size(); row++) {
      int sum = Arrays.stream(counts[row]).sum();
      int middle = TOP + row * CELL + CELL / 2;
      svg.label(classes.get(row), LEFT - 10, middle - 3, "end");
      svg.label("n = " + sum, LEFT - 10, middle + 13, "end", "font-size", Frame.SMALL);
      svg.label(classes.get(row), LEFT + row * CELL + CELL / 2.0, TOP - 9, "middle");
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
    String fill = ColorMap.CIVIDIS.hex(part);
    svg.titled(tip, "rect", "x", x, "y", y, "width", CELL - 2, "height", CELL - 2, "fill", fill);
    String colour = ColorMap.CIVIDIS.textOn(part);
    String shown = sum == 0 ? "\u2013" : String.format(Locale.ROOT, "%.2f", part);
    double middle = x + CELL / 2.0 - 1;
    double below = y + CELL / 2.0 - 1;
    svg.label(shown, middle, below, "middle", "font-size", 18, "fill", colour);
    svg.label(Integer.toString(counts[row][column]), middle, below + 19, "middle", "fill", colour);
  }

  @Override
  String description() {
    StringBuilder text = new StringBuilder("Confusion matrix, true classes in rows: ");
    for (int row = 0; row < classes.size(); row++) {
      text.append(row == 0 ? "" : "; ").append(classes.get(row)).append(' ');
      text.append(Arrays.toString(counts[row]));
    }
    return text.toString();
  }
}
