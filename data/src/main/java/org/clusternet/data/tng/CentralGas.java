package org.clusternet.data.tng;

import java.nio.file.Path;
import org.clusternet.data.DataException;
import org.clusternet.data.physics.CentralCooling;

/**
 * The cooling time that decides a halo's core type: the mean over the hot cells whose centres lie
 * within 0.012 r500 of the halo's, in three dimensions, each weighted by its luminosity.
 *
 * <p>If no cell's centre lies within, as can happen in a small or tenuous halo, the nearest hot
 * cell is used: in a Voronoi mesh, the cell with the nearest generating point contains the halo's
 * centre. This is accepted if the distance is at most {@value #REACH} radii of the sphere of the
 * cell's volume; a larger distance means that the centre is wrong or that gas is missing.
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
   * Starts without gas.
   *
   * @param r500 r500 of the halo in kpc
   */
  CentralGas(double r500) {
    radius = CentralCooling.RADIUS_IN_R500 * r500;
  }

  /**
   * Adds a hot cell.
   *
   * @param distance distance of its centre from the halo's in kpc
   * @param volume volume in kpc^3
   * @param power luminosity in erg/s
   * @param coolingTime cooling time in Gyr
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

  /** Number of cells within the radius. */
  long cells() {
    return cells;
  }

  /** The radius 0.012 r500 in kpc. */
  double radius() {
    return radius;
  }

  /**
   * The central cooling time.
   *
   * @param file file named in the error
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
        "%s: has no hot gas within 0.012 r500=%.2f kpc of the halo's centre, the nearest cell is at %.2f kpc; check GroupPos and Group_R_Crit500, or lower the minimum temperature"
            .formatted(file, radius, nearest));
  }
}
