package org.clusternet.classical;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.clusternet.data.morphology.Morphology;

/** The quantities that classical classifiers use; {@link Morphology} measures them. */
public enum Measure {
  /** Flux within 40 kpc over flux within 400 kpc. */
  C_PHYS(Morphology::cPhys, false, 1e-4),
  /** Flux within 0.15 r500 over flux within r500. */
  C_SCALED(Morphology::cScaled, true, 1e-4),
  /** Deprojected n_e within 0.012 r500 in cm^-3. */
  CENTRAL_DENSITY(Morphology::centralDensity, true, 1e-8),
  /** -dlog n_e / dlog r at 0.04 r500. */
  CUSPINESS(Morphology::cuspiness, true, Double.NaN),
  /** From the X-ray peak to the centroid, in kpc. */
  PEAK_OFFSET(Morphology::peakOffset, false, 0.1);

  private final ToDoubleFunction<Morphology> value;
  private final boolean needsR500;
  private final double floor;

  Measure(ToDoubleFunction<Morphology> value, boolean needsR500, double floor) {
    this.value = value;
    this.needsR500 = needsR500;
    this.floor = floor;
  }

  /**
   * The measure with a given name in tables.
   *
   * @param name in any case, with underscores
   * @return the measure
   * @throws IllegalArgumentException if there is none; the message names all
   */
  public static Measure parse(String name) {
    for (Measure measure : values()) {
      if (measure.toString().equalsIgnoreCase(name.strip())) {
        return measure;
      }
    }
    throw new IllegalArgumentException(
        "measure=" + name + "; it must be one of " + names(List.of(values())));
  }

  /**
   * The names of measures.
   *
   * @param measures any measures
   * @return their names, separated by commas
   */
  public static String names(List<Measure> measures) {
    return measures.stream().map(Measure::toString).collect(Collectors.joining(", "));
  }

  /**
   * Those that an image of an unknown r500 has too.
   *
   * @return in order
   */
  public static List<Measure> withoutR500() {
    return Arrays.stream(values()).filter(m -> !m.needsR500).toList();
  }

  /**
   * Whether r500 must be known.
   *
   * @return true for all lengths and apertures in units of r500
   */
  public boolean needsR500() {
    return needsR500;
  }

  double of(Morphology morphology) {
    return value.applyAsDouble(morphology);
  }

  /**
   * The feature of a regression: the logarithm to base 10 of a quantity that spans decades, held
   * above a floor.
   */
  double feature(double measured) {
    return Double.isNaN(floor) || Double.isNaN(measured)
        ? measured
        : StrictMath.log10(Math.max(measured, floor));
  }

  /** Its name in tables and options, such as {@code c_phys}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
