package org.clusternet.data.simulate.gas;

import org.clusternet.data.physics.CentralCooling;
import org.clusternet.data.physics.Plasma;
import org.clusternet.data.physics.Units;

/**
 * The gas within the sphere of 0.012 r500 around the potential minimum, all phases together, on a
 * lattice of {@value #CELLS} cells across, independent of the images.
 *
 * <p>The cooling time is the emission-weighted mean of (3/2) n kT / (n_e n_H Lambda), which is the
 * sphere's thermal energy over its luminosity; entropy and density are mass-weighted means.
 *
 * @param coolingTime cooling time in Gyr
 * @param entropy entropy kT n_e^(-2/3) in keV cm^2
 * @param density electron density n_e in cm^-3
 */
public record CentralState(double coolingTime, double entropy, double density) {
  private static final int CELLS = 24;

  /**
   * Measures the state.
   *
   * @param field the gas
   * @param r500 r500 in kpc
   * @return the means
   */
  public static CentralState measure(GasField field, double r500) {
    double radius = CentralCooling.RADIUS_IN_R500 * r500;
    double cell = 2 * radius / CELLS;
    GasField.Sampler sampler = field.sampler();
    GasBody.Table[] companions =
        field.companions().stream().map(GasBody::table).toArray(GasBody.Table[]::new);
    GasSample sample = new GasSample();
    Sums sums = new Sums();
    for (int i = 0; i < CELLS * CELLS * CELLS; i++) {
      int row = i / CELLS;
      int layer = row / CELLS;
      double x = (i % CELLS + 0.5) * cell - radius;
      double y = (row % CELLS + 0.5) * cell - radius;
      double z = (layer + 0.5) * cell - radius;
      if (x * x + y * y + z * z < radius * radius) {
        sampler.at(x, y, z, cell, sample);
        sums.add(sample.density, sample.temperature, sample.emissivity);
        for (GasBody.Table body : companions) {
          double position = GasBody.Table.position(body.radius(x, y, z));
          double density = body.density(position, position);
          sums.add(density, body.pressure(position) / density, body.emissivity(position));
        }
        for (Clump clump : field.clumps()) {
          double emissivity = clump.emissivity(x, y, z);
          if (emissivity > 1e-4 * sample.emissivity) {
            sums.add(clump.density(emissivity), clump.temperature(), emissivity);
          }
        }
      }
    }
    return sums.state();
  }

  private static final class Sums {
    private double mass;
    private double energy;
    private double light;
    private double entropy;
    private double density;

    void add(double n, double kT, double emissivity) {
      double root = StrictMath.cbrt(n);
      mass += n;
      energy += n * kT;
      light += emissivity;
      entropy += n * kT / (root * root);
      density += n * n;
    }

    CentralState state() {
      double erg = 1.5 * Plasma.PARTICLES_PER_ELECTRON * energy * Units.KEV_ERG;
      return new CentralState(erg / light / Units.GYR_S, entropy / mass, density / mass);
    }
  }
}
