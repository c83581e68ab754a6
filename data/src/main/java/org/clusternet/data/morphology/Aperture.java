package org.clusternet.data.morphology;

import java.util.ArrayList;
import java.util.List;

/**
 * The flux within a circle.
 *
 * <p>Where part of the circle was not observed (NaN pixels, the image's end), each ring, at least a
 * pixel and at most a twentieth of its radius wide, takes the mean of its observed part: the
 * cluster is assumed to be round there. A ring that was hardly observed makes the flux NaN.
 */
public final class Aperture {
  private static final double GROWTH = 1.05;

  private Aperture() {}

  /**
   * Adds up the surface brightness within a radius.
   *
   * @param scaled the image
   * @param centre centre of the circle
   * @param radius in kpc, positive
   * @return in the image's unit times kpc^2; NaN where rings were not observed ({@link
   *     RadialBins#LEAST_COVERAGE})
   * @throws IllegalArgumentException if the radius is not positive and finite
   */
  public static double flux(ScaledImage scaled, Position centre, double radius) {
    if (!(radius > 0) || Double.isInfinite(radius)) {
      throw new IllegalArgumentException(
          "aperture: radius=" + radius + " kpc must be a finite positive number");
    }
    RadialBins whole = RadialBins.measure(scaled, centre, 0, radius);
    if (whole.coverage()[0] >= 1 - 1e-9) {
      return whole.brightness()[0] * whole.area(0);
    }
    RadialBins rings = RadialBins.measure(scaled, centre, edges(radius, scaled.kpcPerPixel()));
    double sum = 0;
    for (int i = 0; i < rings.size(); i++) {
      sum += rings.brightness()[i] * rings.area(i);
    }
    return sum;
  }

  private static double[] edges(double radius, double pixel) {
    List<Double> edges = new ArrayList<>(List.of(0.0));
    for (double r = pixel; r < radius; r = Math.max(r + pixel, r * GROWTH)) {
      edges.add(r);
    }
    if (edges.size() > 1 && radius - edges.get(edges.size() - 1) < pixel / 2) {
      edges.remove(edges.size() - 1);
    }
    edges.add(radius);
    return edges.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
