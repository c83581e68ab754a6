package org.clusternet.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.clusternet.data.CoreType;
import org.clusternet.data.morphology.Position;
import org.clusternet.inference.Prediction;
import org.clusternet.render.Palette;
import org.clusternet.render.Png;
import org.clusternet.render.Svg;
import org.jspecify.annotations.Nullable;

/**
 * An explanation as one figure: the panels side by side with their names, the image's name above
 * them, and below them the probabilities as bars and the box in pixels of the input. As SVG, whose
 * text the reader's own fonts draw; as PNG the panels alone, since drawing letters would take AWT
 * (see {@code docs/decisions/explain-figure.md}).
 */
public final class ExplanationFigure {
  private static final int SIDE = 240;
  private static final int GAP = 12;
  private static final int MARGIN = 16;
  private static final int TITLE_HEIGHT = 34;
  private static final int NAME_HEIGHT = 24;
  private static final int BAR_HEIGHT = 18;
  private static final int BAR_LINE = 26;
  private static final int BAR_LEFT = 60;
  private static final int WHITE = 0xFFFFFF;

  /** The mean width of a character of the title, on the wide side. */
  private static final double CHARACTER = 9;

  private final String title;
  private final Prediction prediction;
  private final List<Panel> panels;

  /**
   * A figure.
   *
   * @param title what it is of; shortened in the middle where it is too long
   * @param explanation the maps
   * @param upwards whether the first row of the image is drawn at the bottom
   * @param sources shares of the input's pixels that were masked as point sources; null for none
   */
  public ExplanationFigure(
      String title, Explanation explanation, boolean upwards, @Nullable Plane sources) {
    this(title, explanation, upwards, sources, Optional.empty());
  }

  /**
   * A figure with the X-ray peak.
   *
   * @param title what it is of; shortened in the middle where it is too long
   * @param explanation the maps
   * @param upwards whether the first row of the image is drawn at the bottom
   * @param sources shares of the input's pixels that were masked as point sources; null for none
   * @param peak the X-ray peak in pixels of the input; empty if it was not looked for
   */
  public ExplanationFigure(
      String title,
      Explanation explanation,
      boolean upwards,
      @Nullable Plane sources,
      Optional<Position> peak) {
    this.title = title;
    this.prediction = explanation.prediction();
    this.panels = new ArrayList<>(Panels.of(explanation, upwards, sources));
    peak.ifPresent(p -> panels.set(0, Panels.crossed(panels.get(0), p, upwards)));
  }

  /** The panels alone, side by side on white. */
  public byte[] png() {
    int step = SIDE + GAP;
    List<Png.Pixels> resized = panels.stream().map(panel -> panel.resized(SIDE)).toList();
    return Png.of(
        panels.size() * step - GAP,
        SIDE,
        (x, y) -> x % step < SIDE ? resized.get(x / step).rgb(x % step, y) : WHITE);
  }

  /** The whole figure. */
  public String svg() {
    // The smallest width has room for the lines below.
    int columns = Math.max(3, panels.size());
    int width = 2 * MARGIN + columns * SIDE + (columns - 1) * GAP;
    int top = MARGIN + TITLE_HEIGHT + NAME_HEIGHT;
    int below = top + SIDE + GAP;
    Svg svg = new Svg(width, below + CoreType.values().length * BAR_LINE + MARGIN);
    int letters = (int) ((width - 2 * MARGIN) / CHARACTER);
    text(svg, shortened(title, letters), MARGIN, MARGIN + 16, "start");
    for (int i = 0; i < panels.size(); i++) {
      int x = MARGIN + i * (SIDE + GAP);
      text(svg, panels.get(i).name(), x, top - 8, "start");
      panels.get(i).draw(svg, x, top, SIDE, SIDE);
    }
    bars(svg, below);
    Optional<String> box =
        prediction
            .box()
            .map(b -> "box x %d-%d y %d-%d".formatted(b.xMin(), b.xMax(), b.yMin(), b.yMax()));
    box.ifPresent(words -> text(svg, words, width - MARGIN, below + 15, "end"));
    return svg.document(
        title,
        "Maps behind the prediction %s: %s."
            .formatted(
                prediction.coreType(),
                String.join(", ", panels.stream().map(Panel::name).toList())));
  }

  private void bars(Svg svg, int top) {
    int y = top;
    int left = MARGIN + BAR_LEFT;
    for (CoreType type : CoreType.values()) {
      double p = prediction.probability(type);
      text(svg, type.name(), MARGIN, y + 15, "start");
      bar(svg, left, y, SIDE, Palette.PALE);
      bar(svg, left, y, SIDE * p, Palette.colour(type));
      String chosen = type == prediction.coreType() ? " predicted" : "";
      String figure = String.format(Locale.ROOT, "%.3f%s", p, chosen);
      text(svg, figure, left + SIDE + GAP, y + 15, "start");
      y += BAR_LINE;
    }
  }

  private static void bar(Svg svg, double x, double y, double width, String colour) {
    svg.element("rect", "x", x, "y", y, "width", width, "height", BAR_HEIGHT, "fill", colour);
  }

  private static void text(Svg svg, String words, double x, double y, String anchor) {
    svg.label(words, x, y, anchor, "font-size", 16);
  }

  private static String shortened(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int head = (most - 3) / 2;
    return text.substring(0, head) + "..." + text.substring(text.length() - (most - 3 - head));
  }
}
