package org.clusternet.render;

import java.util.List;
import java.util.Locale;

/**
 * A reliability diagram (Guo et al. 2017, Figure 1): of the predictions in a bin of confidence, the
 * part that is right as a bar, their mean confidence as a dot on the level of that part; where
 * probabilities mean what they say, the dots lie on the diagonal. Bins' numbers stand in them.
 */
public final class ReliabilityChart {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 380;

  private final String title;
  private final double ece;
  private final List<Bin> bins;

  /**
   * A bin of predictions.
   *
   * @param low lower end of its confidences
   * @param high upper end
   * @param count predictions in it
   * @param confidence their mean confidence
   * @param accuracy part that is right
   */
  public record Bin(double low, double high, int count, double confidence, double accuracy) {}

  /**
   * A diagram.
   *
   * @param title above the chart
   * @param ece expected calibration error
   * @param bins of confidence, empty ones are not drawn
   */
  public ReliabilityChart(String title, double ece, List<Bin> bins) {
    this.title = title;
    this.ece = ece;
    this.bins = List.copyOf(bins);
  }

  private Svg draw() {
    Svg svg = new Svg(WIDTH, HEIGHT);
    Scale unit = Scale.linear(0, 1);
    Frame frame = new Frame(svg, WIDTH, HEIGHT, title, List.of());
    frame.xAxis("confidence: probability of the predicted class", unit);
    frame.yAxis("part that is right", unit);
    for (Bin bin : bins) {
      if (bin.count() > 0) {
        bar(svg, frame, unit, bin);
      }
    }
    svg.element(
        "line",
        "x1",
        frame.left(),
        "y1",
        frame.bottom(),
        "x2",
        frame.right(),
        "y2",
        frame.top(),
        "stroke",
        Palette.GUIDE,
        "stroke-dasharray",
        "4 3");
    for (Bin bin : bins) {
      if (bin.count() > 0) {
        Marker.CIRCLE.draw(
            svg,
            frame.x(unit, bin.confidence()),
            frame.y(unit, bin.accuracy()),
            Palette.colour(1),
            tip(bin));
      }
    }
    svg.label(
        String.format(Locale.ROOT, "ECE %.3f", ece),
        "x",
        frame.left() + 12,
        "y",
        frame.top() + 20,
        "font-size",
        Frame.TITLE_SIZE);
    frame.border();
    return svg;
  }

  private static void bar(Svg svg, Frame frame, Scale unit, Bin bin) {
    double left = frame.x(unit, bin.low()) + 1;
    double right = frame.x(unit, bin.high()) - 1;
    double top = frame.y(unit, bin.accuracy());
    svg.titled(
        tip(bin),
        "rect",
        "x",
        left,
        "y",
        top,
        "width",
        right - left,
        "height",
        frame.bottom() - top,
        "fill",
        Palette.colour(0),
        "fill-opacity",
        "0.35");
    svg.label(
        Integer.toString(bin.count()),
        "x",
        (left + right) / 2,
        "y",
        frame.bottom() - 5,
        "text-anchor",
        "middle",
        "font-size",
        10);
  }

  private static String tip(Bin bin) {
    return String.format(
        Locale.ROOT,
        "%d predictions, mean confidence %.3f, right %.3f",
        bin.count(),
        bin.confidence(),
        bin.accuracy());
  }

  private String description() {
    return String.format(
        Locale.ROOT,
        "Reliability diagram of %d predictions; expected calibration error %.3f.",
        bins.stream().mapToInt(Bin::count).sum(),
        ece);
  }

  /** The diagram for a page: takes the colour of the text around it. */
  public String fragment() {
    return draw().fragment(title, description());
  }

  /** The diagram as a file of its own. */
  public String document() {
    return draw().document(title, description());
  }
}
