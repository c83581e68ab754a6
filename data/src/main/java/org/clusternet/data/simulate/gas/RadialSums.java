package org.clusternet.data.simulate.gas;

import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * The gas of the main body in spherical shells around the potential minimum, from the cells of a
 * {@link NestedGrid}. Shells are equally spaced in the fourth root of the radius.
 */
public final class RadialSums {
  private static final double PER_STEP = 28;
  private static final int SHELLS = 512;
  private static final double WINDOW = StrictMath.sqrt(2);

  private final double[] light = new double[SHELLS];
  private final double[] mass = new double[SHELLS];
  private final double[] volume = new double[SHELLS];

  RadialSums() {}

  void add(double square, double emissivity, double density, double cellVolume) {
    int shell = (int) (Math.sqrt(Math.sqrt(Math.sqrt(square))) * PER_STEP);
    if (shell < SHELLS) {
      light[shell] += emissivity * cellVolume;
      mass[shell] += density * cellVolume;
      volume[shell] += cellVolume;
    }
  }

  /**
   * The luminosity within a sphere.
   *
   * @param radius radius of the sphere in kpc, positive
   * @return in erg s^-1 cm^-3 kpc^3
   */
  public double luminosity(double radius) {
    double position = Math.min(Math.sqrt(Math.sqrt(radius)) * PER_STEP, SHELLS - 1e-9);
    int last = (int) position;
    double sum = 0;
    for (int i = 0; i < last; i++) {
      sum += light[i];
    }
    double inner = cube(last);
    double share = (radius * radius * radius - inner) / (cube(last + 1) - inner);
    return sum + share * light[last];
  }

  private static double cube(int edge) {
    double root = edge / PER_STEP;
    double radius = root * root * root * root;
    return radius * radius * radius;
  }

  /**
   * The slope of the density profile.
   *
   * @param radius radius in kpc
   * @return alpha = -dlog n_e / dlog r, by least squares through the mean densities of the shells
   *     within a factor sqrt(2) of the radius; NaN with fewer than three shells
   */
  public double densitySlope(double radius) {
    SimpleRegression line = new SimpleRegression();
    for (int i = 0; i < SHELLS; i++) {
      double root = (i + 0.5) / PER_STEP;
      double r = root * root * root * root;
      if (volume[i] > 0 && r > radius / WINDOW && r < radius * WINDOW) {
        line.addData(StrictMath.log(r), StrictMath.log(mass[i] / volume[i]));
      }
    }
    return line.getN() < 3 ? Double.NaN : -line.getSlope();
  }
}
