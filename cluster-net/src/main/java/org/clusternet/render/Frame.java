package org.clusternet.render;

import java.util.List;

/** The rectangle that a chart is drawn in, with its title, legend, axes and grid. */
final class Frame {
  static final int TITLE_SIZE = 14;
  static final int SMALL = 11;
  private static final int TOP = 30;
  private static final int LEGEND = 20;
  private static final int LEFT = 62;
  private static final int RIGHT = 16;
  private static final int BOTTOM = 46;
  private static final int TICK = 4;
  private static final double CHARACTER = 6.6;
  private static final int SAMPLE = 24;

  /** An entry of the legend; its sample is drawn by the chart. */
  record Entry(String name, Sample sample) {}

  /** Draws the sample of a series in the legend, around the point given. */
  @FunctionalInterface
  interface Sample {
    void draw(Svg svg, double x, double y);
  }

  private final Svg svg;
  private final int width;
  private final double left = LEFT;
  private final double right;
  private final double top;
  private final double bottom;

  Frame(Svg svg, int width, int height, String title, List<Entry> legend) {
    this.svg = svg;
    this.width = width;
    svg.label(title, LEFT, 19, "start", "font-size", TITLE_SIZE, "font-weight", "bold");
    int lines = legend(legend);
    this.right = width - RIGHT;
    this.top = TOP + lines * LEGEND;
    this.bottom = height - BOTTOM;
  }

  private int legend(List<Entry> entries) {
    double x = LEFT;
    int line = 0;
    for (Entry entry : entries) {
      double wide = SAMPLE + 6 + CHARACTER * entry.name().length() + 14;
      if (x > LEFT && x + wide > width) {
        x = LEFT;
        line++;
      }
      double y = TOP + LEGEND * line + 5;
      entry.sample().draw(svg, x + SAMPLE / 2.0, y);
      svg.label(entry.name(), x + SAMPLE + 6, y + 4, "start");
      x += wide;
    }
    return entries.isEmpty() ? 0 : line + 1;
  }

  double left() {
    return left;
  }

  double right() {
    return right;
  }

  double top() {
    return top;
  }

  double bottom() {
    return bottom;
  }

  double x(Scale scale, double value) {
    return left + scale.at(value) * (right - left);
  }

  double y(Scale scale, double value) {
    return bottom - scale.at(value) * (bottom - top);
  }

  void xAxis(String label, Scale scale) {
    for (double tick : scale.ticks()) {
      double x = x(scale, tick);
      grid(x, top, x, bottom);
      svg.line(x, bottom, x, bottom + TICK, "stroke", "currentColor");
      svg.label(Scale.label(tick), x, bottom + 18, "middle");
    }
    xLabel(label);
  }

  /** An axis with names instead of numbers, each in the middle of its share. */
  void categories(String label, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      double x = left + (i + 0.5) / names.size() * (right - left);
      svg.label(names.get(i), x, bottom + 18, "middle");
    }
    xLabel(label);
  }

  private void xLabel(String label) {
    svg.label(label, (left + right) / 2, bottom + 38, "middle");
  }

  void yAxis(String label, Scale scale) {
    for (double tick : scale.ticks()) {
      double y = y(scale, tick);
      grid(left, y, right, y);
      svg.line(left - TICK, y, left, y, "stroke", "currentColor");
      svg.label(Scale.label(tick), left - 8, y + 4, "end");
    }
    upright(svg, label, 15, (top + bottom) / 2);
  }

  /** Text that reads upwards, centred at a point. */
  static void upright(Svg svg, String text, double x, double y) {
    String turn = "rotate(-90 " + Svg.point(x, y) + ")";
    svg.label(text, x, y, "middle", "transform", turn);
  }

  private void grid(double x1, double y1, double x2, double y2) {
    svg.line(x1, y1, x2, y2, "stroke", Palette.GUIDE, "stroke-opacity", "0.25");
  }

  /** The two lines of the axes, over everything that was drawn. */
  void border() {
    String axes =
        "M" + Svg.point(left, top) + "L" + Svg.point(left, bottom) + "L" + Svg.point(right, bottom);
    svg.path(axes, "stroke", "currentColor");
  }
}
