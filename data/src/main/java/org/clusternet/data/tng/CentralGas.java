package org.clusternet.data.tng;

import java.nio.file.Path;
import org.clusternet.data.DataException;
import org.clusternet.data.physics.CentralCooling;

/**
 * The cooling time that decides a halo's core type: the mean over the hot cells whose centres lie
 * within 0.012 r500 of the halo's, in three dimensions, each weighted by its luminosity.
 *
 * <p>Where no cell's centre lies within, as may be in a small or tenuous halo, the nearest hot cell
 * is taken: of a Voronoi mesh, the cell with the nearest generating point is the one that holds the
 * halo's centre. That is believed as long as the centre is no farther than {@value #REACH} radii of
 * the sphere of the cell's volume; a larger gap means that the centre is wrong or the gas there
 * missing.
 */
final class CentralGas {
  private static final double REACH = 2;

  private final double radius;
  private long cells;
  private double luminosity;
  private double weighted;
  private double nearest = Double.POSITIVE_INFINITY;
  private double nearestTime;
  private double nearestSize;

  /**
   * No gas yet.
   *
   * @param r500 in kpc
   */
  CentralGas(double r500) {
    radius = CentralCooling.RADIUS_IN_R500 * r500;
  }

  /**
   * Adds a hot cell.
   *
   * @param distance of its centre in kpc
   * @param volume in kpc^3
   * @param power its luminosity in erg/s
   * @param coolingTime in Gyr
   */
  void add(double distance, double volume, double power, double coolingTime) {
    if (distance < radius) {
      cells++;
      luminosity += power;
      weighted += power * coolingTime;
    } else if (distance < nearest) {
      nearest = distance;
      nearestTime = coolingTime;
      nearestSize = StrictMath.cbrt(0.75 / Math.PI * volume);
    }
  }

  /** How many cells lie within. */
  long cells() {
    return cells;
  }

  /** The radius within which they do, in kpc. */
  double radius() {
    return radius;
  }

  /**
   * The central cooling time.
   *
   * @param file named in the error
   * @return in Gyr
   * @throws DataException if there is no hot gas at the centre
   */
  double coolingTime(Path file) {
    if (cells > 0) {
      return weighted / luminosity;
    }
    if (nearest <= REACH * nearestSize) {
      return nearestTime;
    }
    throw new DataException(
        "%s: has no hot gas within 0.012 r500=%.2f kpc of the halo's centre, the nearest cell is at %.2f kpc; check GroupPos and Group_R_Crit500, or lower the least temperature"
            .formatted(file, radius, nearest));
  }
}
