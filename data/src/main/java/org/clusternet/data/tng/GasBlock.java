package org.clusternet.data.tng;

import org.clusternet.data.projection.CellDeposit;

/** The hot cells of one piece of a cutout, as arrays. */
final class GasBlock {
  private final double[][] positions = new double[3][Column.ROWS];
  private final double[] volumes = new double[Column.ROWS];
  private final double[] luminosities = new double[Column.ROWS];
  private int count;

  void clear() {
    count = 0;
  }

  /** Adds a cell: kpc from the centre, kpc^3, erg/s. */
  void add(double[] position, double volume, double luminosity) {
    for (int axis = 0; axis < 3; axis++) {
      positions[axis][count] = position[axis];
    }
    volumes[count] = volume;
    luminosities[count] = luminosity;
    count++;
  }

  /**
   * Draws every second cell as seen along an axis; the image's first axis is the next one in the
   * cycle x, y, z, its second the one after.
   *
   * @param axis 0, 1 or 2 for x, y or z
   * @param half 0 for cells of even, 1 for cells of odd number
   * @param deposit image to draw into
   */
  void draw(int axis, int half, CellDeposit deposit) {
    double[] x = positions[(axis + 1) % 3];
    double[] y = positions[(axis + 2) % 3];
    for (int i = half; i < count; i += 2) {
      deposit.add(x[i], y[i], volumes[i], luminosities[i]);
    }
  }
}
