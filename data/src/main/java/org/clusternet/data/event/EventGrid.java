package org.clusternet.data.event;

/**
 * Pixels of an image in the coordinates of a table's columns X and Y.
 *
 * @param lowX X at the outer edge of the first column of pixels
 * @param lowY Y at the outer edge of the first row of pixels
 * @param binX width of a pixel in units of X, positive
 * @param binY height of a pixel in units of Y, positive
 * @param width number of columns
 * @param height number of rows
 */
public record EventGrid(double lowX, double lowY, double binX, double binY, int width, int height) {
  /** Largest number of pixels a side. */
  public static final int MOST = 8192;

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if it is too small or too large
   */
  public EventGrid {
    if (width < 1 || height < 1 || width > MOST || height > MOST) {
      throw new IllegalArgumentException(
          "bin=%s gives an image of %d x %d pixels; at most %d a side: choose a larger bin"
              .formatted(binX, width, height, MOST));
    }
  }

  /**
   * Pixels of one size over a range of the columns.
   *
   * @param limits range of the columns
   * @param bin side of a pixel
   * @return the grid, whose last pixels may reach beyond the range
   */
  public static EventGrid over(Limits limits, double bin) {
    return new EventGrid(
        limits.lowX,
        limits.lowY,
        bin,
        bin,
        pixels(limits.highX - limits.lowX, bin),
        pixels(limits.highY - limits.lowY, bin));
  }

  private static int pixels(double range, double bin) {
    return (int) Math.max(1, Math.ceil(range / bin - 1e-9));
  }

  /**
   * The range of the columns X and Y, from outer edge to outer edge.
   *
   * @param lowX least X
   * @param highX greatest X
   * @param lowY least Y
   * @param highY greatest Y
   * @param step distance of neighbouring values for whole numbers, 0 for floats
   */
  public record Limits(double lowX, double highX, double lowY, double highY, double step) {
    /** The longer side, in units of the columns. */
    public double side() {
      return Math.max(highX - lowX, highY - lowY);
    }
  }
}
