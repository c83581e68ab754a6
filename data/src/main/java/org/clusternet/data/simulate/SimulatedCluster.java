package org.clusternet.data.simulate;

import java.util.Optional;
import org.apache.commons.math3.geometry.euclidean.threed.Rotation;
import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;
import org.clusternet.data.CoreType;
import org.clusternet.data.physics.Cosmology;
import org.clusternet.data.physics.EntropyProfile;
import org.clusternet.data.physics.GasProfile;
import org.clusternet.data.physics.GnfwShape;
import org.clusternet.data.physics.PressureProfile;
import org.clusternet.data.projection.Ellipsoid;
import org.clusternet.data.random.CounterRandom;
import org.clusternet.data.simulate.gas.CentralState;
import org.clusternet.data.simulate.gas.GasBody;
import org.clusternet.data.simulate.gas.GasField;
import org.clusternet.data.simulate.gas.PowerLawNoise;
import org.jspecify.annotations.Nullable;

/**
 * One simulated cluster at z = 0.
 *
 * <p>Its label is the cooling time of its gas within the three-dimensional sphere of 0.012 r500
 * around the potential minimum ({@link CentralState}), measured on the same field of gas that is
 * projected to images; r500 follows from the mass.
 *
 * @param field the gas
 * @param bOverA ratio of the middle to the longest axis of the main body
 * @param cOverA ratio of the shortest to the longest axis
 * @param centre the state of the gas at the centre
 */
public record SimulatedCluster(GasField field, double bOverA, double cOverA, CentralState centre) {
  /** A profile's cooling time within this factor of a limit does not decide the core type. */
  private static final double CLOSE = 4;

  /**
   * Draws clusters of a population.
   *
   * @param population the population
   * @param noise one octave of its density fluctuations, shared by all clusters; null without them
   */
  public record Draw(ClusterPopulation population, @Nullable PowerLawNoise noise) {
    /**
     * Prepares the draws from a population.
     *
     * @param population the population
     * @return draws from it
     */
    public static Draw of(ClusterPopulation population) {
      GasFeatures.Turbulence turbulence = population.features().turbulence();
      return new Draw(
          population, turbulence == null ? null : new PowerLawNoise(turbulence.slope()));
    }

    /**
     * Draws a cluster; the same arguments give the same cluster on every machine.
     *
     * @param seed seed of the dataset
     * @param index number of the cluster
     * @param attempt number of earlier draws for the same index
     * @return the cluster, of any core type
     */
    public SimulatedCluster cluster(long seed, int index, int attempt) {
      CounterRandom random = random(seed, index, attempt);
      double mass = population.mass().draw(random);
      return cluster(mass, gas(mass, random), random);
    }

    /**
     * Draws a cluster that may be of a core type, and saves the sampling of its gas where the
     * undisturbed profile rules the type out.
     *
     * @param seed seed of the dataset
     * @param index number of the cluster
     * @param attempt number of earlier draws for the same index
     * @param type the wanted core type
     * @return the same cluster as {@link #cluster(long, int, int)}, perhaps of another type; empty
     *     if its profile rules the type out
     */
    public Optional<SimulatedCluster> candidate(long seed, int index, int attempt, CoreType type) {
      CounterRandom random = random(seed, index, attempt);
      double mass = population.mass().draw(random);
      GasProfile gas = gas(mass, random);
      return near(gas, type) ? Optional.of(cluster(mass, gas, random)) : Optional.empty();
    }

    private static CounterRandom random(long seed, int index, int attempt) {
      return new CounterRandom(seed, "simulated cluster", index, attempt);
    }

    private SimulatedCluster cluster(double mass, GasProfile gas, CounterRandom random) {
      double z = coolness(gas);
      double r500 = gas.pressure().r500();
      FeatureDraw features = new FeatureDraw(population.features(), r500, z, random);
      double bOverA = population.shape().bOverA().draw(random);
      double cOverA = bOverA * population.shape().cOverB().draw(random);
      Ellipsoid shape = Ellipsoid.of(bOverA, cOverA, orientation(random));
      FeatureDraw.Companions merger = features.merger(mass, this::companion);
      GasBody body = new GasBody(gas, shape, features.offset().add(merger.displacement()));
      GasField field =
          new GasField(
              body,
              features.sloshing(),
              features.fluctuations(noise),
              features.roughness(),
              features.cavities(body.centre()),
              merger.shocks(),
              merger.bodies(),
              features.clumps(gas, this::shape));
      return new SimulatedCluster(field, bOverA, cOverA, CentralState.measure(field, r500));
    }

