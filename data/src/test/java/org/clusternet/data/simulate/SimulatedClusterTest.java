package org.clusternet.data.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.clusternet.data.CoreType;
import org.junit.jupiter.api.Test;

/** The population against the distributions that it is said to have. */
class SimulatedClusterTest {
  private static final ClusterPopulation POPULATION = ClusterPopulation.standard();
  private static final List<SimulatedCluster> SAMPLE =
      sample(POPULATION.withFeatures(GasFeatures.none()), 1500);

  private static List<SimulatedCluster> sample(ClusterPopulation population, int count) {
    SimulatedCluster.Draw draw = SimulatedCluster.Draw.of(population);
    return IntStream.range(0, count).mapToObj(i -> draw.cluster(11, i, 0)).toList();
  }

  private static double[] sorted(ToDoubleFunction<SimulatedCluster> value) {
    return SAMPLE.stream().mapToDouble(value).sorted().toArray();
  }

  /** Kolmogorov and Smirnov: 1.95 / sqrt(n) is exceeded once in a thousand samples. */
  private static void assertDistribution(
      ToDoubleFunction<SimulatedCluster> value, DoubleUnaryOperator shareBelow) {
    assertDistribution(sorted(value), shareBelow);
  }

  private static void assertDistribution(double[] values, DoubleUnaryOperator shareBelow) {
    double n = values.length;
    double worst = 0;
    for (int i = 0; i < values.length; i++) {
      double share = shareBelow.applyAsDouble(values[i]);
      worst = Math.max(worst, Math.max(share - i / n, (i + 1) / n - share));
    }
    assertTrue(worst < 1.95 / Math.sqrt(n), "largest distance=" + worst);
  }

  /** Two halves of normal distributions, weighted by their widths. */
  @Test
  void coreEntropyIsSplitNormal() {
    SplitNormal set = POPULATION.entropy().logK0();
    double below = set.below() / (set.below() + set.above());
    assertDistribution(
        c -> Math.log10(c.gas().entropy().k0()),
        k -> {
          if (k < set.mode()) {
            return 2
                * below
                * new NormalDistribution(set.mode(), set.below()).cumulativeProbability(k);
          }
          return 2 * below
              - 1
              + 2
                  * (1 - below)
                  * new NormalDistribution(set.mode(), set.above()).cumulativeProbability(k);
        });
  }

  /**
   * Residuals about the set trend are normal with the set scatter, where the trend is four of it
   * from its bound; no value is beyond.
   */
  @Test
  void pressureFollowsTheCore() {
    CoreTrend set = POPULATION.pressure().logNormalisation();
    double[] residuals =
        SAMPLE.stream()
            .filter(c -> mean(set, c) < set.most() - 4 * set.scatter())
            .mapToDouble(c -> normalisation(c) - mean(set, c))
            .sorted()
            .toArray();
    assertTrue(residuals.length > 1000, "clusters=" + residuals.length);
    assertDistribution(
        residuals,
        residual -> new NormalDistribution(0, set.scatter()).cumulativeProbability(residual));
    double[] all = sorted(SimulatedClusterTest::normalisation);
    assertEquals(set.most(), all[all.length - 1], 1e-9, "the coolest cores are at the bound");
    CoreTrend gamma = POPULATION.pressure().gamma();
    for (SimulatedCluster cluster : SAMPLE) {
      double value = cluster.gas().pressure().shape().gamma();
      assertTrue(value >= gamma.least() && value <= gamma.most());
    }
  }

  private static double normalisation(SimulatedCluster cluster) {
    return Math.log10(cluster.gas().pressure().shape().p0() / 8.403);
  }

  private static double mean(CoreTrend trend, SimulatedCluster cluster) {
    double z = Math.log10(cluster.gas().entropy().k0() / 100);
    return trend.at() + trend.slope() * z + trend.bend() * Math.pow(Math.min(0, z), 2);
  }

