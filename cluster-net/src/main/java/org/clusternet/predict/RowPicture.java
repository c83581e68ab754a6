package org.clusternet.predict;

import java.util.List;
import java.util.Locale;
import org.clusternet.data.CoreType;
import org.clusternet.engine.region.Box;
import org.clusternet.inference.Prediction;
import org.clusternet.render.Lettering;
import org.clusternet.render.Palette;
import org.clusternet.render.Raster;

/**
 * An explanation as one picture: the panels side by side with their names, above them what it is
 * of, below them the probabilities as bars and the box in pixels of the input.
 */
public final class RowPicture {
  private static final int SIDE = 240;
  private static final int GAP = 12;
  private static final int MARGIN = 16;
  private static final int TEXT = 2;
  private static final int TITLE_HEIGHT = 34;
  private static final int NAME_HEIGHT = 24;
  private static final int BAR_HEIGHT = 18;
  private static final int BAR_LINE = 26;
  private static final int BAR_LEFT = 60;
  private static final int INK = 0x111111;
  private static final int PALE = 0xE4E4E4;
  private static final int BOX = 0x56B4E9;

  private RowPicture() {}

  /**
   * Draws the row.
   *
   * @param title what it is of; shortened in the middle where it is too long
   * @param explanation the maps
   * @param upwards whether the first row of the image is drawn at the bottom
   */
  public static Raster draw(String title, Explanation explanation, boolean upwards) {
    List<Panels.Panel> panels = Panels.of(explanation, upwards);
    // The least width holds the lines below.
    int columns = Math.max(3, panels.size());
    int width = 2 * MARGIN + columns * SIDE + (columns - 1) * GAP;
    int top = MARGIN + TITLE_HEIGHT + NAME_HEIGHT;
    int below = top + SIDE + GAP;
    Raster picture = new Raster(width, below + CoreType.values().length * BAR_LINE + MARGIN);
    int letters = (width - 2 * MARGIN) / (Lettering.ADVANCE * TEXT);
    Lettering.draw(picture, shortened(title, letters), MARGIN, MARGIN, TEXT, INK);
    for (int i = 0; i < panels.size(); i++) {
      panel(picture, panels.get(i), MARGIN + i * (SIDE + GAP), top);
    }
    bars(picture, explanation.prediction(), below);
    return picture;
  }

  private static String shortened(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int head = (most - 3) / 2;
    return text.substring(0, head) + "..." + text.substring(text.length() - (most - 3 - head));
  }

  private static void panel(Raster picture, Panels.Panel panel, int x, int y) {
    Lettering.draw(picture, panel.name(), x, y - NAME_HEIGHT, TEXT, INK);
    picture.draw(panel.raster(), x, y, SIDE, SIDE);
    Box box = panel.box();
    if (box != null) {
      int wide = panel.raster().width();
      int high = panel.raster().height();
      int left = box.xMin() * SIDE / wide;
      int top = box.yMin() * SIDE / high;
      int right = (box.xMax() + 1) * SIDE / wide;
      int bottom = (box.yMax() + 1) * SIDE / high;
      picture.outline(x + left, y + top, right - left, bottom - top, 2, BOX);
    }
  }

  private static void bars(Raster picture, Prediction prediction, int top) {
    int y = top;
    for (CoreType type : CoreType.values()) {
      double p = prediction.probability(type);
      String chosen = type == prediction.coreType() ? "  predicted" : "";
      Lettering.draw(picture, type.name(), MARGIN, y + 2, TEXT, INK);
      int left = MARGIN + BAR_LEFT;
      picture.fill(left, y, SIDE, BAR_HEIGHT, PALE);
      int rgb = Integer.parseInt(Palette.colour(type).substring(1), 16);
      picture.fill(left, y, (int) Math.round(SIDE * p), BAR_HEIGHT, rgb);
      String text = String.format(Locale.ROOT, "%.3f%s", p, chosen);
      Lettering.draw(picture, text, left + SIDE + GAP, y + 2, TEXT, INK);
      y += BAR_LINE;
    }
    prediction
        .box()
        .ifPresent(
            b -> {
              String text = "box x %d-%d y %d-%d".formatted(b.xMin(), b.xMax(), b.yMin(), b.yMax());
              int x = picture.width() - MARGIN - Lettering.width(text, TEXT);
              Lettering.draw(picture, text, x, top + 2, TEXT, INK);
            });
  }
}
