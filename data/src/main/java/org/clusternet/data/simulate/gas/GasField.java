package org.clusternet.data.simulate.gas;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;
import org.clusternet.data.physics.Plasma;
import org.jspecify.annotations.Nullable;

/**
 * The gas of a cluster as a function of position.
 *
 * <p>The main body is disturbed in this order: sloshing displaces its entropy at constant pressure;
 * fluctuations change the density by exp(sigma delta - sigma^2 / 2) at constant pressure; cavities
 * and their rims likewise; shocks raise density and temperature. Companions (a second cluster) and
 * clumps are separate gas, whose emission adds to that of the main body.
 *
 * @param body the main body
 * @param sloshing sloshing spiral of the main body; null without one
 * @param fluctuations density fluctuations of the main body; null without them
 * @param roughness strength of the fluctuations by radius; null without them
 * @param cavities cavities in the main body
 * @param shocks shocks in the main body
 * @param companions further bodies
 * @param clumps groups and galaxies
 */
public record GasField(
    GasBody body,
    @Nullable Sloshing sloshing,
    @Nullable Fluctuations fluctuations,
    @Nullable Roughness roughness,
    List<Cavity> cavities,
    List<Shock> shocks,
    List<GasBody> companions,
    List<Clump> clumps) {

  /**
   * The standard deviation of ln n_e by radius: sigma = (inner + outer (m / r500)^exponent) up to
   * r500, constant beyond.
   *
   * @param inner value at the centre, at least 0
   * @param outer increase at r500, at least 0
   * @param exponent exponent of the increase, positive
   * @param r500 r500 in kpc, positive
   */
  public record Roughness(double inner, double outer, double exponent, double r500) {
    double at(double m) {
      return inner + outer * StrictMath.pow(Math.min(1, m / r500), exponent);
    }

    private double[] atKnots() {
      double[] sigma = new double[GasBody.Table.knots()];
      Arrays.setAll(sigma, i -> at(GasBody.Table.knotRadius(i)));
      return sigma;
    }
  }

  /**
   * The field of an undisturbed body.
   *
   * @param body the gas
   * @return the field
   */
  public static GasField of(GasBody body) {
    return new GasField(body, null, null, null, List.of(), List.of(), List.of(), List.of());
  }

  /**
   * Whether the main body follows its profile without disturbances.
   *
   * @return true if its projection needs no sampling
   */
  public boolean isUndisturbed() {
    return sloshing == null && fluctuations == null && cavities.isEmpty() && shocks.isEmpty();
  }

  /**
   * Prepares the sampling of the field, for one thread.
   *
   * @return a sampler of the gas at any point
   */
  public Sampler sampler() {
    return new Sampler(this);
  }

  /** Samples the gas at points. */
  public static final class Sampler {
    private final GasField field;
    private final GasBody.Table body;
    private final Sloshing.@Nullable Table sloshing;
    private final double @Nullable [] sigma;
    private final Cavity[] cavities;
    private final Shock[] shocks;

    private Sampler(GasField field) {
      this.field = field;
      body = field.body.table();
      sloshing = field.sloshing == null ? null : field.sloshing.table();
      sigma = field.roughness == null ? null : field.roughness.atKnots();
      cavities = field.cavities.toArray(new Cavity[0]);
      shocks = field.shocks.toArray(new Shock[0]);
    }

    /**
     * The gas of the main body at a point.
     *
     * @param x first coordinate, in kpc from the potential minimum
     * @param y second coordinate, in kpc from the potential minimum
     * @param z third coordinate, in kpc from the potential minimum
     * @param cell side of the sampling's cell in kpc; finer fluctuations are omitted
     * @param sample output
     */
    public void at(double x, double y, double z, double cell, GasSample sample) {
      double m = body.radius(x, y, z);
      double position = GasBody.Table.position(m);
      double entropyPosition = position;
      if (sloshing != null) {
        Vector3D centre = field.body.centre();
        double factor =
            sloshing.factor(x - centre.getX(), y - centre.getY(), z - centre.getZ(), position);
        entropyPosition = GasBody.Table.position(m * factor);
      }
      double density = body.density(position, entropyPosition);
      double temperature = body.pressure(position) / density;
      double factor = isobaric(x, y, z, cell, position);
      density *= factor;
      temperature /= factor;
      for (Shock shock : shocks) {
        double strength = shock.strength(x, y, z);
        if (strength > 0) {
          density *= 1 + strength * (shock.compression() - 1);
          temperature *= 1 + strength * (shock.heating() - 1);
        }
      }
      sample.density = density;
      sample.temperature = temperature;
      sample.emissivity =
          density * density / Plasma.ELECTRONS_PER_HYDROGEN * CoolingTable.at(temperature);
      sample.undisturbed = body.emissivity(position);
    }

    private double isobaric(double x, double y, double z, double cell, double position) {
      double factor = 1;
      if (sigma != null && field.fluctuations != null) {
        double s = GasBody.Table.at(sigma, position);
        factor = exp(s * field.fluctuations.at(x, y, z, cell) - s * s / 2);
      }
      for (Cavity cavity : cavities) {
        factor *= cavity.factor(x, y, z);
      }
      return factor;
    }

    /** e^x as (1 + x / 1024)^1024, within 1e-3 for the small x of fluctuations. */
    private static double exp(double x) {
      double power = 1 + Math.max(-8, Math.min(8, x)) / 1024;
      for (int i = 0; i < 10; i++) {
        power *= power;
      }
      return power;
    }
  }
}
