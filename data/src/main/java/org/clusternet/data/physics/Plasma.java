package org.clusternet.data.physics;

/**
 * A fully ionised plasma of cluster abundances: how strongly it shines and how soon it has cooled.
 *
 * <p>Particle numbers are those of the ACCEPT archive and of Tozzi and Norman 2001 (ApJ 546, 63):
 * all particles n = 1.92 n_e, hydrogen n_H = n_e / 1.2. The cooling function is the fit of Tozzi
 * and Norman to Sutherland and Dopita 1993 for 0.3 solar metallicity,
 *
 * <pre>Lambda(T) = (8.6e-3 T^-1.7 + 5.8e-2 T^0.5 + 6.3e-2) 1e-22 erg cm^3 s^-1,  T in keV</pre>
 *
 * <p>The emissivity is n_e n_H Lambda, and the cooling time is the one of constant volume,
 *
 * <pre>t_cool = (3/2) n kT / (n_e n_H Lambda)</pre>
 *
 * <p>which is ACCEPT's column {@code tcool3/2}; with 5/2 (constant pressure) it is longer by 5/3.
 */
public final class Plasma {
  /** All particles per electron. */
  public static final double PARTICLES_PER_ELECTRON = 1.92;

  /** Electrons per hydrogen nucleus. */
  public static final double ELECTRONS_PER_HYDROGEN = 1.2;

  private Plasma() {}

  /**
   * The cooling function of Tozzi and Norman 2001.
   *
   * @param kT temperature in keV, positive
   * @return Lambda in erg cm^3 s^-1
   */
  public static double coolingFunction(double kT) {
    requirePositive("kT", kT);
    return (8.6e-3 * StrictMath.pow(kT, -1.7) + 5.8e-2 * Math.sqrt(kT) + 6.3e-2) * 1e-22;
  }

  /**
   * The power radiated per volume.
   *
   * @param electronDensity n_e in cm^-3, positive
   * @param lambda the cooling function in erg cm^3 s^-1, positive
   * @return n_e n_H Lambda in erg s^-1 cm^-3
   */
  public static double emissivity(double electronDensity, double lambda) {
    requirePositive("n_e", electronDensity);
    requirePositive("Lambda", lambda);
    return electronDensity * electronDensity / ELECTRONS_PER_HYDROGEN * lambda;
  }

  /**
   * The cooling time at constant volume.
   *
   * @param electronDensity n_e in cm^-3, positive
   * @param kT temperature in keV, positive
   * @param lambda the cooling function in erg cm^3 s^-1, positive
   * @return (3/2) n kT / (n_e n_H Lambda) in Gyr
   */
  public static double coolingTime(double electronDensity, double kT, double lambda) {
    requirePositive("kT", kT);
    double energy = 1.5 * PARTICLES_PER_ELECTRON * electronDensity * kT * Units.KEV_ERG;
    return energy / emissivity(electronDensity, lambda) / Units.GYR_S;
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "plasma: " + name + "=" + value + " must be a finite positive number");
    }
  }
}
