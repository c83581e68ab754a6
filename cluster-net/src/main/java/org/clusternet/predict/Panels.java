package org.clusternet.predict;

import gg.jte.Content;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.clusternet.engine.region.Box;
import org.clusternet.render.ColorMap;
import org.clusternet.render.Palette;
import org.clusternet.render.Raster;
import org.clusternet.render.Svg;

/**
 * An explanation as pictures: input, attention map, Gaussian, what the masks leave of the input,
 * and the crop; those that the variant has. One pixel of a picture is one of its map.
 *
 * <p>Images of FITS files are drawn as astronomers' viewers do, the first row at the bottom; those
 * of PNG and NPY files the first row at the top.
 */
public final class Panels {
  /** The part of its brightness that a pixel outside the mask keeps. */
  private static final double DIMMED = 0.35;

  private static final int BYTE = 0xFF;

  private Panels() {}

  /**
   * A picture of the row.
   *
   * @param name in a word or two
   * @param raster the picture
   * @param box outline to be drawn over it, in its pixels from the top left corner, inclusive; null
   *     for none
   */
  public record Panel(String name, Raster raster, Box box) {

    /**
     * The picture for a page, with the box drawn over it.
     *
     * @param image what the picture is of, for those who cannot see it
     */
    public Content svg(String image) {
      Svg svg = new Svg(raster.width(), raster.height());
      String png = Base64.getEncoder().encodeToString(raster.png());
      svg.element(
          "image",
          "width",
          raster.width(),
          "height",
          raster.height(),
          "href",
          "data:image/png;base64," + png);
      if (box != null) {
        svg.element(
            "rect",
            "x",
            box.xMin(),
            "y",
            box.yMin(),
            "width",
            box.xMax() - box.xMin() + 1,
            "height",
            box.yMax() - box.yMin() + 1,
            "fill",
            "none",
            "stroke",
            Palette.colour(5),
            "stroke-width",
            2,
            "vector-effect",
            "non-scaling-stroke");
      }
      return svg.fragment(image + ", " + name, "");
    }
  }

  /**
   * The row of pictures.
   *
   * @param explanation the maps
   * @param upwards whether the first row is drawn at the bottom
   */
  public static List<Panel> of(Explanation explanation, boolean upwards) {
    List<Panel> panels = new ArrayList<>();
    panels.add(panel("input", explanation.input(), ColorMap.INFERNO, upwards));
    if (explanation.attention() != null) {
      panels.add(panel("CAM", explanation.attention(), ColorMap.VIRIDIS, upwards));
    }
    if (explanation.gaussian() != null) {
      panels.add(panel("Gaussian", explanation.gaussian(), ColorMap.VIRIDIS, upwards));
    }
    if (explanation.mask() != null) {
      panels.add(region(explanation, upwards));
      panels.add(panel("crop", explanation.crop(), ColorMap.INFERNO, upwards));
    }
    return panels;
  }

  /** Whether a file's first row is drawn at the bottom. */
  public static boolean isUpwards(String file) {
    return !file.toLowerCase(Locale.ROOT).matches(".*\\.(png|npy)");
  }

  private static Panel panel(String name, Plane plane, ColorMap colours, boolean upwards) {
    Raster raster = new Raster(plane.width(), plane.height());
    for (int y = 0; y < plane.height(); y++) {
      for (int x = 0; x < plane.width(); x++) {
        raster.set(x, row(y, plane, upwards), colours.rgb(plane.at(x, y)));
      }
    }
    return new Panel(name, raster, null);
  }

  private static int row(int y, Plane plane, boolean upwards) {
    return upwards ? plane.height() - 1 - y : y;
  }

  private static Panel region(Explanation explanation, boolean upwards) {
    Plane input = explanation.input();
    Plane mask = explanation.mask();
    Raster raster = new Raster(input.width(), input.height());
    for (int y = 0; y < input.height(); y++) {
      for (int x = 0; x < input.width(); x++) {
        int rgb = ColorMap.INFERNO.rgb(input.at(x, y));
        raster.set(x, row(y, input, upwards), mask.at(x, y) > 0 ? rgb : dimmed(rgb));
      }
    }
    Box box = explanation.prediction().box().orElseThrow();
    Box drawn =
        upwards
            ? new Box(
                box.xMin(), row(box.yMax(), input, true), box.xMax(), row(box.yMin(), input, true))
            : box;
    String masks =
        explanation.attention() == null || explanation.gaussian() == null ? "mask" : "masks";
    return new Panel(masks + " and box", raster, drawn);
  }

  private static int dimmed(int rgb) {
    int dark = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      dark |= (int) (((rgb >> shift) & BYTE) * DIMMED) << shift;
    }
    return dark;
  }
}
