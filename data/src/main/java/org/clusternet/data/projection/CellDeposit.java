package org.clusternet.data.projection;

import org.clusternet.data.image.Image;
import org.clusternet.data.physics.Units;

/**
 * Projects the gas cells of a simulation onto an image of the sky, conserving their luminosity.
 *
 * <p>Each cell is drawn as the projected cubic spline ({@link ProjectedSpline}) that ends at
 * {@value #KERNEL_RADIUS} radii of the sphere of the cell's volume, which is how maps of
 * IllustrisTNG's gas are commonly drawn: wide enough that neighbouring cells join into a smooth
 * field, and no wider than two cells.
 *
 * <p>Luminosity is conserved to rounding: the kernel's samples are divided by their sum, whether it
 * spans a fraction of a pixel or hundreds, and what falls outside the image is counted ({@link
 * #beyond()}). Samples are the centres of pixels for kernels of 4 pixels radius or more; for
 * smaller ones pixels are divided until the radius spans as many parts; below {@value #POINT}
 * pixels the cell is a point. From {@value #LARGE} pixels on, the sum over all pixels is 1 within
 * 1e-9 and is not computed, so that only the part of a large kernel within the image is sampled.
 *
 * <p>Sums are computed in doubles, in the order of the calls. For several threads, give each its
 * own deposit and add them in a fixed order: the result then does not depend on the number of
 * threads. A deposit needs 8 bytes per pixel and may be used by one thread at a time.
 */
public final class CellDeposit {
  /** Radius at which a cell's kernel ends, in radii of the sphere of its volume. */
  public static final double KERNEL_RADIUS = 2.5;

  private static final double POINT = 1.0 / 32;
  private static final double LARGE = 256;

  private final SkyGrid grid;
  private final int size;
  private final double[] sums;
  private final KernelSampler kernel = new KernelSampler();
  private double total;
  private double within;

  /**
   * Starts with an empty image.
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
   * @param volume volume of the cell in kpc^3
   * @return in kpc
   */
  public static double kernelRadius(double volume) {
    return KERNEL_RADIUS * StrictMath.cbrt(0.75 / Math.PI * volume);
  }

  /**
   * Adds a cell.
   *
   * @param x position along the first axis of the image, in kpc from its centre
   * @param y position along the second axis of the image, in kpc from its centre
   * @param volume volume of the cell in kpc^3, positive
   * @param luminosity luminosity of the cell in erg/s, at least 0
   * @throws IllegalArgumentException if a value is not finite or out of its range
   */
  public void add(double x, double y, double volume, double luminosity) {
    if (!(volume > 0 && luminosity >= 0) || !Double.isFinite(x + y + volume + luminosity)) {
      throw new IllegalArgumentException(
          "cell deposit: x=%s y=%s volume=%s luminosity=%s; all must be finite, volume above 0, luminosity at least 0"
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
   * Adds the cells of another deposit.
   *
   * @param other another deposit of the same grid; it is not changed
   * @throws IllegalArgumentException if its grid differs
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
   * The luminosity of all cells.
   *
   * @return in erg/s
   */
  public double total() {
    return total;
  }

  /**
   * The luminosity outside the image: of cells beyond it and of kernels that cross its edge.
   *
   * @return in erg/s
   */
  public double beyond() {
    return total - within;
  }

  /**
   * The image of the cells added so far.
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
    double sum = kernel.sample(column - left, row - bottom, radius, width, height);
    double factor = luminosity / sum;
    int from = Math.max(0, -left);
    int to = Math.min(width, size - left);
    int first = Math.max(0, -bottom);
    int last = Math.min(height, size - bottom);
    for (int j = first; j < last; j++) {
      kernel.addRow(j, from, to, factor, sums, (bottom + j) * size + left);
    }
    boolean whole = from == 0 && to == width && first == 0 && last == height;
    within += whole ? luminosity : factor * kernel.sum(from, to, first, last);
  }

  private void addLarge(double column, double row, double radius, double luminosity) {
    double scale = 1 / (radius * radius);
    kernel.prepare(column, radius, size);
    int top = Math.min(size - 1, floor(row + radius));
    for (int j = Math.max(0, floor(row - radius)); j <= top; j++) {
      if (kernel.sampleRow(column, j + 0.5 - row, radius, size)) {
        for (int i = kernel.from(); i < kernel.to(); i++) {
          double part = luminosity * scale * kernel.value(i);
          sums[j * size + i] += part;
          within += part;
        }
      }
    }
  }

  private static int floor(double value) {
    return (int) Math.floor(value);
  }
}
