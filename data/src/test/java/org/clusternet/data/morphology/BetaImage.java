package org.clusternet.data.morphology;

import org.clusternet.data.image.Image;
import org.clusternet.data.physics.Plasma;
import org.clusternet.data.physics.Units;

/**
 * The image of a beta model (Cavaliere and Fusco-Femiano 1976): n_e = n0 (1 + (r/rc)^2)^(-3 beta/2)
 * at one temperature, of which everything is known in closed form.
 *
 * @param n0 central electron density in cm^-3
 * @param core rc in kpc
 * @param beta slope, 2/3 or 1
 */
record BetaImage(double n0, double core, double beta) {
  static final double KT = 5;

  /** n_e at a radius. */
  double density(double r) {
    return n0 * Math.pow(1 + r * r / (core * core), -1.5 * beta);
  }

  /** -dlog n_e / dlog r. */
  double cuspiness(double r) {
    return 3 * beta * r * r / (core * core + r * r);
  }

  /** S0 = e0 rc sqrt(pi) Gamma(3 beta - 1/2) / Gamma(3 beta). */
  private double centre() {
    double e0 = Plasma.emissivity(n0, Plasma.coolingFunction(KT));
    double gamma = beta == 1 ? 3.0 / 8 * Math.PI : Math.PI / 2;
    return e0 * core * Units.KPC_CM * gamma;
  }

  double brightness(double radius) {
    return centre() * Math.pow(1 + radius * radius / (core * core), 0.5 - 3 * beta);
  }

  /** The flux within a circle, in the unit of the brightness times kpc^2. */
  double flux(double radius) {
    double power = 3 * beta - 1.5;
    double part = 1 - Math.pow(1 + radius * radius / (core * core), -power);
    return Math.PI * core * core * centre() / power * part;
  }

  /** An image whose pixels hold the mean of 5 x 5 points. */
  ScaledImage draw(int size, double pixel, Position at) {
    double[] pixels = new double[size * size];
    for (int i = 0; i < pixels.length; i++) {
      for (int k = 0; k < 25; k++) {
        int row = i / size;
        int line = k / 5 - 2;
        double dx = i % size + (k % 5 - 2) / 5.0 - at.x();
        double dy = row + line / 5.0 - at.y();
        pixels[i] += brightness(pixel * Math.hypot(dx, dy)) / 25;
      }
    }
    return new ScaledImage(new Image(size, size, pixels), pixel);
  }
}
