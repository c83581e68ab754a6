package org.clusternet.data.simulate.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.SharedData;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.simulate.ClusterPopulation;
import org.clusternet.data.simulate.MassSample;
import org.clusternet.data.simulate.SimulatedCluster;
import org.clusternet.data.simulate.validation.Comparison.Spread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidationTest {
  @TempDir Path folder;

  private static Comparison row(Quantity quantity, Spread reference, Spread simulated) {
    return new Comparison(CoreType.CC, quantity, reference, simulated);
  }

  /** By hand: 0.1 dex and 15 %, and half of the reference's range. */
  @Test
  void rowsPassByMedianAndRange() {
    Spread reference = new Spread(10, 1, 2, 4);
    Comparison near = row(Quantity.ENTROPY, reference, new Spread(10, 2, 2.5, 5));
    assertEquals(Math.log10(1.25), near.difference(), 1e-12);
    assertTrue(near.medianAgrees());
    assertEquals(2.0 / 3, near.overlap(), 1e-12);
    assertTrue(near.passes());
    assertFalse(row(Quantity.ENTROPY, reference, new Spread(10, 2, 2.6, 5)).medianAgrees());
    assertTrue(row(Quantity.SLOPE, reference, new Spread(10, 1, 2.3, 4)).passes());
    assertFalse(row(Quantity.SLOPE, reference, new Spread(10, 1, 2.31, 4)).passes());
    assertTrue(row(Quantity.LOG_OFFSET, reference, new Spread(10, 1, 1.9, 4)).passes());
    assertFalse(row(Quantity.LOG_OFFSET, reference, new Spread(10, 1, 1.89, 4)).passes());
    assertFalse(row(Quantity.SLOPE, reference, new Spread(10, 2.6, 2.1, 9)).rangeAgrees());
    assertEquals(0, row(Quantity.SLOPE, reference, new Spread(10, 5, 6, 7)).overlap());
    assertFalse(row(Quantity.SLOPE, reference, Spread.of(new double[0])).passes());
  }

  /** By hand: normal samples of 100 and 400, widths 1 and 2, in dex or over a median of 4. */
  @Test
  void samplingErrorIsThatOfTwoMedians() {
    Spread reference = new Spread(100, 3, 4, 5);
    double error = Math.sqrt(Math.PI / 2) * Math.hypot(1 / 10.0, 2 / 20.0);
    Spread simulated = new Spread(400, 2, 4, 6);
    assertEquals(error, row(Quantity.LOG_DENSITY, reference, simulated).samplingError(), 1e-12);
    assertEquals(error / 4, row(Quantity.SLOPE, reference, simulated).samplingError(), 1e-12);
    assertTrue(row(Quantity.LOG_DENSITY, reference, new Spread(400, 2, 4.35, 6)).mayBeChance());
    assertFalse(row(Quantity.LOG_DENSITY, reference, new Spread(400, 2, 4.36, 6)).mayBeChance());
    Spread decade = new Spread(100, 1, 10, 100);
    assertEquals(
        Math.sqrt(Math.PI) / 10, row(Quantity.ENTROPY, decade, decade).samplingError(), 1e-12);
  }

  /** The points of 0, 1, ..., 100 are their own percentages. */
  @Test
  void spreadsArePercentiles() {
    Spread spread = Spread.of(IntStream.rangeClosed(0, 100).mapToDouble(i -> i).toArray());
    assertEquals(new Spread(101, 16, 50, 84), spread);
  }

  private Path table(String... lines) throws IOException {
    return Files.write(folder.resolve("table.txt"), List.of(lines));
  }

  @Test
  void invalidTablesAreRefused() throws IOException {
    Path few = table("# a comment", "0 14.5 1.1 0.5 30 -1 1 0.1 0.5 0.1");
    assertEquals(
        few + ": haloes of type CC=1; at least 3 of each type are needed",
        assertThrows(DataException.class, () -> ReferenceTable.read(few)).getMessage());
    Path narrow = table("0 14.5 1.1");
    assertTrue(
        assertThrows(DataException.class, () -> ReferenceTable.read(narrow))
            .getMessage()
            .startsWith(narrow + ": line 1: columns=3; a halo has 10: id, log10 M500, r500"));
    Path word = table("0 14.5 1.1 nan 30 -1 1 0.1 0.5 x");
    assertTrue(
        assertThrows(DataException.class, () -> ReferenceTable.read(word))
            .getMessage()
            .startsWith(word + ": line 1: "));
    Path absent = folder.resolve("absent.txt");
    assertThrows(DataException.class, () -> ReferenceTable.read(absent));
  }

  private static List<ReferenceTable.Halo> tngCluster() {
    return ReferenceTable.read(SharedData.require("data/tng-cluster/tng_cluster_core_subset.txt"));
  }

  /** The classes of Lehle et al. 2024, 24 / 60 / 16 % of 352. */
  @Test
  void tngClusterTableIsRead() {
    List<ReferenceTable.Halo> haloes = tngCluster();
    assertEquals(352, haloes.size());
    assertEquals(85, haloes.stream().filter(h -> h.type() == CoreType.CC).count());
    assertEquals(211, haloes.stream().filter(h -> h.type() == CoreType.WCC).count());
    assertEquals(56, haloes.stream().filter(h -> h.type() == CoreType.NCC).count());
    assertEquals(Math.pow(10, 15.13), haloes.get(0).mass(), 1e9);
    assertEquals(0.23, haloes.get(0).value(Quantity.LOG_OFFSET));
  }

  /** What the labels follow from, without images: medians of the classes within 0.1 dex. */
  @Test
  void centralGasAgreesWithTngCluster() {
    List<ReferenceTable.Halo> haloes = tngCluster();
    SimulatedCluster.Draw draw =
        SimulatedCluster.Draw.of(
            ClusterPopulation.standard()
                .withMass(new MassSample(haloes.stream().map(h -> h.mass()).toList())));
    List<SimulatedCluster> clusters =
        IntStream.range(0, 500).mapToObj(i -> draw.cluster(77, i, 0)).toList();
    for (CoreType type : CoreType.values()) {
      List<SimulatedCluster> ours = clusters.stream().filter(c -> c.coreType() == type).toList();
      Map<Quantity, Double> found = new EnumMap<>(Quantity.class);
      found.put(
          Quantity.COOLING_TIME,
          median(ours.stream().mapToDouble(c -> c.centre().coolingTime()).toArray()));
      found.put(
          Quantity.ENTROPY, median(ours.stream().mapToDouble(c -> c.centre().entropy()).toArray()));
      found.put(
          Quantity.LOG_DENSITY,
          median(ours.stream().mapToDouble(c -> Math.log10(c.centre().density())).toArray()));
      found.forEach(
          (quantity, value) -> {
            double reference =
                median(
                    haloes.stream()
                        .filter(h -> h.type() == type)
                        .mapToDouble(h -> h.value(quantity))
                        .toArray());
            assertEquals(0, quantity.difference(value, reference), 0.1, type + " " + quantity);
          });
    }
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  @Test
  void resultDoesNotDependOnThreads() {
    List<ReferenceTable.Halo> haloes = List.of(halo(3e14, 0.5), halo(4e14, 3), halo(5e14, 12));
    ClusterPopulation population = ClusterPopulation.standard();
    Validation one = Validation.run(population, haloes, 3, 4, 1, BatchProgress.NONE);
    Validation two = Validation.run(population, haloes, 3, 4, 2, BatchProgress.NONE);
    assertEquals(one.simulated(), two.simulated());
    assertEquals(21, one.comparisons().size());
    for (ClusterMeasures cluster : one.simulated()) {
      assertTrue(cluster.physical() > 0 && cluster.physical() < cluster.scaled());
      assertTrue(cluster.imagePhysical() > cluster.physical());
    }
  }

  private static ReferenceTable.Halo halo(double mass, double time) {
    Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
    for (Quantity quantity : Quantity.values()) {
      values.put(quantity, time);
    }
    return new ReferenceTable.Halo(mass, values);
  }
}
