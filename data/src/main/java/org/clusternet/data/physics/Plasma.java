package org.clusternet.data.physics;

/**
 * A fully ionised plasma of cluster abundances: its emissivity and its cooling time.
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
 *
 * <p>For gas of another metallicity Z, in solar units,
 *
 * <pre>Lambda(T, Z) = Lambda_ff(T) + (Z / 0.3) max(0, Lambda(T) - Lambda_ff(T))</pre>
 *
 * <p>that is, emission above the bremsstrahlung of hydrogen and helium is attributed to metals and
 * scaled linearly, as in simulations (Vogelsberger et al. 2013, MNRAS 436, 3031). Lambda_ff is that
 * of Katz, Weinberg and Hernquist 1996 (ApJS 105, 19, Table 1), 1.42e-27 g T^0.5 (1 + 4 n_He/n_H)
 * with g = 1.1 + 0.34 exp(-(5.5 - log T)^2 / 3), T in K, and a hydrogen mass fraction of 0.76; the
 * lines of hydrogen and helium, which matter below 1e6 K, are not included.
 */
public final class Plasma {
  /** All particles per electron. */
  public static final double PARTICLES_PER_ELECTRON = 1.92;

  /** Electrons per hydrogen nucleus. */
  public static final double ELECTRONS_PER_HYDROGEN = 1.2;

  /** The metallicity for which the cooling function of Tozzi and Norman holds, in solar units. */
  public static final double METALLICITY = 0.3;

  /** The mass fraction of metals in the Sun, Anders and Grevesse 1989 (GeCoA 53, 197). */
  public static final double SOLAR_METAL_FRACTION = 0.0189;

  private static final double HYDROGEN_FRACTION = 0.76;

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
   * The cooling function of a plasma of any metallicity.
   *
   * @param kT temperature in keV, positive
   * @param metallicity metallicity in solar units, at least 0
   * @return Lambda in erg cm^3 s^-1; at {@link #METALLICITY} that of {@link
   *     #coolingFunction(double)}, unless bremsstrahlung alone exceeds it (above 20 keV)
   */
  public static double coolingFunction(double kT, double metallicity) {
    if (!(metallicity >= 0) || Double.isInfinite(metallicity)) {
      throw new IllegalArgumentException(
          "plasma: metallicity=" + metallicity + " must be finite and at least 0");
    }
    double whole = coolingFunction(kT);
    double bremsstrahlung = bremsstrahlung(kT);
    return bremsstrahlung + metallicity / METALLICITY * Math.max(0, whole - bremsstrahlung);
  }

  private static double bremsstrahlung(double kT) {
    double kelvin = kT / Units.BOLTZMANN_KEV_K;
    double log = 5.5 - StrictMath.log10(kelvin);
    double gaunt = 1.1 + 0.34 * StrictMath.exp(-log * log / 3);
    return 1.42e-27 * gaunt * Math.sqrt(kelvin) / HYDROGEN_FRACTION;
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
   * The power radiated per volume by a plasma of known composition.
   *
   * @param electronDensity n_e in cm^-3, positive
   * @param hydrogenDensity n_H in cm^-3, positive
   * @param lambda the cooling function in erg cm^3 s^-1, positive
   * @return n_e n_H Lambda in erg s^-1 cm^-3
   */
  public static double emissivity(double electronDensity, double hydrogenDensity, double lambda) {
    requirePositive("n_e", electronDensity);
    requirePositive("n_H", hydrogenDensity);
    requirePositive("Lambda", lambda);
    return electronDensity * hydrogenDensity * lambda;
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

  /**
   * The cooling time at constant volume of a plasma of known composition.
   *
   * @param density n of all particles in cm^-3, positive
   * @param kT temperature in keV, positive
   * @param electronDensity n_e in cm^-3, positive
   * @param hydrogenDensity n_H in cm^-3, positive
   * @param lambda the cooling function in erg cm^3 s^-1, positive
   * @return (3/2) n kT / (n_e n_H Lambda) in Gyr
   */
  public static double coolingTime(
      double density, double kT, double electronDensity, double hydrogenDensity, double lambda) {
    requirePositive("n", density);
    requirePositive("kT", kT);
    double energy = 1.5 * density * kT * Units.KEV_ERG;
    return energy / emissivity(electronDensity, hydrogenDensity, lambda) / Units.GYR_S;
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "plasma: " + name + "=" + value + " must be a finite positive number");
    }
  }
}
