package org.clusternet.render;

import java.util.List;
import java.util.Locale;
import org.clusternet.metrics.Reliability;
import org.clusternet.metrics.Reliability.Bin;

/**
 * A reliability diagram (Guo et al. 2017, Figure 1): for the predictions in each bin of confidence,
 * the fraction that is right as a bar, and their mean confidence as a dot at the height of that
 * fraction. Where probabilities are calibrated, the dots lie on the diagonal. The number of
 * predictions stands in each bar.
 */
public final class ReliabilityChart extends Drawing {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 380;
  private static final Scale UNIT = Scale.linear(0, 1);

  private final Reliability reliability;

  /**
   * A diagram.
   *
   * @param title shown above the chart
   * @param reliability the bins, of which empty ones are not drawn, and the calibration error
   */
  public ReliabilityChart(String title, Reliability reliability) {
    super(title);
    this.reliability = reliability;
  }

  @Override
  Svg draw() {
    Svg svg = new Svg(WIDTH, HEIGHT);
    Frame frame = new Frame(svg, WIDTH, HEIGHT, title(), List.of());
    frame.xAxis("confidence: probability of the predicted class", UNIT);
    frame.yAxis("fraction right", UNIT);
    for (Bin bin : reliability.bins()) {
      if (bin.count() > 0) {
        bar(svg, frame, bin);
      }
    }
    svg.line(
        frame.left(),
        frame.bottom(),
        frame.right(),
        frame.top(),
        "stroke",
        Palette.GUIDE,
        "stroke-dasharray",
        "4 3");
    for (Bin bin : reliability.bins()) {
      if (bin.count() > 0) {
        double x = frame.x(UNIT, bin.confidence());
        Marker.CIRCLE.draw(svg, x, frame.y(UNIT, bin.accuracy()), Palette.colour(1), tip(bin));
      }
    }
    String error = String.format(Locale.ROOT, "ECE %.3f", reliability.ece());
    svg.label(error, frame.left() + 12, frame.top() + 20, "start", "font-size", Frame.TITLE_SIZE);
    frame.border();
    return svg;
  }

  private static void bar(Svg svg, Frame frame, Bin bin) {
    double left = frame.x(UNIT, bin.low()) + 1;
    double right = frame.x(UNIT, bin.high()) - 1;
    double top = frame.y(UNIT, bin.accuracy());
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
    String count = Integer.toString(bin.count());
    svg.label(count, (left + right) / 2, frame.bottom() - 5, "middle", "font-size", 10);
  }

  private static String tip(Bin bin) {
    return String.format(
        Locale.ROOT,
        "%d predictions, mean confidence %.3f, fraction right %.3f",
        bin.count(),
        bin.confidence(),
        bin.accuracy());
  }

  @Override
  String description() {
    return String.format(
        Locale.ROOT,
        "Reliability diagram of %d predictions; expected calibration error %.3f.",
        reliability.bins().stream().mapToInt(Bin::count).sum(),
        reliability.ece());
  }
}
