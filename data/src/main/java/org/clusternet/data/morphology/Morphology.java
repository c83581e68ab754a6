package org.clusternet.data.morphology;

/**
 * All morphological measures of one image.
 *
 * @param peak the X-ray peak, searched within r500 of the image's middle
 * @param centroid centroid of the light within {@link #CENTROID_KPC} of the peak
 * @param peakOffset distance from the peak to the centroid, in kpc
 * @param cPhys {@link Concentration#physical}
 * @param cScaled {@link Concentration#scaled}, NaN where r500 is unknown
 * @param centralDensity {@link CoreDensity#centralDensity}, NaN where r500 is unknown
 * @param cuspiness {@link CoreDensity#cuspiness}, NaN where r500 is unknown
 */
public record Morphology(
    Position peak,
    Position centroid,
    double peakOffset,
    double cPhys,
    double cScaled,
    double centralDensity,
    double cuspiness) {
  /** The radius within which the centroid is taken, that of C_phys's outer aperture. */
  public static final double CENTROID_KPC = Concentration.OUTER_KPC;

  /**
   * Measures an image.
   *
   * @param scaled the image, in erg s^-1 cm^-2 at the cluster if the density is to be absolute
   * @param r500 r500 in kpc, NaN if unknown
   * @return the measures; the density is that of gas of the temperature that belongs to r500, 5 keV
   *     (r500 / 1300 kpc)^2, the inverse of {@link
   *     org.clusternet.data.physics.CentralCooling#r500OfTemperature}
   * @throws IllegalArgumentException if r500 is zero, negative or infinite
   */
  public static Morphology measure(ScaledImage scaled, double r500) {
    double scale = r500 / 1300;
    return measure(scaled, r500, 5 * scale * scale);
  }

  /**
   * Measures an image of gas of known temperature.
   *
   * @param scaled the image, in erg s^-1 cm^-2 at the cluster if the density is to be absolute
   * @param r500 r500 in kpc, NaN if unknown
   * @param kT temperature of the core in keV; NaN if r500 is
   * @return the measures
   * @throws IllegalArgumentException if r500 is zero, negative or infinite
   */
  public static Morphology measure(ScaledImage scaled, double r500, double kT) {
    if (r500 <= 0 || Double.isInfinite(r500)) {
      throw new IllegalArgumentException(
          "morphology: r500=" + r500 + " kpc must be a finite positive number, NaN if unknown");
    }
    boolean sized = !Double.isNaN(r500);
    Position peak =
        XrayCentre.peak(scaled, XrayCentre.SMOOTHING_KPC, sized ? r500 : Double.POSITIVE_INFINITY);
    Position centroid = XrayCentre.centroid(scaled, peak, CENTROID_KPC);
    CoreDensity core =
        sized
            ? CoreDensity.measure(scaled, peak, r500, kT)
            : new CoreDensity(Double.NaN, Double.NaN);
    return new Morphology(
        peak,
        centroid,
        scaled.distance(peak, centroid),
        Concentration.physical(scaled, peak),
        sized ? Concentration.scaled(scaled, peak, r500) : Double.NaN,
        core.centralDensity(),
        core.cuspiness());
  }

  /**
   * These measures for an image whose unit is not a surface brightness at the cluster.
   *
   * @return a copy without the central density
   */
  public Morphology withoutDensity() {
    return new Morphology(peak, centroid, peakOffset, cPhys, cScaled, Double.NaN, cuspiness);
  }
}
