package org.clusternet.data.simulate;

import org.apache.commons.math3.geometry.euclidean.threed.Rotation;
import org.clusternet.data.CoreType;
import org.clusternet.data.physics.CentralCooling;
import org.clusternet.data.physics.Cosmology;
import org.clusternet.data.physics.EntropyProfile;
import org.clusternet.data.physics.GasProfile;
import org.clusternet.data.physics.GnfwShape;
import org.clusternet.data.physics.PressureProfile;
import org.clusternet.data.projection.Ellipsoid;
import org.clusternet.data.random.CounterRandom;

/**
 * One simulated cluster at z = 0.
 *
 * <p>Gas of profile {@code gas} by ellipsoidal radius. Its label is the three-dimensional cooling
 * time on the ellipsoid of radius 0.012 r500 (a value at a radius, not a mean over a volume), with
 * r500 from the mass; projection does not enter.
 *
 * @param gas density, temperature and emissivity by radius
 * @param bOverA middle to longest axis
 * @param cOverA shortest to longest axis
 * @param body the ellipsoid in its random orientation
 */
public record SimulatedCluster(GasProfile gas, double bOverA, double cOverA, Ellipsoid body) {
  /**
   * Draws a cluster; the same arguments give the same one everywhere.
   *
   * @param population what to draw from
   * @param seed the dataset's seed
   * @param index the cluster's number
   * @param attempt how often it was drawn before
   * @return the cluster
   */
  public static SimulatedCluster draw(
      ClusterPopulation population, long seed, int index, int attempt) {
    CounterRandom random = new CounterRandom(seed, "simulated cluster", index, attempt);
    double mass = population.mass().draw(random);
    GasProfile gas =
        new GasProfile(
            entropy(population.entropy(), random),
            pressure(population.pressure(), mass, random),
            population.coreRadius());
    double bOverA = population.shape().bOverA().draw(random);
    double cOverA = bOverA * population.shape().cOverB().draw(random);
    return new SimulatedCluster(
        gas, bOverA, cOverA, Ellipsoid.of(bOverA, cOverA, orientation(random)));
  }

  private static EntropyProfile entropy(ClusterPopulation.Entropy entropy, CounterRandom random) {
    boolean cool = random.nextDouble() < entropy.coolShare();
    double k0 = (cool ? entropy.coolK0() : entropy.warmK0()).draw(random);
    return new EntropyProfile(k0, entropy.k100().draw(random), entropy.alpha().draw(random));
  }

  private static PressureProfile pressure(
      ClusterPopulation.Pressure pressure, double mass, CounterRandom random) {
    GnfwShape mean = pressure.mean();
    double p0 = mean.p0() * pressure.normalisation().draw(random);
    double c500 = mean.c500() * pressure.concentration().draw(random);
    double gamma = pressure.gamma().draw(random);
    GnfwShape shape = new GnfwShape(p0, c500, gamma, mean.alpha(), mean.beta());
    return PressureProfile.of(mass, 0, Cosmology.STANDARD, shape);
  }

  /** Uniform over all rotations: a uniformly distributed unit quaternion (Shoemake 1992). */
  private static Rotation orientation(CounterRandom random) {
    return new Rotation(
        random.nextGaussian(),
        random.nextGaussian(),
        random.nextGaussian(),
        random.nextGaussian(),
        true);
  }

  /**
   * The cooling time that decides the core type.
   *
   * @return in Gyr, at 0.012 r500
   */
  public double centralCoolingTime() {
    return gas.coolingTime(CentralCooling.RADIUS_IN_R500 * gas.pressure().r500());
  }

  /**
   * The core type.
   *
   * @return by {@link #centralCoolingTime()}
   */
  public CoreType coreType() {
    return CoreType.ofCoolingTime(centralCoolingTime());
  }
}
