package org.clusternet.data.simulate.gas;

import java.util.function.DoubleUnaryOperator;
import org.clusternet.data.physics.Units;

/**
 * The luminosity of all gas of a cluster within spheres around the potential minimum. The main body
 * is summed over its samples; companions and clumps are treated as spherical, each shell of radius
 * s around a centre at distance d weighted by the part of it within the sphere of radius R, (R^2 -
 * (d - s)^2) / (4 d s) where the two spheres intersect.
 */
public final class Enclosed {
  private static final double KPC3 = Units.KPC_CM * Units.KPC_CM * Units.KPC_CM;
  private static final int SHELLS = 400;
  private static final double CLUMP_REACH = 12;
  private static final double COMPANION_REACH = 4000;

  private final GasField field;
  private final RadialSums sums;

  /**
   * Prepares the measurement of a field.
   *
   * @param field the gas
   * @param sums sums over the samples of its main body
   */
  public Enclosed(GasField field, RadialSums sums) {
    this.field = field;
    this.sums = sums;
  }

  /**
   * The luminosity within one sphere over that within another.
   *
   * @param inner inner radius in kpc
   * @param outer outer radius in kpc
   * @return from 0 to 1 if {@code inner} is the smaller radius
   */
  public double ratio(double inner, double outer) {
    return luminosity(inner) / luminosity(outer);
  }

  /**
   * The luminosity within a sphere.
   *
   * @param radius radius of the sphere in kpc, positive
   * @return in erg/s
   */
  public double luminosity(double radius) {
    double sum = sums.luminosity(radius) * KPC3;
    for (GasBody body : field.companions()) {
      Shells shells = new Shells(body.centre().getNorm(), radius);
      sum += shells.sum(COMPANION_REACH, body.gas()::emissivity);
    }
    for (Clump clump : field.clumps()) {
      Shells shells = new Shells(clump.centre().getNorm(), radius);
      sum += shells.sum(CLUMP_REACH * clump.coreRadius(), clump::emissivity);
    }
    return sum;
  }

  private record Shells(double distance, double radius) {
    double sum(double reach, DoubleUnaryOperator emissivity) {
      double sum = 0;
      for (int i = 0; i < SHELLS; i++) {
        double t = (i + 0.5) / SHELLS;
        double s = reach * t * t;
        double width = 2 * reach * t / SHELLS;
        double inside = part(s);
        if (inside > 0) {
          sum += inside * 4 * Math.PI * s * s * width * emissivity.applyAsDouble(s);
        }
      }
      return sum * KPC3;
    }

    private double part(double s) {
      if (distance + s <= radius) {
        return 1;
      }
      double gap = Math.abs(distance - s);
      if (gap >= radius) {
        return 0;
      }
      return Math.min(1, (radius * radius - gap * gap) / (4 * distance * s));
    }
  }
}
