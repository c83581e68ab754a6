package org.clusternet.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.clusternet.data.morphology.Position;
import org.clusternet.engine.region.Box;
import org.clusternet.render.ColorMap;
import org.clusternet.render.Png;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of an explanation: input, attention map, Gaussian, what the masks leave of the
 * input, and the crop; those that the variant has.
 *
 * <p>Images of FITS files are drawn as astronomers' viewers do, the first row at the bottom; those
 * of PNG and NPY files the first row at the top.
 */
public final class Panels {
  /** The part of its brightness that a pixel outside the mask keeps. */
  private static final double DIMMED = 0.35;

  private static final int BYTE = 0xFF;
  private static final int OUTLINE = 0x00FFFF;
  private static final double HALF = 0.5;
  private static final int CROSS = 0x00FF00;

  /** Side of the input over the free half of the cross's middle. */
  private static final int CROSS_GAP = 32;

  private Panels() {}

  /**
   * The row of pictures of an image whose sources were left as they are.
   *
   * @param explanation the maps
   * @param upwards whether the first row is drawn at the bottom
   */
  public static List<Panel> of(Explanation explanation, boolean upwards) {
    return of(explanation, upwards, null);
  }

  /**
   * The row of pictures.
   *
   * @param explanation the maps
   * @param upwards whether the first row is drawn at the bottom
   * @param sources shares of the input's pixels that were masked as point sources; null for none
   */
  public static List<Panel> of(Explanation explanation, boolean upwards, @Nullable Plane sources) {
    List<Panel> panels = new ArrayList<>();
    panels.add(
        sources == null
            ? panel("input", explanation.input(), ColorMap.INFERNO, upwards)
            : masked(explanation.input(), sources, upwards));
    if (explanation.attention() != null) {
      panels.add(panel("CAM", explanation.attention(), ColorMap.VIRIDIS, upwards));
    }
    if (explanation.gaussian() != null) {
      panels.add(panel("Gaussian", explanation.gaussian(), ColorMap.VIRIDIS, upwards));
    }
    if (explanation.mask() != null) {
      panels.add(region(explanation, explanation.mask(), upwards));
    }
    if (explanation.crop() != null) {
      panels.add(panel("crop", explanation.crop(), ColorMap.INFERNO, upwards));
    }
    return panels;
  }

  /**
   * A picture of the input with a cross at the X-ray peak, whose middle is left free.
   *
   * @param panel the picture
   * @param peak the peak in pixels of the input
   * @param upwards whether the first row is drawn at the bottom
   */
  static Panel crossed(Panel panel, Position peak, boolean upwards) {
    long column = Math.round(peak.x());
    long row = Math.round(upwards ? panel.height() - 1 - peak.y() : peak.y());
    int from = Math.max(1, panel.width() / CROSS_GAP);
    int to = 3 * from;
    Png.Pixels pixels =
        (x, y) -> {
          long across = Math.abs(x - column);
          long along = Math.abs(y - row);
          boolean arm = Math.min(across, along) == 0;
          long reach = Math.max(across, along);
          return arm && reach >= from && reach <= to ? CROSS : panel.pixels().rgb(x, y);
        };
    return new Panel(
        panel.name() + ", X-ray peak", panel.width(), panel.height(), pixels, panel.box());
  }

  /** Whether a file's first row is drawn at the bottom. */
  public static boolean isUpwards(String file) {
    return !file.toLowerCase(Locale.ROOT).matches(".*\\.(png|npy)");
  }

  private static Panel panel(String name, Plane plane, ColorMap colours, boolean upwards) {
    return new Panel(
        name,
        plane.width(),
        plane.height(),
        (x, y) -> colours.rgb(plane.at(x, row(y, plane, upwards))),
        null);
  }

  /** The input with the outlines of what was masked. */
  private static Panel masked(Plane input, Plane sources, boolean upwards) {
    Png.Pixels pixels =
        (x, y) -> {
          int row = row(y, input, upwards);
          return isOutline(sources, x, row) ? OUTLINE : ColorMap.INFERNO.rgb(input.at(x, row));
        };
    return new Panel("input, sources masked", input.width(), input.height(), pixels, null);
  }

  private static boolean isOutline(Plane sources, int x, int y) {
    boolean inner =
        x > 0
            && y > 0
            && x < sources.width() - 1
            && y < sources.height() - 1
            && isMasked(sources, x - 1, y)
            && isMasked(sources, x + 1, y)
            && isMasked(sources, x, y - 1)
            && isMasked(sources, x, y + 1);
    return isMasked(sources, x, y) && !inner;
  }

  private static boolean isMasked(Plane sources, int x, int y) {
    return sources.at(x, y) >= HALF;
  }

  private static int row(int y, Plane plane, boolean upwards) {
    return upwards ? plane.height() - 1 - y : y;
  }

  private static Panel region(Explanation explanation, Plane mask, boolean upwards) {
    Plane input = explanation.input();
    Png.Pixels pixels =
        (x, y) -> {
          int row = row(y, input, upwards);
          int rgb = ColorMap.INFERNO.rgb(input.at(x, row));
          return mask.at(x, row) > 0 ? rgb : dimmed(rgb);
        };
    Box box = explanation.prediction().box().orElseThrow();
    Box drawn =
        upwards
            ? new Box(
                box.xMin(), row(box.yMax(), input, true), box.xMax(), row(box.yMin(), input, true))
            : box;
    String masks =
        explanation.attention() == null || explanation.gaussian() == null ? "mask" : "masks";
    return new Panel(masks + " and box", input.width(), input.height(), pixels, drawn);
  }

  private static int dimmed(int rgb) {
    int dark = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      dark |= (int) (((rgb >> shift) & BYTE) * DIMMED) << shift;
    }
    return dark;
  }
}