    private GasBody companion(double mass, Vector3D centre, CounterRandom random) {
      return new GasBody(gas(mass, random), shape(random), centre);
    }

    private Ellipsoid shape(CounterRandom random) {
      double bOverA = population.shape().bOverA().draw(random);
      double cOverA = bOverA * population.shape().cOverB().draw(random);
      return Ellipsoid.of(bOverA, cOverA, orientation(random));
    }

    private GasProfile gas(double mass, CounterRandom random) {
      ClusterPopulation.Entropy entropy = population.entropy();
      double k0 = StrictMath.pow(10, entropy.logK0().draw(random));
      double z = StrictMath.log10(k0 / 100);
      double k100 = StrictMath.pow(10, entropy.logK100().draw(z, random));
      EntropyProfile profile = new EntropyProfile(k0, k100, entropy.alpha().draw(random));
      return new GasProfile(profile, pressure(mass, z, random), population.coreRadius());
    }

    private PressureProfile pressure(double mass, double z, CounterRandom random) {
      ClusterPopulation.Pressure pressure = population.pressure();
      GnfwShape mean = GnfwShape.ARNAUD_2010;
      double p0 = mean.p0() * StrictMath.pow(10, pressure.logNormalisation().draw(z, random));
      double concentration =
          pressure.logConcentration().draw(z, random)
              + pressure.concentrationMassSlope()
                  * StrictMath.log10(mass / ClusterPopulation.PIVOT_MASS);
      double c500 = mean.c500() * StrictMath.pow(10, concentration);
      double gamma = pressure.gamma().draw(z, random);
      double alpha = pressure.alpha().draw(z, random);
      return PressureProfile.of(
          mass, 0, Cosmology.STANDARD, new GnfwShape(p0, c500, gamma, alpha, pressure.beta()));
    }
  }

  private static double coolness(GasProfile gas) {
    return StrictMath.log10(gas.entropy().k0() / 100);
  }

  private static boolean near(GasProfile gas, CoreType type) {
    double time = gas.coolingTime(gas.pressure().r500() * 0.006);
    return CoreType.ofCoolingTime(time / CLOSE).compareTo(type) <= 0
        && CoreType.ofCoolingTime(time * CLOSE).compareTo(type) >= 0;
  }

  /** Uniform over all rotations: a unit quaternion of four normal numbers. */
  private static Rotation orientation(CounterRandom random) {
    return new Rotation(
        random.nextGaussian(),
        random.nextGaussian(),
        random.nextGaussian(),
        random.nextGaussian(),
        true);
  }

  /**
   * Draws a cluster; the same arguments give the same cluster on every machine.
   *
   * @param population the population
   * @param seed seed of the dataset
   * @param index number of the cluster
   * @param attempt number of earlier draws for the same index
   * @return the cluster
   */
  public static SimulatedCluster draw(
      ClusterPopulation population, long seed, int index, int attempt) {
    return Draw.of(population).cluster(seed, index, attempt);
  }

  /**
   * The profiles of the main body.
   *
   * @return density, temperature and emissivity by radius
   */
  public GasProfile gas() {
    return field.body().gas();
  }

  /**
   * The r500 of the cluster.
   *
   * @return r500 in kpc
   */
  public double r500() {
    return gas().pressure().r500();
  }

  /**
   * The cooling time that decides the core type.
   *
   * @return in Gyr, within 0.012 r500
   */
  public double centralCoolingTime() {
    return centre.coolingTime();
  }

  /**
   * The core type.
   *
   * @return the type, decided by {@link #centralCoolingTime()}
   */
  public CoreType coreType() {
    return CoreType.ofCoolingTime(centralCoolingTime());
  }
}
