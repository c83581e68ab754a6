package org.clusternet.render;

import ar.com.hjg.pngj.ImageInfo;
import ar.com.hjg.pngj.ImageLineHelper;
import ar.com.hjg.pngj.ImageLineInt;
import ar.com.hjg.pngj.PngWriter;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** A picture in memory, 24 bits a pixel, the first row at the top; written as PNG without AWT. */
public final class Raster {
  private static final int WHITE = 0xFFFFFF;
  private static final int DEPTH = 8;

  private final int width;
  private final int height;
  private final int[] pixels;

  /** A white picture. */
  public Raster(int width, int height) {
    this.width = width;
    this.height = height;
    this.pixels = new int[width * height];
    Arrays.fill(pixels, WHITE);
  }

  /** Columns. */
  public int width() {
    return width;
  }

  /** Rows. */
  public int height() {
    return height;
  }

  /** The colour of a pixel, 0xRRGGBB. */
  public int get(int x, int y) {
    return pixels[y * width + x];
  }

  /** Sets a pixel; one outside the picture is not drawn. */
  public void set(int x, int y, int rgb) {
    if (x >= 0 && y >= 0 && x < width && y < height) {
      pixels[y * width + x] = rgb;
    }
  }

  /** Fills a rectangle. */
  public void fill(int x, int y, int wide, int high, int rgb) {
    for (int j = y; j < y + high; j++) {
      for (int i = x; i < x + wide; i++) {
        set(i, j, rgb);
      }
    }
  }

  /** Draws the outline of a rectangle inwards. */
  public void outline(int x, int y, int wide, int high, int thick, int rgb) {
    fill(x, y, wide, thick, rgb);
    fill(x, y + high - thick, wide, thick, rgb);
    fill(x, y, thick, high, rgb);
    fill(x + wide - thick, y, thick, high, rgb);
  }

  /** Draws another picture, its pixels as squares so that it is as wide and high as asked. */
  public void draw(Raster other, int x, int y, int wide, int high) {
    for (int j = 0; j < high; j++) {
      for (int i = 0; i < wide; i++) {
        set(x + i, y + j, other.get(i * other.width / wide, j * other.height / high));
      }
    }
  }

  /** The picture as a PNG file. */
  public byte[] png() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageInfo info = new ImageInfo(width, height, DEPTH, false);
    PngWriter writer = new PngWriter(bytes, info);
    for (int y = 0; y < height; y++) {
      ImageLineInt line = new ImageLineInt(info);
      for (int x = 0; x < width; x++) {
        ImageLineHelper.setPixelRGB8(line, x, get(x, y));
      }
      writer.writeRow(line);
    }
    writer.end();
    return bytes.toByteArray();
  }
}
