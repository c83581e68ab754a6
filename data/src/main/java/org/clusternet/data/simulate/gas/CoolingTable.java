package org.clusternet.data.simulate.gas;

import org.clusternet.data.physics.Plasma;

/**
 * {@link Plasma#coolingFunction} by linear interpolation in kT^(1/4): a look-up costs two square
 * roots instead of a power. From 0.05 to 300 keV, beyond which the ends are taken; the relative
 * error is below 1e-3 above 0.08 keV.
 */
final class CoolingTable {
  private static final double LEAST = 0.05;
  private static final double MOST = 300;
  private static final int KNOTS = 2048;
  private static final double FIRST = Math.sqrt(Math.sqrt(LEAST));
  private static final double PER_STEP = KNOTS / (Math.sqrt(Math.sqrt(MOST)) - FIRST);
  private static final double[] VALUES = values();

  private CoolingTable() {}

  private static double[] values() {
    double[] values = new double[KNOTS + 1];
    for (int i = 0; i <= KNOTS; i++) {
      double root = FIRST + i / PER_STEP;
      values[i] = Plasma.coolingFunction(root * root * root * root);
    }
    return values;
  }

  /** Lambda in erg cm^3 s^-1 of kT in keV. */
  static double at(double kT) {
    double position = (Math.sqrt(Math.sqrt(kT)) - FIRST) * PER_STEP;
    if (!(position > 0)) {
      return VALUES[0];
    }
    if (position >= KNOTS) {
      return VALUES[KNOTS];
    }
    int i = (int) position;
    return VALUES[i] + (position - i) * (VALUES[i + 1] - VALUES[i]);
  }
}
