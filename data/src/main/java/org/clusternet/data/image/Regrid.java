package org.clusternet.data.image;

/**
 * Resamples an image to larger or smaller pixels of any ratio, at any offset.
 *
 * <p>Larger pixels take the mean over their area, old pixels weighted by the part that lies in it;
 * smaller ones are interpolated bilinearly between pixel centres. Surface brightness is conserved,
 * and for larger pixels so is the sum of pixels times their area. Pixels without a value are
 * excluded from every mean; a new pixel that contains only such pixels, or lies outside the old
 * image, is NaN. Where new pixels coincide with old ones, values are copied.
 *
 * @param factor side of a new pixel in units of old pixels, positive
 * @param startX left edge of the first column, in old pixels from the edge of the old image
 * @param startY lower edge of the first row, in old pixels from the edge of the old image
 * @param width width of the new image in new pixels
 * @param height height of the new image in new pixels
 */
public record Regrid(double factor, double startX, double startY, int width, int height) {
  /** Edges closer than this to an old pixel's edge are moved onto it. */
  private static final double ON_EDGE = 1e-9;

  /**
   * Checks the grid.
   *
   * @throws IllegalArgumentException if the factor or a side is not positive, or the image too
   *     large
   */
  public Regrid {
    if (!(factor > 0) || Double.isInfinite(factor) || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "regrid: factor="
              + factor
              + " width="
              + width
              + " height="
              + height
              + "; all must be positive");
    }
    if ((long) width * height > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "regrid: width=" + width + " height=" + height + " is more than 2^31 pixels");
    }
  }

  /**
   * A grid around a position.
   *
   * @param factor side of a new pixel in units of old pixels
   * @param x column of the new image's centre, in old pixels from 0 at the centre of the first
   * @param y row of the new image's centre, in old pixels from 0 at the centre of the first
   * @param width width of the new image in new pixels
   * @param height height of the new image in new pixels
   * @return the grid
   */
  public static Regrid around(double factor, double x, double y, int width, int height) {
    return new Regrid(
        factor, x + 0.5 - width * factor / 2, y + 0.5 - height * factor / 2, width, height);
  }

  /**
   * Resamples an image.
   *
   * @param image the old image
   * @return the new one
   */
  public Image apply(Image image) {
    Axis columns = new Axis(factor, startX, width, image.width());
    Axis rows = new Axis(factor, startY, height, image.height());
    double[] pixels = new double[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = mean(image, columns, rows, x, y);
      }
    }
    return new Image(width, height, pixels);
  }

  private static double mean(Image image, Axis columns, Axis rows, int x, int y) {
    double sum = 0;
    double total = 0;
    for (int j = 0; j < rows.weights[y].length; j++) {
      int row = (rows.first[y] + j) * image.width() + columns.first[x];
      for (int i = 0; i < columns.weights[x].length; i++) {
        double value = image.pixels()[row + i];
        double weight = rows.weights[y][j] * columns.weights[x][i];
        if (weight > 0 && Double.isFinite(value)) {
          sum += weight * value;
          total += weight;
        }
      }
    }
    return total > 0 ? sum / total : Double.NaN;
  }

  /** For each new pixel along an axis, its first old pixel and the weights from there on. */
  private static final class Axis {
    private final int[] first;
    private final double[][] weights;

    Axis(double factor, double start, int count, int old) {
      first = new int[count];
      weights = new double[count][];
      for (int i = 0; i < count; i++) {
        double begin = snap(start + i * factor);
        double end = snap(start + (i + 1) * factor);
        if (factor < 1 - ON_EDGE) {
          double centre = (begin + end) / 2 - 0.5;
          boolean inside = centre >= -0.5 && centre <= old - 0.5;
          bilinear(i, Math.max(0, Math.min(old - 1.0, centre)), inside, old);
        } else {
          area(i, Math.max(0, begin), Math.min(old, end));
        }
      }
    }

    private static double snap(double edge) {
      double whole = Math.rint(edge);
      return Math.abs(edge - whole) < ON_EDGE ? whole : edge;
    }

    private void bilinear(int i, double position, boolean inside, int old) {
      first[i] = (int) Math.min(position, Math.max(0, old - 2));
      double part = position - first[i];
      weights[i] = old == 1 ? new double[] {1} : new double[] {1 - part, part};
      weights[i] = inside ? weights[i] : new double[0];
    }

    private void area(int i, double begin, double end) {
      first[i] = (int) Math.max(0, begin);
      int count = end > begin ? (int) Math.ceil(end) - first[i] : 0;
      weights[i] = new double[count];
      for (int k = 0; k < count; k++) {
        double left = Math.max(begin, first[i] + k);
        weights[i][k] = Math.min(end, first[i] + k + 1.0) - left;
      }
    }
  }
}
