package org.clusternet.data.simulate.gas;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field sampled on nested cubes around the potential minimum, each half as wide as the next and
 * with the same number of cells, so that cells grow with the distance: about {@code 4 r / cells}. A
 * full cube of the finest cells would have a thousand times as many.
 *
 * <p>The inner half of a cube is the mean of the finer one. Of every cube the sums along the three
 * axes are kept, once through all of it ("whole") and once leaving out the slab that holds the
 * finer cube ("outside"): a line of sight through the n-th cube is its whole and the outsides of
 * all wider ones, and both are smooth functions on the sky, which interpolate without seams. What
 * is kept in the end is the ratio of the disturbed to the undisturbed body's light on each cube's
 * face; multiplied with the undisturbed body's exact projection it gives an image whose centre is
 * sharp and whose undisturbed parts are exact.
 */
public final class NestedGrid {
  private static final double DEPTH = 2048;
  private static final double FINEST_LEAST = 32;
  private static final double FINEST_MOST = 512;
  private static final int LEAST_CELLS = 32;
  private static final int MOST_CELLS = 128;

  private static final float[] RELEASED = {};
  private final int cells;
  private final List<Cube> cubes = new ArrayList<>();
  private final RadialSums sums = new RadialSums();

  private NestedGrid(int cells) {
    this.cells = cells;
  }

  /**
   * Samples a field finely enough for an image.
   *
   * @param field the gas
   * @param size size of the image in pixels; the number of cells is 5/32 of it, from 32 to 128
   * @param pixel side of a pixel in kpc
   * @return the samples
   */
  public static NestedGrid sample(GasField field, int size, double pixel) {
    int cells = Math.max(LEAST_CELLS, Math.min(MOST_CELLS, 8 * Math.round(size * 5 / 256f)));
    return sample(field, size, pixel, cells);
  }

  /**
   * Samples a field.
   *
   * @param field the gas
   * @param size size of the image in pixels
   * @param pixel side of a pixel in kpc
   * @param cells number of cells along a side of each cube, a multiple of 4
   * @return the samples
   */
  public static NestedGrid sample(GasField field, int size, double pixel, int cells) {
    NestedGrid grid = new NestedGrid(cells);
    double finest = cells * pixel / 4;
    double half = FINEST_LEAST;
    while (2 * half <= Math.min(finest, FINEST_MOST)) {
      half *= 2;
    }
    GasField.Sampler sampler = field.sampler();
    @Nullable Cube finer = null;
    do {
      Cube cube = new Cube(cells, half, finer);
      cube.fill(sampler, grid.sums);
      cube.project();
      grid.cubes.add(cube);
      if (finer != null) {
        finer.release();
      }
      finer = cube;
      half *= 2;
    } while (finer.half < Math.max(DEPTH, size * pixel / 2));
    finer.release();
    grid.finish();
    return grid;
  }

  /** From the widest cube inwards: adds the emission outside and converts sums to ratios. */
  private void finish() {
    for (int i = cubes.size() - 1; i >= 0; i--) {
      cubes.get(i).complete(i + 1 < cubes.size() ? cubes.get(i + 1) : null);
    }
    for (int i = 0; i < cubes.size(); i++) {
      cubes.get(i).divide();
    }
  }

  /**
   * The gas of the main body in spherical shells.
   *
   * @return sums over all cells
   */
  public RadialSums sums() {
    return sums;
  }

  /**
   * The ratio of the disturbed to the undisturbed body's brightness on a line of sight.
   *
   * @param axis axis of the line of sight, 0, 1 or 2
   * @param u position in kpc along the next axis in the cycle x, y, z
   * @param v position in kpc along the axis after that
   * @param pixel side of the pixel in kpc: cubes with cells smaller than half of it are skipped
   * @return above 0
   */
  public double ratio(int axis, double u, double v, double pixel) {
    double reach = Math.max(Math.abs(u), Math.abs(v));
    int i = 0;
    while (i + 1 < cubes.size()
        && (reach > cubes.get(i).half * (1 - 2.0 / cells) || cubes.get(i).cell < pixel / 2)) {
      i++;
    }
    Cube cube = cubes.get(i);
    return cube.interpolate(cube.ratio[axis], u, v);
  }

  /** One cube and its faces. */
  private static final class Cube {
    private final int n;
    private final double half;
    private final double cell;
    private final @Nullable Cube finer;
    private float[] disturbed;
    private float[] plain;
    private final double[][][] whole = new double[2][3][];
    private final double[][][] outside = new double[2][3][];
    private final double[][] ratio = new double[3][];

