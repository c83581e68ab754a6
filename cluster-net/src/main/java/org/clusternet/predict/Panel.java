package org.clusternet.predict;

import gg.jte.Content;
import org.clusternet.engine.region.Box;
import org.clusternet.render.Palette;
import org.clusternet.render.Png;
import org.clusternet.render.Svg;
import org.jspecify.annotations.Nullable;

/**
 * A picture of a map; one pixel of the picture is one of the map.
 *
 * @param name a word or two
 * @param width columns
 * @param height rows
 * @param pixels the colours
 * @param box outline to be drawn over the picture, in its pixels from the top left corner,
 *     inclusive
 */
public record Panel(String name, int width, int height, Png.Pixels pixels, @Nullable Box box) {
  private static final int OUTLINE = 2;

  /**
   * The picture for a page.
   *
   * @param image what the picture is of, for those who cannot see it
   */
  public Content svg(String image) {
    Svg svg = new Svg(width, height);
    draw(svg, 0, 0, width, height);
    return svg.fragment(image + ", " + name, "");
  }

  /** Draws the picture and its box into a rectangle of a drawing. */
  void draw(Svg svg, double x, double y, double wide, double high) {
    svg.element(
        "image",
        "x",
        x,
        "y",
        y,
        "width",
        wide,
        "height",
        high,
        "preserveAspectRatio",
        "none",
        "style",
        "image-rendering:pixelated",
        "href",
        Png.dataUri(width, height, pixels));
    if (box != null) {
      svg.element(
          "rect",
          "x",
          x + box.xMin() * wide / width,
          "y",
          y + box.yMin() * high / height,
          "width",
          (box.xMax() - box.xMin() + 1) * wide / width,
          "height",
          (box.yMax() - box.yMin() + 1) * high / height,
          "fill",
          "none",
          "stroke",
          Palette.BOX,
          "stroke-width",
          OUTLINE,
          "vector-effect",
          "non-scaling-stroke");
    }
  }

  /** The picture with its box, its pixels enlarged to squares or made smaller. */
  Png.Pixels resized(int side) {
    return (x, y) ->
        isOutline(x, y, side)
            ? Palette.rgb(Palette.BOX)
            : pixels.rgb(x * width / side, y * height / side);
  }

  private boolean isOutline(int x, int y, int side) {
    if (box == null) {
      return false;
    }
    int left = box.xMin() * side / width;
    int top = box.yMin() * side / height;
    int right = (box.xMax() + 1) * side / width;
    int bottom = (box.yMax() + 1) * side / height;
    boolean within = x >= left && x < right && y >= top && y < bottom;
    boolean inner =
        x >= left + OUTLINE && x < right - OUTLINE && y >= top + OUTLINE && y < bottom - OUTLINE;
    return within && !inner;
  }
}
