package org.clusternet.data.image.tile;

/**
 * Scaled integers back to floats: the subtractive dither of section 10.2 of the FITS Standard 4.0,
 * with the arithmetic of CFITSIO, so that each float has the same bits as funpack's.
 *
 * <p>Own code: nom-tam-fits 1.21 is half a quantum off without dither, and takes null pixels for
 * numbers. The table holds 10,000 numbers of Park and Miller's minimal generator (appendix I),
 * rounded to floats.
 */
final class Dequantizer {
  private static final int SIZE = 10_000;
  private static final int FIRST_RANGE = 500;
  private static final int ZERO = -2147483646;
  private static final double[] RANDOM = random();

  private final TileFormat.Dither dither;
  private final int seed;

  Dequantizer(TileFormat.Dither dither, int seed) {
    this.dither = dither;
    this.seed = seed;
  }

  private static double[] random() {
    double[] numbers = new double[SIZE];
    long state = 1;
    for (int i = 0; i < SIZE; i++) {
      state = state * 16807 % 2147483647;
      numbers[i] = (float) (state / 2147483647.0);
    }
    return numbers;
  }

  /**
   * Restores a tile.
   *
   * @param tile the tile's number, from 0
   * @param scale ZSCALE
   * @param zero ZZERO
   * @param checked whether there are null pixels
   * @param blank the integer of null pixels, which become NaN
   * @param in the integers
   * @param out receives the floats
   */
  void restore(
      int tile,
      double scale,
      double zero,
      boolean checked,
      int blank,
      int[] in,
      double[] out,
      int count) {
    if (dither == TileFormat.Dither.NO_DITHER || dither == TileFormat.Dither.NONE) {
      for (int i = 0; i < count; i++) {
        out[i] = in[i] * scale + zero;
      }
    } else {
      dithered(tile, scale, zero, in, out, count);
    }
    for (int i = 0; checked && i < count; i++) {
      if (in[i] == blank) {
        out[i] = Double.NaN;
      }
    }
  }

  private void dithered(int tile, double scale, double zero, int[] in, double[] out, int count) {
    int series = (int) Math.floorMod((long) tile + seed - 1, (long) SIZE);
    int next = (int) (RANDOM[series] * FIRST_RANGE);
    boolean zeros = dither == TileFormat.Dither.SUBTRACTIVE_DITHER_2;
    for (int i = 0; i < count; ) {
      int stop = Math.min(count, i + SIZE - next);
      for (; i < stop; i++, next++) {
        double value = (in[i] - RANDOM[next] + 0.5) * scale + zero;
        out[i] = zeros && in[i] == ZERO ? 0 : value;
      }
      if (next == SIZE) {
        series = (series + 1) % SIZE;
        next = (int) (RANDOM[series] * FIRST_RANGE);
      }
    }
  }
}
