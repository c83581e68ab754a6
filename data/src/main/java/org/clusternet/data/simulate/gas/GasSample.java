package org.clusternet.data.simulate.gas;

/**
 * The gas at one point of a {@link GasField}; mutable, because millions of points are sampled. For
 * one thread.
 */
public final class GasSample {
  double density;
  double temperature;
  double emissivity;
  double undisturbed;

  /** An empty sample. */
  public GasSample() {
    // All values are set by the sampler of the field.
  }

  /**
   * The electron density of the main body.
   *
   * @return n_e in cm^-3
   */
  public double density() {
    return density;
  }

  /**
   * The temperature of the main body.
   *
   * @return kT in keV
   */
  public double temperature() {
    return temperature;
  }

  /**
   * The power radiated per volume by the main body.
   *
   * @return in erg s^-1 cm^-3
   */
  public double emissivity() {
    return emissivity;
  }

  /**
   * The power radiated per volume by the undisturbed main body.
   *
   * @return in erg s^-1 cm^-3
   */
  public double undisturbed() {
    return undisturbed;
  }
}
