package org.clusternet.render;

import java.util.ArrayList;
import java.util.List;

/**
 * A chart over two axes: lines, histograms, points with ranges, marks. Series differ in colour and
 * in how they are dashed or marked, so that they are told apart in print too.
 *
 * <p>Values that are not finite, or not positive on a logarithmic axis, leave a gap. Series are
 * drawn in the order in which they were added.
 */
public final class Chart {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 320;

  private final String title;
  private final String description;
  private final List<Series> series = new ArrayList<>();
  private final List<Painter> guides = new ArrayList<>();
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

  private record Series(Frame.Entry entry, Painter painter) {}

  /**
   * An empty chart.
   *
   * @param title in a few words, above the chart
   * @param description what it shows, for who cannot see it
   */
  public Chart(String title, String description) {
    this.title = title;
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
    int k = series.size();
    String colour = Palette.colour(k);
    String dash = Palette.dash(k);
    return add(
        name,
        (svg, u, v) -> stroke(svg, "M" + pair(u - 12, v) + "L" + pair(u + 12, v), colour, dash),
        (svg, frame) -> {
          StringBuilder path = new StringBuilder();
          boolean pen = false;
          for (int i = 0; i < xs.length; i++) {
            boolean shown = isShown(xs[i], ys[i]);
            if (shown) {
              path.append(pen ? 'L' : 'M').append(pair(frame.x(x, xs[i]), frame.y(y, ys[i])));
            }
            pen = shown;
          }
          stroke(svg, path.toString(), colour, dash);
          for (int i = 0; xs.length <= 60 && i < xs.length; i++) {
            if (isShown(xs[i], ys[i])) {
              svg.titled(
                  tip(name, xs[i], ys[i]),
                  "circle",
                  "cx",
                  frame.x(x, xs[i]),
                  "cy",
                  frame.y(y, ys[i]),
                  "r",
                  "2.6",
                  "fill",
                  colour);
            }
          }
        });
  }

  /**
   * Adds a histogram as an outline.
   *
   * @param name of the series
   * @param edges of the bins, rising, one more than heights
   * @param heights of the bins
   */
  public Chart histogram(String name, double[] edges, double[] heights) {
    if (edges.length != heights.length + 1) {
      throw new IllegalArgumentException(
          "chart: series=%s edges=%d heights=%d; there must be one edge more than heights"
              .formatted(name, edges.length, heights.length));
    }
    int k = series.size();
    String colour = Palette.colour(k);
    String dash = Palette.dash(k);
    return add(
        name,
        (svg, u, v) ->
            stroke(
                svg,
                "M"
                    + pair(u - 12, v + 4)
                    + "V"
                    + Svg.number(v - 4)
                    + "H"
                    + Svg.number(u + 12)
                    + "V"
                    + Svg.number(v + 4),
                colour,
                dash),
        (svg, frame) -> {
          double floor = frame.y(y, y.low());
          StringBuilder path = new StringBuilder("M" + pair(frame.x(x, edges[0]), floor));
          for (int i = 0; i < heights.length; i++) {
            double top = isShown(edges[i], heights[i]) ? frame.y(y, heights[i]) : floor;
            path.append('V').append(Svg.number(Math.min(top, floor)));
            path.append('H').append(Svg.number(frame.x(x, edges[i + 1])));
          }
          path.append('V').append(Svg.number(floor));
          svg.element("path", "d", path, "fill", colour, "fill-opacity", "0.12");
          stroke(svg, path.toString(), colour, dash);
        });
  }

  /** Adds points. */
  public Chart points(String name, double[] xs, double[] ys) {
    return ranges(name, xs, ys, ys, ys);
  }

  /**
   * Adds points with a vertical range each.
   *
   * @param name of the series
   * @param xs where
   * @param ys the points
   * @param lows lower ends of the ranges
   * @param highs upper ends
   */
  public Chart ranges(String name, double[] xs, double[] ys, double[] lows, double[] highs) {
    requireSame(name, xs, ys);
    requireSame(name, lows, highs);
    requireSame(name, xs, lows);
    int k = series.size();
    String colour = Palette.colour(k);
    return add(
        name,
        (svg, u, v) -> Marker.of(k).draw(svg, u, v, colour, name),
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
  }

  /** Adds a thin grey line from one point to another, such as a diagonal. */
  public Chart guide(double fromX, double fromY, double toX, double toY) {
    guides.add(
        (svg, frame) ->
            stroke(
                svg,
                "M"
                    + pair(frame.x(x, fromX), frame.y(y, fromY))
                    + "L"
                    + pair(frame.x(x, toX), frame.y(y, toY)),
                Palette.GUIDE,
                "4 3"));
    return this;
  }

  /** Adds a thin grey vertical line with a word at its top. */
  public Chart mark(double at, String word) {
    guides.add(
        (svg, frame) -> {
          double u = frame.x(x, at);
          boolean late = x.at(at) > 0.7;
          svg.label(
              word,
              "x",
              u + (late ? -5 : 5),
              "y",
              frame.top() + 11,
              "font-size",
              Frame.SMALL,
              "text-anchor",
              late ? "end" : "start");
        });
    return guide(at, y.low(), at, y.high());
  }

  static void whisker(Svg svg, double u, double from, double to, String colour) {
    String path =
        "M"
            + pair(u, from)
            + "V"
            + Svg.number(to)
            + "M"
            + pair(u - 4, from)
            + "H"
            + Svg.number(u + 4)
            + "M"
            + pair(u - 4, to)
            + "H"
            + Svg.number(u + 4);
    stroke(svg, path, colour, "none");
  }

  private static void stroke(Svg svg, String path, String colour, String dash) {
    svg.element(
        "path",
        "d",
        path,
        "fill",
        "none",
        "stroke",
        colour,
        "stroke-width",
        colour.equals(Palette.GUIDE) ? "1" : "2",
        "stroke-dasharray",
        dash,
        "stroke-linejoin",
        "round");
  }

  private Chart add(String name, Frame.Sample sample, Painter painter) {
    series.add(new Series(new Frame.Entry(name, sample), painter));
    return this;
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

  private static String pair(double u, double v) {
    return Svg.number(u) + " " + Svg.number(v);
  }

  private Svg draw() {
    Svg svg = new Svg(width, height);
    List<Frame.Entry> legend =
        series.size() < 2 ? List.of() : series.stream().map(Series::entry).toList();
    Frame frame = new Frame(svg, width, height, title, legend);
    frame.xAxis(xLabel, x);
    frame.yAxis(yLabel, y);
    guides.forEach(guide -> guide.paint(svg, frame));
    series.forEach(s -> s.painter().paint(svg, frame));
    frame.border();
    return svg;
  }

  /** The chart for a page: takes the colour of the text around it. */
  public String fragment() {
    return draw().fragment(title, description);
  }

  /** The chart as a file of its own. */
  public String document() {
    return draw().document(title, description);
  }
}
