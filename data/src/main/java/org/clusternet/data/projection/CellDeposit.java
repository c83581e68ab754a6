package org.clusternet.data.projection;

import java.util.Arrays;
import org.clusternet.data.image.Image;
import org.clusternet.data.physics.Units;

/**
 * Draws the cells of a simulation, each as luminous as it is, into an image of the sky.
 *
 * <p>A cell is drawn as the projected cubic spline ({@link ProjectedSpline}) that ends at {@value
 * #KERNEL_RADIUS} radii of the sphere of the cell's volume, which is how maps of IllustrisTNG's gas
 * are commonly drawn: wide enough that neighbouring cells join into a smooth field, and no wider
 * than two cells.
 *
 * <p>Luminosity is conserved to rounding: the kernel's samples are divided by their sum, whether it
 * spans a fraction of a pixel or hundreds, and what falls outside the image is counted ({@link
 * #beyond()}). Samples are the centres of pixels for kernels of {@value #RESOLVED} pixels radius or
 * more; for smaller ones pixels are divided until the radius spans as many parts; below {@value
 * #POINT} pixels the cell is a point. From {@value #LARGE} pixels on the sum over all pixels is 1
 * within 1e-9 and is not formed, so that of a kernel far larger than the image no more is computed
 * than the image holds.
 *
 * <p>Sums are formed in the order of the calls, in doubles. For several threads give each a deposit
 * of its own and add them up in a fixed order: the bytes then do not depend on the threads. A
 * deposit holds 8 bytes a pixel, and itself is for one thread at a time.
 */
public final class CellDeposit {
  /** Where a cell's kernel ends, in radii of the sphere of its volume. */
  public static final double KERNEL_RADIUS = 2.5;

  private static final double RESOLVED = 4;
  private static final double POINT = 1.0 / 32;
  private static final double LARGE = 256;

  private final SkyGrid grid;
  private final int size;
  private final double[] sums;
  private double[] patch = new double[1024];
  private double[] squares = new double[0];
  private double[] values = new double[0];
  private double[] columns = new double[0];
  private double total;
  private double within;

  /**
   * An image without cells.
   *
   * @param grid its size and scale
   */
  public CellDeposit(SkyGrid grid) {
    this.grid = grid;
    size = grid.size();
    sums = new double[size * size];
  }

  /**
   * The radius at which the kernel of a cell ends.
   *
   * @param volume of the cell, in kpc^3
   * @return in kpc
   */
  public static double kernelRadius(double volume) {
    return KERNEL_RADIUS * StrictMath.cbrt(0.75 / Math.PI * volume);
  }

  /**
   * Adds a cell.
   *
   * @param x its place along the image's first axis, in kpc from the centre
   * @param y its place along the image's second axis, in kpc from the centre
   * @param volume in kpc^3, positive
   * @param luminosity in erg/s, at least 0
   * @throws IllegalArgumentException if a value is not finite or out of its range
   */
  public void add(double x, double y, double volume, double luminosity) {
    if (!(volume > 0 && luminosity >= 0) || !Double.isFinite(x + y + volume + luminosity)) {
      throw new IllegalArgumentException(
          "cell deposit: x=%s y=%s volume=%s luminosity=%s; need finite numbers, a volume above 0 and a luminosity of at least 0"
              .formatted(x, y, volume, luminosity));
    }
    total += luminosity;
    double radius = kernelRadius(volume) / grid.pixel();
    double column = x / grid.pixel() + size / 2.0;
    double row = y / grid.pixel() + size / 2.0;
    if (isBeyond(column, radius) || isBeyond(row, radius)) {
      return;
    }
    if (radius < POINT) {
      addPoint(column, row, luminosity);
    } else if (radius < LARGE) {
      addPatch(column, row, radius, luminosity);
    } else {
      addLarge(column, row, radius, luminosity);
    }
  }

