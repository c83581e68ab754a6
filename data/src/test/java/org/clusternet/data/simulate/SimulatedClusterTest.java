package org.clusternet.data.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.clusternet.data.CoreType;
import org.clusternet.data.SharedData;
import org.clusternet.data.accept.AcceptCatalog;
import org.clusternet.data.accept.AcceptCluster;
import org.clusternet.data.accept.AcceptProfiles;
import org.clusternet.data.io.CsvFile;
import org.clusternet.data.physics.Cosmology;
import org.clusternet.data.physics.EntropyProfile;
import org.clusternet.data.physics.GasProfile;
import org.clusternet.data.physics.GnfwShape;
import org.clusternet.data.physics.PressureProfile;
import org.junit.jupiter.api.Test;

/** The population against the distributions that it is said to have. */
class SimulatedClusterTest {
  private static final ClusterPopulation POPULATION = ClusterPopulation.standard();
  private static final List<SimulatedCluster> SAMPLE =
      IntStream.range(0, 4000).mapToObj(i -> SimulatedCluster.draw(POPULATION, 11, i, 0)).toList();

  private static double[] sorted(ToDoubleFunction<SimulatedCluster> value) {
    return SAMPLE.stream().mapToDouble(value).sorted().toArray();
  }

  private static double median(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  /** Kolmogorov and Smirnov: 1.95 / sqrt(n) is exceeded once in a thousand samples. */
  private static void assertDistribution(
      ToDoubleFunction<SimulatedCluster> value, DoubleUnaryOperator shareBelow) {
    double[] values = sorted(value);
    double n = values.length;
    double worst = 0;
    for (int i = 0; i < values.length; i++) {
      double share = shareBelow.applyAsDouble(values[i]);
      worst = Math.max(worst, Math.max(share - i / n, (i + 1) / n - share));
    }
    assertTrue(worst < 1.95 / Math.sqrt(n), "largest distance=" + worst);
  }

  private static double logNormal(double value, double median, double dex) {
    return new NormalDistribution(Math.log10(median), dex).cumulativeProbability(Math.log10(value));
  }

  @Test
  void coreEntropyHasTheArchivesTwoPopulations() {
    assertDistribution(
        c -> c.gas().entropy().k0(),
        k0 -> 0.6 * logNormal(k0, 18.9, 0.48) + 0.4 * logNormal(k0, 169, 0.24));
  }

  @Test
  void entropyAndPressureScatterAsStated() {
    assertDistribution(c -> c.gas().entropy().k100(), k -> logNormal(k, 122, 0.22));
    assertEquals(1.24, median(sorted(c -> c.gas().entropy().alpha())), 0.01);
    assertDistribution(c -> c.gas().pressure().shape().p0(), p0 -> logNormal(p0, 8.403, 0.05));
    assertDistribution(
        c -> c.gas().pressure().shape().c500(), c500 -> logNormal(c500, 1.177, 0.03));
    assertEquals(0.3081, median(sorted(c -> c.gas().pressure().shape().gamma())), 0.02);
  }

  /** Arnaud et al. 2010: below 30 % beyond 0.2 r500, increasing towards the centre. */
  @Test
  void pressureScattersAsPublished() {
    for (double x : new double[] {0.2, 0.4, 0.6, 0.8}) {
      assertEquals(0.25, pressureScatter(x), 0.05, "x=" + x);
    }
    assertTrue(pressureScatter(0.1) > pressureScatter(0.2));
    assertEquals(0.5, pressureScatter(0.03), 0.1);
  }

  private static double pressureScatter(double x) {
    double[] scaled = sorted(c -> c.gas().pressure().shape().at(x));
    int n = scaled.length;
    return Math.sqrt(scaled[n * 84 / 100] / scaled[n * 16 / 100]) - 1;
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
            .flatMap(c -> IntStream.range(0, 3).mapToObj(axis -> c.body().alongAxis(axis)))
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
              .mapToDouble(c -> c.body().alongAxis(along).axisRatio())
              .average()
              .orElseThrow(),
          0.01);
    }
  }

  /** K0 and the cooling time at 0.012 r500 of simulated clusters and of ACCEPT's real ones. */
  @Test
  void centralCoolingTimesAreThoseOfRealClustersOfTheSameCoreEntropy() {
    List<AcceptCluster> real =
        AcceptProfiles.read(
            SharedData.require("data/accept/accept_main_table.txt"), new ArrayList<>());
    Path catalog = SharedData.require("data/accept/accept_catalog.csv");
    Map<String, Double> entropies = new HashMap<>();
    for (CsvFile.Row row : CsvFile.read(catalog, "Name", "K0")) {
      if (!row.get("Name").startsWith("#")) {
        entropies.put(row.get("Name"), Double.parseDouble(row.get("K0")));
      }
    }
    Map<String, AcceptCatalog.Entry> places = AcceptCatalog.find(catalog, real, new ArrayList<>());
    double[] borders = {0, 10, 30, 100, 200, 1e9};
    for (int i = 0; i + 1 < borders.length; i++) {
      double from = borders[i];
      double to = borders[i + 1];
      double[] observed =
          real.stream()
              .filter(c -> places.containsKey(c.name()))
              .filter(c -> within(entropies.get(places.get(c.name()).name()), from, to))
              .mapToDouble(AcceptCluster::centralCoolingTime)
              .sorted()
              .toArray();
      assertTrue(observed.length > 25);
      double ratio = medianCoolingTime(from, to) / median(observed);
      assertTrue(ratio > 1 / 1.5 && ratio < 1.5, "K0=%s to %s: %s".formatted(from, to, ratio));
    }
  }

  private static boolean within(double value, double from, double to) {
    return value >= from && value < to;
  }

  private static double medianCoolingTime(double from, double to) {
    return median(
        SAMPLE.stream()
            .filter(c -> within(c.gas().entropy().k0(), from, to))
            .mapToDouble(SimulatedCluster::centralCoolingTime)
            .sorted()
            .toArray());
  }

  /** Hand calculation for M500 = 3e14, K0 = 20 keV cm^2, no scatter. */
  @Test
  void coolingTimeOfOneClusterByHand() {
    double x = 0.012;
    double r500 = Cosmology.STANDARD.r500(3e14, 0);
    double p =
        1.65e-3
            * 8.403
            / (Math.pow(1.177 * x, 0.3081)
                * Math.pow(1 + Math.pow(1.177 * x, 1.051), (5.4905 - 0.3081) / 1.051));
    double k = 20 + 122 * Math.pow(x * r500 / 100, 1.24);
    double ne = Math.pow(p / k, 0.6);
    double kT = p / ne;
    double lambda = (8.6e-3 * Math.pow(kT, -1.7) + 5.8e-2 * Math.sqrt(kT) + 6.3e-2) * 1e-22;
    double seconds = 1.5 * 1.92 * ne * kT * 1.602176634e-9 / (ne * ne / 1.2 * lambda);
    GasProfile gas =
        new GasProfile(
            new EntropyProfile(20, 122, 1.24),
            PressureProfile.of(3e14, 0, Cosmology.STANDARD, GnfwShape.ARNAUD_2010),
            1.5);
    SimulatedCluster cluster = new SimulatedCluster(gas, 0.9, 0.7, SAMPLE.get(0).body());
    assertEquals(seconds / 3.15576e16, cluster.centralCoolingTime(), 1e-9);
    assertEquals(CoreType.WCC, cluster.coreType());
  }

  @Test
  void allTypesAreCommon() {
    for (CoreType type : CoreType.values()) {
      double share = SAMPLE.stream().filter(c -> c.coreType() == type).count() / 4000.0;
      assertTrue(share > 0.1 && share < 0.65, type + " " + share);
    }
  }

  @Test
  void drawsAreKeyed() {
    SimulatedCluster again = SimulatedCluster.draw(POPULATION, 11, 17, 0);
    assertEquals(SAMPLE.get(17).gas(), again.gas());
    assertEquals(SAMPLE.get(17).body().alongAxis(0), again.body().alongAxis(0));
    double k0 = again.gas().entropy().k0();
    assertTrue(k0 != SimulatedCluster.draw(POPULATION, 12, 17, 0).gas().entropy().k0());
    assertTrue(k0 != SimulatedCluster.draw(POPULATION, 11, 18, 0).gas().entropy().k0());
    assertTrue(k0 != SimulatedCluster.draw(POPULATION, 11, 17, 1).gas().entropy().k0());
  }

  @Test
  void refusesWhatIsNoDistribution() {
    assertThrows(IllegalArgumentException.class, () -> new LogNormal(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new LogNormal(1, -1));
    assertThrows(IllegalArgumentException.class, () -> new TruncatedNormal(2, 1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new MassFunction(1e15, 1e14, 1e14));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new ClusterPopulation.Entropy(
                1.2,
                new LogNormal(1, 1),
                new LogNormal(1, 1),
                new LogNormal(1, 1),
                new TruncatedNormal(1, 0, 1, 1)));
  }
}
