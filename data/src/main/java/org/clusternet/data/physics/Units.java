package org.clusternet.data.physics;

/**
 * Constants that convert astronomical units to cgs.
 *
 * <p>Physical constants are CODATA 2018 (the keV and the speed of light are exact there);
 * astronomical ones are the IAU's: the parsec of resolution B2 (2015), the Julian year, and the
 * nominal solar mass parameter GM of resolution B3 (2015) divided by CODATA's G.
 */
public final class Units {
  /** One keV in erg. */
  public static final double KEV_ERG = 1.602176634e-9;

  /** One kpc in cm. */
  public static final double KPC_CM = 3.0856775814913673e21;

  /** One Mpc in kpc. */
  public static final double MPC_KPC = 1000;

  /** One Gyr (1e9 Julian years of 365.25 days) in seconds. */
  public static final double GYR_S = 1e9 * 365.25 * 86400;

  /** Newton's constant in cm^3 g^-1 s^-2. */
  public static final double G_CGS = 6.67430e-8;

  /** One solar mass in g. */
  public static final double SOLAR_MASS_G = 1.3271244e26 / G_CGS;

  /** The proton's mass in g. */
  public static final double PROTON_MASS_G = 1.67262192369e-24;

  /** Boltzmann's constant in keV per kelvin. */
  public static final double BOLTZMANN_KEV_K = 1.380649e-16 / KEV_ERG;

  /** The speed of light in km/s. */
  public static final double SPEED_OF_LIGHT_KM_S = 299792.458;

  private Units() {}
}
