package org.clusternet.render;

import ar.com.hjg.pngj.ImageInfo;
import ar.com.hjg.pngj.ImageLineHelper;
import ar.com.hjg.pngj.ImageLineInt;
import ar.com.hjg.pngj.PngWriter;
import java.io.ByteArrayOutputStream;
import java.util.Base64;

/** Pictures as PNG files with 24 bits per pixel, written without AWT. */
public final class Png {
  private static final int DEPTH = 8;

  private Png() {}

  /** The colour of each pixel of a picture. */
  @FunctionalInterface
  public interface Pixels {
    /**
     * The colour of a pixel.
     *
     * @param x column, from the left
     * @param y row, from the top
     * @return 0xRRGGBB
     */
    int rgb(int x, int y);
  }

  /** A picture as a PNG file. */
  public static byte[] of(int width, int height, Pixels pixels) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageInfo info = new ImageInfo(width, height, DEPTH, false);
    PngWriter writer = new PngWriter(bytes, info);
    for (int y = 0; y < height; y++) {
      ImageLineInt line = new ImageLineInt(info);
      for (int x = 0; x < width; x++) {
        ImageLineHelper.setPixelRGB8(line, x, pixels.rgb(x, y));
      }
      writer.writeRow(line);
    }
    writer.end();
    return bytes.toByteArray();
  }

  /** A picture as an address that holds it whole, for SVG and HTML. */
  public static String dataUri(int width, int height, Pixels pixels) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(of(width, height, pixels));
  }
}
