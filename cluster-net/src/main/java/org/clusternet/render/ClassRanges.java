package org.clusternet.render;

import java.util.ArrayList;
import java.util.List;

/**
 * A quantity of several samples by class: for each class and sample the median and the range of the
 * middle 68 % (16th to 84th percentile), side by side, as a simulated sample is compared with an
 * observed one.
 */
public final class ClassRanges extends Drawing {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 320;
  private static final double SPREAD = 0.5;

  private final String description;
  private final String axis;
  private final List<String> classes;
  private final List<Sample> samples = new ArrayList<>();
  private String label = "";
  private Scale scale = Scale.linear(0, 1);

  private record Sample(String name, double[] low, double[] middle, double[] high) {}

  /**
   * An empty chart.
   *
   * @param title a few words, shown above the chart
   * @param description what it shows, for those who cannot see it
   * @param axis what the classes are
   * @param classes names along the horizontal axis
   */
  public ClassRanges(String title, String description, String axis, List<String> classes) {
    super(title);
    this.description = description;
    this.axis = axis;
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
   * @param low 16th percentile of each class; NaN for a class without values
   * @param middle median of each class
   * @param high 84th percentile of each class
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

  @Override
  String description() {
    return description;
  }

  @Override
  Svg draw() {
    Svg svg = new Svg(WIDTH, HEIGHT);
    List<Frame.Entry> legend = new ArrayList<>();
    for (int k = 0; k < samples.size(); k++) {
      int series = k;
      String name = samples.get(k).name();
      legend.add(
          new Frame.Entry(
              name, (s, u, v) -> Marker.of(series).draw(s, u, v, Palette.colour(series), name)));
    }
    Frame frame = new Frame(svg, WIDTH, HEIGHT, title(), legend);
    frame.yAxis(label, scale);
    frame.categories(axis, classes);
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
}
