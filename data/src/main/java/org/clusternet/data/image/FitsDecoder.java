package org.clusternet.data.image;

import java.io.IOException;
import nom.tam.util.FitsInputStream;
import org.clusternet.data.image.tile.TiledImage;

/**
 * Turns the stored numbers of a FITS image into physical values: BZERO + BSCALE x stored (FITS
 * Standard 4.0, section 4.4.2.5), BLANK to NaN.
 *
 * <p>Unsigned 64-bit integers (BITPIX 64 with BZERO 2^63) are shifted as integers: a stored value
 * near -2^63 would lose its low bits as a double before BZERO brings it near zero.
 *
 * @param bitpix bits of a value, negative for floats
 * @param scale BSCALE
 * @param zero BZERO
 * @param blank whether the header has BLANK
 * @param blankValue the stored integer that marks a pixel without a value
 */
record FitsDecoder(int bitpix, double scale, double zero, boolean blank, long blankValue) {
  private static final double TWO_63 = 0x1.0p63;

  /** Reads an image row by row; throws EOFException if the stream ends too early. */
  Image read(FitsInputStream in, int width, int height) throws IOException {
    double[] pixels = new double[width * height];
    Object row = newRow(width);
    for (int y = 0; y < height; y++) {
      in.readArrayFully(row);
      decode(row, 0, pixels, y * width, width);
    }
    return new Image(width, height, pixels);
  }

  /** The same of a tile-compressed image. */
  Image read(TiledImage image, int width, int height) {
    double[] pixels = new double[width * height];
    image.decode((x, y, count, values, from) -> decode(values, from, pixels, y * width + x, count));
    return new Image(width, height, pixels);
  }

  private Object newRow(int width) {
    return switch (bitpix) {
      case 8 -> new byte[width];
      case 16 -> new short[width];
      case 32 -> new int[width];
      case 64 -> new long[width];
      case -32 -> new float[width];
      default -> new double[width];
    };
  }

  /**
   * The physical values of stored ones.
   *
   * @param stored byte[] (unsigned), short[], int[], long[], float[] or double[]
   * @param from index of the first stored value
   * @param pixels receives the values
   * @param start index of the first pixel
   * @param count number of values
   */
  void decode(Object stored, int from, double[] pixels, int start, int count) {
    if (stored instanceof float[] r) {
      for (int i = 0; i < count; i++) {
        pixels[start + i] = zero + scale * r[from + i];
      }
    } else if (stored instanceof double[] r) {
      for (int i = 0; i < count; i++) {
        pixels[start + i] = zero + scale * r[from + i];
      }
    } else if (stored instanceof int[] r && !blank) {
      for (int i = 0; i < count; i++) {
        pixels[start + i] = zero + scale * r[from + i];
      }
    } else {
      for (int i = 0; i < count; i++) {
        pixels[start + i] = physical(integer(stored, from + i));
      }
    }
  }

  private static long integer(Object row, int x) {
    if (row instanceof byte[] r) {
      return r[x] & 0xFF;
    }
    if (row instanceof short[] r) {
      return r[x];
    }
    return row instanceof int[] r ? r[x] : ((long[]) row)[x];
  }

  private double physical(long stored) {
    if (blank && stored == blankValue) {
      return Double.NaN;
    }
    if (bitpix == 64 && zero == TWO_63 && scale == 1) {
      long unsigned = stored ^ Long.MIN_VALUE;
      // The upper 63 bits rounded to odd, so that the conversion rounds once.
      return unsigned >= 0 ? unsigned : 2.0 * ((unsigned >>> 1) | (unsigned & 1));
    }
    return zero + scale * stored;
  }
}