  /** c500 of Arnaud et al. 2010, 1.177, times the core's trend and the cube root of the mass. */
  @Test
  void concentrationFollowsCoreAndMass() {
    CoreTrend set = POPULATION.pressure().logConcentration();
    assertDistribution(
        c -> {
          double byMass = Math.cbrt(c.gas().pressure().m500() / 4e14);
          double c500 = c.gas().pressure().shape().c500();
          return Math.log10(c500 / 1.177 / byMass) - mean(set, c);
        },
        residual -> new NormalDistribution(0, set.scatter()).cumulativeProbability(residual));
  }

  @Test
  void outerEntropyFollowsTheCore() {
    CoreTrend set = POPULATION.entropy().logK100();
    assertDistribution(
        c -> Math.log10(c.gas().entropy().k100()) - mean(set, c),
        residual -> new NormalDistribution(0, set.scatter()).cumulativeProbability(residual));
  }

  @Test
  void massesFollowTheMassFunction() {
    double knee = 1.8e14 / 0.7;
    double max = Math.exp(-1.5e15 / knee) / 1.5e15;
    double min = Math.exp(-1e14 / knee) / 1e14;
    assertDistribution(
        c -> c.gas().pressure().m500(), m -> 1 - (Math.exp(-m / knee) / m - max) / (min - max));
    double[] masses = sorted(c -> c.gas().pressure().m500());
    assertTrue(masses[0] >= 1e14 && masses[masses.length - 1] <= 1.5e15);
  }

  @Test
  void projectedAxisRatiosAreThoseOfObservedClusters() {
    double[] ratios =
        SAMPLE.stream()
            .flatMap(c -> IntStream.range(0, 3).mapToObj(axis -> c.field().body().view(axis)))
            .mapToDouble(view -> view.axisRatio())
            .toArray();
    double mean = Arrays.stream(ratios).average().orElseThrow();
    double variance =
        Arrays.stream(ratios).map(r -> (r - mean) * (r - mean)).average().orElseThrow();
    assertEquals(0.81, mean, 0.02);
    assertEquals(0.1, Math.sqrt(variance), 0.02);
    // No direction is special.
    for (int axis = 0; axis < 3; axis++) {
      int along = axis;
      assertEquals(
          mean,
          SAMPLE.stream()
              .mapToDouble(c -> c.field().body().view(along).axisRatio())
              .average()
              .orElseThrow(),
          0.01);
    }
  }

  @Test
  void everyCoreTypeHasMoreThanATenthOfTheClusters() {
    for (CoreType type : CoreType.values()) {
      double share = SAMPLE.stream().filter(c -> c.coreType() == type).count() / 1500.0;
      assertTrue(share > 0.1 && share < 0.7, type + " " + share);
    }
  }

  @Test
  void drawsDependOnSeedIndexAndAttempt() {
    ClusterPopulation smooth = POPULATION.withFeatures(GasFeatures.none());
    SimulatedCluster again = SimulatedCluster.draw(smooth, 11, 17, 0);
    assertEquals(SAMPLE.get(17).gas(), again.gas());
    assertEquals(SAMPLE.get(17).field().body().view(0), again.field().body().view(0));
    assertEquals(SAMPLE.get(17).centre(), again.centre());
    double k0 = again.gas().entropy().k0();
    assertTrue(k0 != SimulatedCluster.draw(smooth, 12, 17, 0).gas().entropy().k0());
    assertTrue(k0 != SimulatedCluster.draw(smooth, 11, 18, 0).gas().entropy().k0());
    assertTrue(k0 != SimulatedCluster.draw(smooth, 11, 17, 1).gas().entropy().k0());
  }

  @Test
  void refusesInvalidDistributions() {
    assertThrows(IllegalArgumentException.class, () -> new LogNormal(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new LogNormal(1, -1));
    assertThrows(IllegalArgumentException.class, () -> new TruncatedNormal(2, 1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new MassFunction(1e15, 1e14, 1e14));
    assertThrows(IllegalArgumentException.class, () -> new SplitNormal(2, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> CoreTrend.of(1, 0, -1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> CoreTrend.of(1, 0, 1, 2, 1));
    assertThrows(IllegalArgumentException.class, () -> new MassSample(List.of()));
  }
}
