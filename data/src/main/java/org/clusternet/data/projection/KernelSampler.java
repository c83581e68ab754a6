package org.clusternet.data.projection;

import java.util.Arrays;

/**
 * Samples the projected kernel of a cell ({@link ProjectedSpline}) on a patch of pixels: at their
 * centres, or, for a kernel of few pixels, at the centres of equal parts of each pixel.
 *
 * <p>Its arrays are reused from cell to cell and grow to the largest patch seen. For one thread.
 */
final class KernelSampler {
  /** Samples from a kernel's axis to its end that are enough to resolve it. */
  private static final double RESOLVED = 4;

  private double[] patch = new double[1024];
  private double[] squares = new double[0];
  private double[] values = new double[0];
  private double[] columns = new double[0];
  private int stride;
  private int from;
  private int to;

  /**
   * Samples a kernel on a patch.
   *
   * @param x column of the kernel's axis, from the left edge of the patch
   * @param y row of the kernel's axis, from the lower edge of the patch
   * @param radius radius at which the kernel ends, in pixels
   * @param width number of columns of the patch
   * @param height number of rows of the patch
   * @return the sum of all samples
   */
  double sample(double x, double y, double radius, int width, int height) {
    if (patch.length < width * height) {
      patch = new double[2 * width * height];
    }
    stride = width;
    int parts = (int) Math.ceil(RESOLVED / radius);
    return parts == 1
        ? samplePixels(x, y, radius, width, height)
        : sampleParts(x, y, radius, width, height, parts);
  }

  private double samplePixels(double x, double y, double radius, int width, int height) {
    prepare(x, radius, width);
    Arrays.fill(patch, 0, width * height, 0);
    for (int j = 0; j < height; j++) {
      if (sampleRow(x, j + 0.5 - y, radius, width)) {
        System.arraycopy(values, from, patch, j * width + from, to - from);
        accumulate(values, columns, from, to);
      }
    }
    double sum = 0;
    for (int i = 0; i < width; i++) {
      sum += columns[i];
    }
    return sum;
  }

  /**
   * Computes the squared distances of a row's pixels from the kernel's axis, in units of its
   * radius.
   *
   * @param x column of the kernel's axis
   * @param radius radius at which the kernel ends, in pixels
   * @param width number of columns
   */
  void prepare(double x, double radius, int width) {
    if (squares.length < width) {
      squares = new double[2 * width];
      values = new double[2 * width];
      columns = new double[2 * width];
    }
    Arrays.fill(columns, 0, width, 0);
    for (int i = 0; i < width; i++) {
      double dx = (i + 0.5 - x) / radius;
      squares[i] = dx * dx;
    }
  }

  /**
   * Samples one row, after {@link #prepare}.
   *
   * @param x column of the kernel's axis
   * @param dy distance of the row's middle from the kernel's axis, in pixels
   * @param radius radius at which the kernel ends, in pixels
   * @param width number of columns
   * @return whether the row crosses the kernel: if so, samples are those from {@link #from} to
   *     {@link #to}
   */
  boolean sampleRow(double x, double dy, double radius, int width) {
    double rest = radius * radius - dy * dy;
    if (!(rest > 0)) {
      return false;
    }
    double reach = Math.sqrt(rest);
    from = Math.max(0, (int) Math.ceil(x - reach - 0.5));
    to = Math.min(width, (int) Math.floor(x + reach - 0.5) + 1);
    if (from >= to) {
      return false;
    }
    ProjectedSpline.at(squares, dy * dy * (1 / (radius * radius)), values, from, to);
    return true;
  }

  /** First column of the row sampled last. */
  int from() {
    return from;
  }

  /** Column after the last one of the row sampled last. */
  int to() {
    return to;
  }

  /** The kernel at a column of the row sampled last. */
  double value(int column) {
    return values[column];
  }

  private double sampleParts(double x, double y, double radius, int width, int height, int parts) {
    prepare(x * parts, radius * parts, width * parts);
    double sum = 0;
    for (int j = 0; j < height; j++) {
      for (int k = 0; k < parts; k++) {
        double dy = (j + (k + 0.5) / parts - y) / radius;
        if (dy * dy < 1) {
          double reach = radius * parts * Math.sqrt(1 - dy * dy);
          int first = Math.max(0, (int) Math.ceil(x * parts - reach - 0.5));
          int last = Math.min(width * parts, (int) Math.floor(x * parts + reach - 0.5) + 1);
          if (first < last) {
            ProjectedSpline.at(squares, dy * dy, values, first, last);
            accumulate(values, columns, first, last);
          }
        }
      }
      sum = takeColumns(j * width, width, parts, sum);
    }
    return sum;
  }

  /** Moves the sums over the parts of each pixel of a row into the patch; adds them to a sum. */
  private double takeColumns(int row, int width, int parts, double before) {
    double sum = before;
    for (int i = 0; i < width; i++) {
      double pixel = 0;
      for (int k = i * parts; k < (i + 1) * parts; k++) {
        pixel += columns[k];
        columns[k] = 0;
      }
      patch[row + i] = pixel;
      sum += pixel;
    }
    return sum;
  }

  private static void accumulate(double[] values, double[] sums, int from, int to) {
    for (int i = from; i < to; i++) {
      sums[i] += values[i];
    }
  }

  /** Adds part of a row of the patch, times a factor, to an image; {@code target} is column 0. */
  void addRow(int row, int first, int last, double factor, double[] image, int target) {
    int source = row * stride;
    for (int i = first; i < last; i++) {
      image[target + i] += factor * patch[source + i];
    }
  }

  /** The sum over a rectangle of the patch. */
  double sum(int left, int right, int bottom, int top) {
    double sum = 0;
    for (int j = bottom; j < top; j++) {
      for (int i = left; i < right; i++) {
        sum += patch[j * stride + i];
      }
    }
    return sum;
  }
}
