package org.clusternet.render;

import java.util.ArrayList;
import java.util.List;

/**
 * A chart over two axes: lines, points with ranges, marks. Series differ in colour and in dashes or
 * markers, so that they can be told apart in print too.
 *
 * <p>Values that are not finite, or not positive on a logarithmic axis, leave a gap. Series are
 * drawn in the order in which they were added.
 */
public final class Chart extends Drawing {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 320;
  private static final int MOST_DOTS = 60;

  private final String description;
  private final List<Frame.Entry> legend = new ArrayList<>();
  private final List<Painter> painters = new ArrayList<>();
  private final List<Painter> marks = new ArrayList<>();
  private int width = WIDTH;
  private int height = HEIGHT;
  private String xLabel = "";
  private String yLabel = "";
  private Scale x = Scale.linear(0, 1);
  private Scale y = Scale.linear(0, 1);

  @FunctionalInterface
  private interface Painter {
    void paint(Svg svg, Frame frame);
  }

  /**
   * An empty chart.
   *
   * @param title a few words, shown above the chart
   * @param description what it shows, for those who cannot see it
   */
  public Chart(String title, String description) {
    super(title);
    this.description = description;
  }

  /** Sets the size in pixels (default 560 x 320). */
  public Chart size(int newWidth, int newHeight) {
    this.width = newWidth;
    this.height = newHeight;
    return this;
  }

  /** Sets the horizontal axis. */
  public Chart x(String label, Scale scale) {
    this.xLabel = label;
    this.x = scale;
    return this;
  }

  /** Sets the vertical axis. */
  public Chart y(String label, Scale scale) {
    this.yLabel = label;
    this.y = scale;
    return this;
  }

  /** Adds a line through points, with a dot at each of them where they are few. */
  public Chart line(String name, double[] xs, double[] ys) {
    requireSame(name, xs, ys);
    String colour = Palette.colour(painters.size());
    String dash = Palette.dash(painters.size());
    legend.add(
        new Frame.Entry(
            name, (svg, u, v) -> stroke(svg, segment(u - 12, v, u + 12, v), colour, dash)));
    painters.add(
        (svg, frame) -> {
          stroke(svg, polyline(frame, xs, ys), colour, dash);
          for (int i = 0; xs.length <= MOST_DOTS && i < xs.length; i++) {
            if (isShown(xs[i], ys[i])) {
              dot(svg, frame.x(x, xs[i]), frame.y(y, ys[i]), colour, tip(name, xs[i], ys[i]));
            }
          }
        });
    return this;
  }

  private String polyline(Frame frame, double[] xs, double[] ys) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < xs.length; i++) {
      boolean shown = isShown(xs[i], ys[i]);
      if (shown) {
        path.append(pen ? 'L' : 'M').append(Svg.point(frame.x(x, xs[i]), frame.y(y, ys[i])));
      }
      pen = shown;
    }
    return path.toString();
  }

  /** Adds points. */
  public Chart points(String name, double[] xs, double[] ys) {
    return ranges(name, xs, ys, ys, ys);
  }

  /**
   * Adds points, each with a vertical range.
   *
   * @param name the series
   * @param xs places of the points
   * @param ys values of the points
   * @param lows lower ends of the ranges
   * @param highs upper ends
   */
  public Chart ranges(String name, double[] xs, double[] ys, double[] lows, double[] highs) {
    requireSame(name, xs, ys);
    requireSame(name, lows, highs);
    requireSame(name, xs, lows);
    int k = painters.size();
    String colour = Palette.colour(k);
    legend.add(new Frame.Entry(name, (svg, u, v) -> Marker.of(k).draw(svg, u, v, colour, name)));
    painters.add(
        (svg, frame) -> {
          for (int i = 0; i < xs.length; i++) {
            if (!isShown(xs[i], ys[i])) {
              continue;
            }
            double u = frame.x(x, xs[i]);
            if (isShown(xs[i], lows[i]) && highs[i] > lows[i]) {
              whisker(svg, u, frame.y(y, lows[i]), frame.y(y, highs[i]), colour);
            }
            Marker.of(k).draw(svg, u, frame.y(y, ys[i]), colour, tip(name, xs[i], ys[i]));
          }
        });
    return this;
  }

  /** Adds a thin grey vertical line with a word at its top. */
  public Chart mark(double at, String word) {
    marks.add(
        (svg, frame) -> {
          double u = frame.x(x, at);
          boolean late = x.at(at) > 0.7;
          svg.line(
              u,
              frame.top(),
              u,
              frame.bottom(),
              "stroke",
              Palette.GUIDE,
              "stroke-dasharray",
              "4 3");
          svg.label(
              word,
              u + (late ? -5 : 5),
              frame.top() + 11,
              late ? "end" : "start",
              "font-size",
              Frame.SMALL);
        });
    return this;
  }

  static void whisker(Svg svg, double u, double from, double to, String colour) {
    String path =
        segment(u, from, u, to) + segment(u - 4, from, u + 4, from) + segment(u - 4, to, u + 4, to);
    stroke(svg, path, colour, "none");
  }

  private static void stroke(Svg svg, String path, String colour, String dash) {
    svg.path(
        path,
        "stroke",
        colour,
        "stroke-width",
        2,
        "stroke-dasharray",
        dash,
        "stroke-linejoin",
        "round");
  }

  private static String segment(double u1, double v1, double u2, double v2) {
    return "M" + Svg.point(u1, v1) + "L" + Svg.point(u2, v2);
  }

  private static void dot(Svg svg, double u, double v, String colour, String tip) {
    svg.titled(tip, "circle", "cx", u, "cy", v, "r", 2.6, "fill", colour);
  }

  private static void requireSame(String name, double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "chart: series=%s has values=%d and %d; there must be as many"
              .formatted(name, a.length, b.length));
    }
  }

  private boolean isShown(double u, double v) {
    return Double.isFinite(x.at(u)) && Double.isFinite(y.at(v));
  }

  private static String tip(String name, double u, double v) {
    return name + ": " + Scale.label(u) + ", " + Scale.label(v);
  }

  @Override
  String description() {
    return description;
  }

  @Override
  Svg draw() {
    Svg svg = new Svg(width, height);
    Frame frame = new Frame(svg, width, height, title(), legend.size() < 2 ? List.of() : legend);
    frame.xAxis(xLabel, x);
    frame.yAxis(yLabel, y);
    marks.forEach(mark -> mark.paint(svg, frame));
    painters.forEach(painter -> painter.paint(svg, frame));
    frame.border();
    return svg;
  }
}
