package org.clusternet.validation;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import org.clusternet.data.simulate.validation.Comparison;
import org.clusternet.data.simulate.validation.Comparison.Spread;
import org.clusternet.data.simulate.validation.Quantity;

/** One quantity as an SVG: a bar from 16 to 84 % with the median, by type, for both samples. */
final class RangeChart {
  private static final int WIDTH = 520;
  private static final int LEFT = 64;
  private static final int RIGHT = 16;
  private static final int TOP = 28;
  private static final int ROW = 34;
  private static final int BOTTOM = 26;
  private static final int TICKS = 4;
  private static final double MARGIN = 0.06;

  private final Quantity quantity;
  private final List<Comparison> rows;
  private final boolean logarithmic;
  private final double from;
  private final double to;

  private RangeChart(Quantity quantity, List<Comparison> rows) {
    this.quantity = quantity;
    this.rows = rows;
    logarithmic = rows.stream().allMatch(row -> low(row) > 0);
    double least = rows.stream().mapToDouble(row -> scaled(low(row))).min().orElseThrow();
    double most = rows.stream().mapToDouble(row -> scaled(high(row))).max().orElseThrow();
    double margin = Math.max(1e-3, MARGIN * (most - least));
    from = least - margin;
    to = most + margin;
  }

  /** Draws the rows of a quantity. */
  static String draw(Quantity quantity, List<Comparison> rows) {
    return new RangeChart(quantity, rows).svg();
  }

  private static double low(Comparison row) {
    return row.simulated().count() == 0
        ? row.reference().low()
        : Math.min(row.reference().low(), row.simulated().low());
  }

  private static double high(Comparison row) {
    return row.simulated().count() == 0
        ? row.reference().high()
        : Math.max(row.reference().high(), row.simulated().high());
  }

  private double scaled(double value) {
    return logarithmic ? StrictMath.log10(value) : value;
  }

  private double x(double value) {
    return LEFT + (scaled(value) - from) / (to - from) * (WIDTH - LEFT - RIGHT);
  }

  private String svg() {
    int height = TOP + ROW * rows.size() + BOTTOM;
    Formatter svg = new Formatter(Locale.ROOT);
    svg.format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n",
        WIDTH, height);
    String unit = quantity.unit().isEmpty() ? "" : " [" + quantity.unit() + "]";
    svg.format("<text x=\"%d\" y=\"16\" class=\"title\">%s%s</text>%n", 4, escaped(), unit);
    axis(svg, height - BOTTOM);
    for (int i = 0; i < rows.size(); i++) {
      Comparison row = rows.get(i);
      int y = TOP + ROW * i;
      svg.format("<text x=\"4\" y=\"%d\">%s</text>%n", y + 20, row.type());
      bar(svg, row.reference(), y + 6, "reference");
      bar(svg, row.simulated(), y + 19, "simulated");
    }
    return svg.format("</svg>%n").toString();
  }

  private String escaped() {
    return quantity.title().replace("&", "&amp;").replace("<", "&lt;");
  }

  private void axis(Formatter svg, int y) {
    for (int i = 0; i <= TICKS; i++) {
      double position = from + (to - from) * i / TICKS;
      double x = LEFT + (double) (WIDTH - LEFT - RIGHT) * i / TICKS;
      double value = logarithmic ? StrictMath.pow(10, position) : position;
      svg.format("<path class=\"grid\" d=\"M%.1f %dV%d\"/>%n", x, TOP, y);
      svg.format(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.3g</text>%n", x, y + 16, value);
    }
  }

  private void bar(Formatter svg, Spread spread, int y, String kind) {
    if (spread.count() == 0) {
      return;
    }
    double left = x(spread.low());
    double width = Math.max(1, x(spread.high()) - left);
    svg.format(
        "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"10\" rx=\"2\"/>%n",
        kind, left, y, width);
    svg.format("<path class=\"median\" d=\"M%.1f %dv14\"/>%n", x(spread.median()), y - 2);
  }
}
