package org.clusternet.data.simulate.gas;

/**
 * What a {@link GasField} tells of one point; a mutable holder, because millions of points are
 * asked for. Of one thread.
 */
public final class GasSample {
  double density;
  double temperature;
  double emissivity;
  double undisturbed;

  /** A holder of nothing yet. */
  public GasSample() {
    // All fields are set by the field.
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
   * The same without anything that disturbs the body.
   *
   * @return in erg s^-1 cm^-3
   */
  public double undisturbed() {
    return undisturbed;
  }
}