  /**
   * Adds all that another deposit holds.
   *
   * @param other of the same grid; stays as it is
   * @throws IllegalArgumentException if its grid is another
   */
  public void add(CellDeposit other) {
    if (!grid.equals(other.grid)) {
      throw new IllegalArgumentException(
          "cell deposit: grid=" + other.grid + " cannot be added to grid=" + grid);
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
    total += other.total;
    within += other.within;
  }

  /**
   * What all cells radiate.
   *
   * @return in erg/s
   */
  public double total() {
    return total;
  }

  /**
   * What falls outside the image: cells beyond it and parts of kernels that reach over its edge.
   *
   * @return in erg/s
   */
  public double beyond() {
    return total - within;
  }

  /**
   * The image so far.
   *
   * @return mean surface brightness per pixel, in erg s^-1 cm^-2
   */
  public Image image() {
    double side = grid.pixel() * Units.KPC_CM;
    double[] pixels = new double[sums.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = sums[i] / (side * side);
    }
    return new Image(size, size, pixels);
  }

  private boolean isBeyond(double centre, double radius) {
    return !(centre + radius > 0 && centre - radius < size);
  }

  private void addPoint(double column, double row, double luminosity) {
    if (column >= 0 && column < size && row >= 0 && row < size) {
      sums[floor(row) * size + floor(column)] += luminosity;
      within += luminosity;
    }
  }

  private void addPatch(double column, double row, double radius, double luminosity) {
    int left = floor(column - radius);
    int bottom = floor(row - radius);
    int width = floor(column + radius) - left + 1;
    int height = floor(row + radius) - bottom + 1;
    if (patch.length < width * height) {
      patch = new double[2 * width * height];
    }
    int parts = (int) Math.ceil(RESOLVED / radius);
    double sum =
        parts == 1
            ? sample(column - left, row - bottom, radius, width, height)
            : sampleFinely(column - left, row - bottom, radius, width, height, parts);
    double factor = luminosity / sum;
    int from = Math.max(0, -left);
    int to = Math.min(width, size - left);
    for (int j = Math.max(0, -bottom); j < Math.min(height, size - bottom); j++) {
      int target = (bottom + j) * size + left;
      int source = j * width;
      for (int i = from; i < to; i++) {
        sums[target + i] += factor * patch[source + i];
      }
    }
    boolean whole = from == 0 && to == width && bottom >= 0 && bottom + height <= size;
    within += whole ? luminosity : factor * inside(left, bottom, width, height);
  }

  /** The sum of the patch's pixels that lie within the image. */
  private double inside(int left, int bottom, int width, int height) {
    double sum = 0;
    for (int j = Math.max(0, -bottom); j < Math.min(height, size - bottom); j++) {
      for (int i = Math.max(0, -left); i < Math.min(width, size - left); i++) {
        sum += patch[j * width + i];
      }
    }
    return sum;
  }

  /** The kernel at the centres of a patch's pixels; returns the sum. */
  private double sample(double x, double y, double radius, int width, int height) {
    prepare(x, radius, width);
    Arrays.fill(patch, 0, width * height, 0);
    double scale = 1 / (radius * radius);
    for (int j = 0; j < height; j++) {
      double dy = j + 0.5 - y;
      double rest = radius * radius - dy * dy;
      if (rest > 0) {
        double reach = Math.sqrt(rest);
        int from = Math.max(0, ceil(x - reach - 0.5));
        int to = Math.min(width, floor(x + reach - 0.5) + 1);
        if (from < to) {
          ProjectedSpline.at(squares, dy * dy * scale, values, from, to);
          System.arraycopy(values, from, patch, j * width + from, to - from);
          accumulate(values, columns, from, to);
        }
      }
    }
    double sum = 0;
    for (int i = 0; i < width; i++) {
      sum += columns[i];
    }
    return sum;
  }

  /** The squared distances of a row's pixels from the kernel's axis, in units of its radius. */
  private void prepare(double x, double radius, int width) {
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

  private static void accumulate(double[] values, double[] sums, int from, int to) {
    for (int i = from; i < to; i++) {
      sums[i] += values[i];
    }
  }

  /** The same at the centres of {@code parts * parts} parts of each pixel. */
  private double sampleFinely(double x, double y, double radius, int width, int height, int parts) {
    prepare(x * parts, radius * parts, width * parts);
    double sum = 0;
    for (int j = 0; j < height; j++) {
      for (int k = 0; k < parts; k++) {
        double dy = (j + (k + 0.5) / parts - y) / radius;
        if (dy * dy < 1) {
          double reach = radius * parts * Math.sqrt(1 - dy * dy);
          int from = Math.max(0, ceil(x * parts - reach - 0.5));
          int to = Math.min(width * parts, floor(x * parts + reach - 0.5) + 1);
          if (from < to) {
            ProjectedSpline.at(squares, dy * dy, values, from, to);
            accumulate(values, columns, from, to);
          }
        }
      }
      for (int i = 0; i < width; i++) {
        double pixel = 0;
        for (int k = i * parts; k < (i + 1) * parts; k++) {
          pixel += columns[k];
          columns[k] = 0;
        }
        patch[j * width + i] = pixel;
        sum += pixel;
      }
    }
    return sum;
  }

  private void addLarge(double column, double row, double radius, double luminosity) {
    double scale = 1 / (radius * radius);
    prepare(column, radius, size);
    int top = Math.min(size - 1, floor(row + radius));
    for (int j = Math.max(0, floor(row - radius)); j <= top; j++) {
      double dy = j + 0.5 - row;
      double rest = radius * radius - dy * dy;
      if (rest > 0) {
        double reach = Math.sqrt(rest);
        int from = Math.max(0, ceil(column - reach - 0.5));
        int to = Math.min(size, floor(column + reach - 0.5) + 1);
        if (from < to) {
          ProjectedSpline.at(squares, dy * dy * scale, values, from, to);
          for (int i = from; i < to; i++) {
            double part = luminosity * scale * values[i];
            sums[j * size + i] += part;
            within += part;
          }
        }
      }
    }
  }

  private static int floor(double value) {
    return (int) Math.floor(value);
  }

  private static int ceil(double value) {
    return (int) Math.ceil(value);
  }
}