    Cube(int n, double half, @Nullable Cube finer) {
      this.n = n;
      this.half = half;
      this.finer = finer;
      cell = 2 * half / n;
      disturbed = new float[n * n * n];
      plain = new float[n * n * n];
      for (int axis = 0; axis < 3; axis++) {
        for (int kind = 0; kind < 2; kind++) {
          whole[kind][axis] = new double[n * n];
          outside[kind][axis] = new double[n * n];
        }
      }
    }

    void release() {
      disturbed = RELEASED;
      plain = RELEASED;
    }

    private double centre(int index) {
      return (index + 0.5) * cell - half;
    }

    private boolean inner(int index) {
      return index >= n / 4 && index < n - n / 4;
    }

    void fill(GasField.Sampler sampler, RadialSums sums) {
      GasSample sample = new GasSample();
      double volume = cell * cell * cell;
      int i = 0;
      for (int k = 0; k < n; k++) {
        double z = centre(k);
        for (int j = 0; j < n; j++) {
          double y = centre(j);
          Cube source = inner(k) && inner(j) ? finer : null;
          for (int l = 0; l < n; l++, i++) {
            if (source != null && inner(l)) {
              disturbed[i] = source.mean(source.disturbed, l, j, k);
              plain[i] = source.mean(source.plain, l, j, k);
            } else {
              double x = centre(l);
              sampler.at(x, y, z, cell, sample);
              disturbed[i] = (float) sample.emissivity;
              plain[i] = (float) sample.undisturbed;
              sums.add(x * x + y * y + z * z, sample.emissivity, sample.density, volume);
            }
          }
        }
      }
    }

    /** The mean of the eight cells of this cube that lie in one of the wider one's. */
    private float mean(float[] values, int x, int y, int z) {
      int at = ((2 * (z - n / 4)) * n + 2 * (y - n / 4)) * n + 2 * (x - n / 4);
      float near = values[at] + values[at + 1] + values[at + n] + values[at + n + 1];
      int far = at + n * n;
      return (near + values[far] + values[far + 1] + values[far + n] + values[far + n + 1]) / 8;
    }

    void project() {
      project(disturbed, whole[0], outside[0]);
      project(plain, whole[1], outside[1]);
    }

    private void project(float[] values, double[][] through, double[][] around) {
      int i = 0;
      for (int z = 0; z < n; z++) {
        for (int y = 0; y < n; y++) {
          for (int x = 0; x < n; x++, i++) {
            double value = values[i];
            through[0][z * n + y] += value;
            through[1][x * n + z] += value;
            through[2][y * n + x] += value;
            if (!inner(x)) {
              around[0][z * n + y] += value;
            }
            if (!inner(y)) {
              around[1][x * n + z] += value;
            }
            if (!inner(z)) {
              around[2][y * n + x] += value;
            }
          }
        }
      }
    }

    /** Extends the sums to whole lines of sight with the wider cube, which is already complete. */
    void complete(@Nullable Cube wider) {
      for (int kind = 0; kind < 2; kind++) {
        for (int axis = 0; axis < 3; axis++) {
          for (int i = 0; i < n * n; i++) {
            double more =
                wider == null
                    ? 0
                    : wider.interpolate(wider.outside[kind][axis], centre(i % n), centre(i / n));
            whole[kind][axis][i] = whole[kind][axis][i] * cell + more;
            outside[kind][axis][i] = outside[kind][axis][i] * cell + more;
          }
        }
      }
    }

    void divide() {
      for (int axis = 0; axis < 3; axis++) {
        ratio[axis] = new double[n * n];
        for (int i = 0; i < n * n; i++) {
          ratio[axis][i] = whole[0][axis][i] / whole[1][axis][i];
        }
        for (int kind = 0; kind < 2; kind++) {
          whole[kind][axis] = null;
          outside[kind][axis] = null;
        }
      }
    }

    /** Bilinear between cell centres, constant beyond the outermost ones. */
    double interpolate(double[] face, double u, double v) {
      double s = Math.max(0, Math.min(n - 1.0, (u + half) / cell - 0.5));
      double t = Math.max(0, Math.min(n - 1.0, (v + half) / cell - 0.5));
      int i = Math.min((int) s, n - 2);
      int j = Math.min((int) t, n - 2);
      int at = j * n + i;
      double low = face[at] + (s - i) * (face[at + 1] - face[at]);
      double high = face[at + n] + (s - i) * (face[at + n + 1] - face[at + n]);
      return low + (t - j) * (high - low);
    }
  }
}
