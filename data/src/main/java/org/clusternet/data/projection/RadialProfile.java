package org.clusternet.data.projection;

/** Surface brightness as a function of the projected (circular or elliptical) radius. */
@FunctionalInterface
public interface RadialProfile {
  /**
   * The surface brightness at a projected radius.
   *
   * @param radius in kpc, at least 0
   * @return in erg s^-1 cm^-2
   */
  double at(double radius);
}
