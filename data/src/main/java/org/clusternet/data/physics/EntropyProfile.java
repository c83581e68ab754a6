package org.clusternet.data.physics;

/**
 * The entropy of cluster gas as a power law over a core: K(r) = K0 + K100 (r / 100 kpc)^alpha, with
 * K = kT n_e^(-2/3) (Cavagnolo et al. 2009, ApJS 182, 12, Eq. 4).
 *
 * @param k0 the core's excess in keV cm^2, at least 0
 * @param k100 the power law at 100 kpc in keV cm^2, positive
 * @param alpha exponent of the power law
 */
public record EntropyProfile(double k0, double k100, double alpha) {
  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if one is not finite or has the wrong sign
   */
  public EntropyProfile {
    if (!(k0 >= 0 && k100 > 0) || !Double.isFinite(k0 + k100 + alpha)) {
      throw new IllegalArgumentException(
          "entropy profile: K0="
              + k0
              + " K100="
              + k100
              + " alpha="
              + alpha
              + "; need finite numbers with K0 at least 0 and K100 above 0");
    }
  }

  /**
   * The entropy at a radius.
   *
   * @param r radius in kpc, positive
   * @return K in keV cm^2
   */
  public double at(double r) {
    return k0 + k100 * StrictMath.pow(r / 100, alpha);
  }
}
