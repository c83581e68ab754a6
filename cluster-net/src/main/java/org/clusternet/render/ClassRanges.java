package org.clusternet.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A measure of several samples by class: for every class and sample the median and the range of the
 * middle 68 % (16th to 84th percentile), side by side, as a simulated sample is compared with an
 * observed one.
 */
public final class ClassRanges {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 320;
  private static final double SPREAD = 0.5;

  private final String title;
  private final String description;
  private final List<String> classes;
  private final List<Sample> samples = new ArrayList<>();
  private String label = "";
  private Scale scale = Scale.linear(0, 1);

  private record Sample(String name, double[] low, double[] middle, double[] high) {}

  /**
   * An empty chart.
   *
   * @param title in a few words, above the chart
   * @param description what it shows, for who cannot see it
   * @param classes names along the horizontal axis
   */
  public ClassRanges(String title, String description, List<String> classes) {
    this.title = title;
    this.description = description;
    this.classes = List.copyOf(classes);
  }

  /** Sets the vertical axis. */
  public ClassRanges y(String newLabel, Scale newScale) {
    this.label = newLabel;
    this.scale = newScale;
    return this;
  }

  /**
   * Adds a sample.
   *
   * @param name for the legend
   * @param low 16th percentile of every class; NaN for a class without values
   * @param middle median of every class
   * @param high 84th percentile of every class
   */
  public ClassRanges sample(String name, double[] low, double[] middle, double[] high) {
    for (double[] values : new double[][] {low, middle, high}) {
      if (values.length != classes.size()) {
        throw new IllegalArgumentException(
            "class ranges: sample=%s has values=%d for classes=%d"
                .formatted(name, values.length, classes.size()));
      }
    }
    samples.add(new Sample(name, low.clone(), middle.clone(), high.clone()));
    return this;
  }

  /**
   * The 16th, 50th and 84th percentile, linear between the ordered values; NaN for none.
   *
   * @param values in any order
   */
  public static double[] percentiles(double... values) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    return Arrays.stream(new double[] {0.16, 0.5, 0.84}).map(q -> quantile(sorted, q)).toArray();
  }

  private static double quantile(double[] sorted, double q) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double at = q * (sorted.length - 1);
    int first = Math.min((int) at, Math.max(0, sorted.length - 2));
    int second = Math.min(first + 1, sorted.length - 1);
    return sorted[first] + (at - first) * (sorted[second] - sorted[first]);
  }

  private Svg draw() {
    Svg svg = new Svg(WIDTH, HEIGHT);
    List<Frame.Entry> legend = new ArrayList<>();
    for (int k = 0; k < samples.size(); k++) {
      int series = k;
      String name = samples.get(k).name();
      legend.add(
          new Frame.Entry(
              name, (s, u, v) -> Marker.of(series).draw(s, u, v, Palette.colour(series), name)));
    }
    Frame frame = new Frame(svg, WIDTH, HEIGHT, title, legend);
    frame.yAxis(label, scale);
    frame.categories("", classes);
    for (int k = 0; k < samples.size(); k++) {
      draw(svg, frame, k);
    }
    frame.border();
    return svg;
  }

  private void draw(Svg svg, Frame frame, int k) {
    Sample sample = samples.get(k);
    String colour = Palette.colour(k);
    double share = (frame.right() - frame.left()) / classes.size();
    double offset = samples.size() == 1 ? 0 : SPREAD * ((double) k / (samples.size() - 1) - 0.5);
    for (int c = 0; c < classes.size(); c++) {
      double middle = frame.y(scale, sample.middle()[c]);
      if (!Double.isFinite(middle)) {
        continue;
      }
      double u = frame.left() + (c + 0.5 + offset) * share;
      Chart.whisker(
          svg, u, frame.y(scale, sample.low()[c]), frame.y(scale, sample.high()[c]), colour);
      String tip =
          "%s, %s: %s (%s to %s)"
              .formatted(
                  sample.name(),
                  classes.get(c),
                  Scale.label(sample.middle()[c]),
                  Scale.label(sample.low()[c]),
                  Scale.label(sample.high()[c]));
      Marker.of(k).draw(svg, u, middle, colour, tip);
    }
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
