package org.clusternet.engine.region;

/**
 * The mask that {@code GaussianMap}, {@code MinMaxNormalise} and {@code Threshold} make of an F32
 * or BF16 image, without the maps: the density is a product of one bell per axis.
 */
public final class GaussianMask {

  /**
   * What all images of a batch share.
   *
   * @param along the bell of the columns, for distances from 1 - width on
   * @param down the bell of the rows
   * @param peak the density at the centre
   * @param bound bound of the threshold
   */
  public record Bells(double[] along, double[] down, double peak, double bound) {

    /** The bells of images of one size. */
    public static Bells of(int height, int width, double lambda, double bound) {
      return new Bells(
          GaussianBell.table(width, lambda),
          GaussianBell.table(height, lambda),
          GaussianBell.peak(height, width, lambda),
          bound);
    }
  }

  private final Bells bells;
  private final int left;
  private final int top;
  private final int width;
  private final int height;
  private final int muX;
  private final int muY;
  private final ThresholdLevel level;

  /** The mask of the Gaussian about pixel (muX, muY). */
  public GaussianMask(Bells bells, int muX, int muY) {
    this.bells = bells;
    this.width = (bells.along().length + 1) / 2;
    this.height = (bells.down().length + 1) / 2;
    this.muX = muX;
    this.muY = muY;
    this.left = width - 1 - muX;
    this.top = height - 1 - muY;
    int farX = muX < width - 1 - muX ? width - 1 : 0;
    int farY = muY < height - 1 - muY ? height - 1 : 0;
    this.level = ThresholdLevel.of(at(farY, farX), at(muY, muX), bells.bound());
  }

  private float at(int y, int x) {
    return (float) (bells.peak() * bells.down()[top + y] * bells.along()[left + x]);
  }

  boolean holds(int y, int x) {
    return level.holds(at(y, x));
  }

  /**
   * Covers the mask. The bell falls to all sides, so a column is set if it is so at the row of the
   * centre, and a row if it is so at the column of the centre.
   */
  public void cover(Extent extent) {
    for (int x = 0; x < width; x++) {
      if (holds(muY, x)) {
        extent.coverColumns(x, x);
      }
    }
    for (int y = 0; y < height; y++) {
      if (holds(y, muX)) {
        extent.coverRows(y, y);
      }
    }
  }
}
