package org.clusternet.data.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.math3.analysis.integration.IterativeLegendreGaussIntegrator;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.dataset.Catalog;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.Image;
import org.clusternet.data.physics.GasProfile;
import org.clusternet.data.physics.Units;
import org.clusternet.data.projection.Ellipse;
import org.clusternet.data.projection.SkyGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorTest {
  private static final ClusterPopulation POPULATION = ClusterPopulation.standard();
  private static final ClusterPopulation SMOOTH = POPULATION.withFeatures(GasFeatures.none());

  @TempDir Path folder;

  private static Simulator.Options options(int clusters, long seed, int threads) {
    return new Simulator.Options(clusters, new SkyGrid(48, 16), ClassMix.NATIVE, seed, threads);
  }

  private static Map<String, byte[]> bytes(Path dataset) throws IOException {
    Map<String, byte[]> bytes = new HashMap<>();
    try (Stream<Path> files = Files.walk(dataset)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes.put(dataset.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return bytes;
  }

  @Test
  void bytesDependOnTheSeedAndNotOnThreads() throws IOException {
    Simulator.run(folder.resolve("a"), options(6, 3, 1), BatchProgress.NONE);
    Simulator.run(folder.resolve("b"), options(6, 3, 2), BatchProgress.NONE);
    Simulator.run(folder.resolve("c"), options(6, 4, 2), BatchProgress.NONE);
    Map<String, byte[]> a = bytes(folder.resolve("a"));
    Map<String, byte[]> b = bytes(folder.resolve("b"));
    assertEquals(19, a.size());
    assertEquals(a.keySet(), b.keySet());
    for (String name : a.keySet()) {
      assertArrayEquals(a.get(name), b.get(name), name);
    }
    byte[] other = bytes(folder.resolve("c")).get("images/sim00000_x.fits");
    assertTrue(!Arrays.equals(a.get("images/sim00000_x.fits"), other));
  }

  /** A larger dataset begins with the smaller one. */
  @Test
  void clustersDoNotDependOnHowManyThereAre() throws IOException {
    Simulator.run(folder.resolve("a"), options(2, 3, 1), BatchProgress.NONE);
    Simulator.run(folder.resolve("b"), options(4, 3, 1), BatchProgress.NONE);
    Map<String, byte[]> b = bytes(folder.resolve("b"));
    bytes(folder.resolve("a"))
        .forEach(
            (name, content) -> {
              if (name.endsWith(".fits")) {
                assertArrayEquals(content, b.get(name), name);
              }
            });
  }

  @Test
  void writesADatasetThatReadsBack() {
    List<Integer> seen = new ArrayList<>();
    List<CatalogEntry> written =
        Simulator.run(folder.resolve("out"), options(5, 1, 2), (done, total) -> seen.add(done));
    assertEquals(List.of(1, 2, 3, 4, 5), seen);
    List<CatalogEntry> entries = Catalog.read(folder.resolve("out")).entries();
    assertEquals(written, entries);
    assertEquals(15, entries.size());
    for (int i = 0; i < 15; i++) {
      CatalogEntry entry = entries.get(i);
      assertEquals("sim0000" + i / 3, entry.clusterId());
      assertEquals(List.of("x", "y", "z").get(i % 3), entry.projection());
      SimulatedCluster cluster = SimulatedCluster.draw(POPULATION, 1, i / 3, 0);
      assertEquals(cluster.centralCoolingTime(), entry.tCoolGyr().getAsDouble(), 1e-12);
      assertEquals(cluster.coreType(), entry.label());
      Image image = FitsFile.read(folder.resolve("out").resolve(entry.file()));
      assertEquals(48, image.width());
      assertEquals(48, image.height());
      assertTrue(Arrays.stream(image.pixels()).allMatch(p -> p > 0 && p < 1e6));
    }
  }

  /** An image that holds nearly all of the cluster, summed, against 4 pi int m^2 e(m) dm. */
  @Test
  void luminosityIsConservedInEveryProjection() {
    SkyGrid grid = new SkyGrid(400, 25);
    Simulator.run(
        folder.resolve("out"),
        SMOOTH,
        new Simulator.Options(3, grid, ClassMix.NATIVE, 5, 1),
        BatchProgress.NONE);
    for (CatalogEntry entry : Catalog.read(folder.resolve("out")).entries()) {
      int index = Integer.parseInt(entry.clusterId().substring(3));
      GasProfile gas = SimulatedCluster.draw(SMOOTH, 5, index, 0).gas();
      double expected = luminosity(gas);
      double sum =
          Arrays.stream(FitsFile.read(folder.resolve("out").resolve(entry.file())).pixels()).sum();
      double pixel = 25 * Units.KPC_CM;
      assertEquals(expected, sum * pixel * pixel, 1e-3 * expected, entry.file());
      // Clusters of 1e14 solar masses and more shine with 1e43 to 1e46 erg/s.
      assertTrue(expected > 1e43 && expected < 1e46, "L=" + expected);
    }
  }

  private static double luminosity(GasProfile gas) {
    double kpc3 = Units.KPC_CM * Units.KPC_CM * Units.KPC_CM;
    double core = gas.coreRadius();
    double inside = 4 * Math.PI / 3 * core * core * core * gas.emissivity(0);
    double outside =
        new IterativeLegendreGaussIntegrator(24, 1e-9, 1e-300)
            .integrate(
                1_000_000,
                t -> 4 * Math.PI * Math.exp(3 * t) * gas.emissivity(Math.exp(t)),
                Math.log(core),
                Math.log(1e5));
    return (inside + outside) * kpc3;
  }

  /** Second moments of the brightness have the axis ratio of the body's shadow. */
  @Test
  void imagesHaveTheAxisRatioOfTheBody() {
    SkyGrid grid = new SkyGrid(400, 10);
    Simulator.run(
        folder.resolve("out"),
        SMOOTH,
        new Simulator.Options(4, grid, ClassMix.NATIVE, 8, 2),
        BatchProgress.NONE);
    for (CatalogEntry entry : Catalog.read(folder.resolve("out")).entries()) {
      int index = Integer.parseInt(entry.clusterId().substring(3));
      int axis = "xyz".indexOf(entry.projection());
      Ellipse view = SimulatedCluster.draw(SMOOTH, 8, index, 0).field().body().view(axis);
      double[] m = moments(FitsFile.read(folder.resolve("out").resolve(entry.file())), grid, view);
      // The moments' matrix is the inverse of the form's, up to a factor.
      double determinant = m[0] * m[2] - m[1] * m[1];
      double form = Math.sqrt(view.xx() * view.yy() - view.xy() * view.xy());
      assertEquals(view.xx() / form, m[2] / Math.sqrt(determinant), 0.01, entry.file());
      assertEquals(view.xy() / form, -m[1] / Math.sqrt(determinant), 0.01, entry.file());
      assertEquals(view.yy() / form, m[0] / Math.sqrt(determinant), 0.01, entry.file());
    }
  }

  /** xx, xy, yy of the pixels brighter than the ellipse that just fits into the image. */
  private static double[] moments(Image image, SkyGrid grid, Ellipse view) {
    double[] m = new double[3];
    double limit = 0.5 * grid.size() * grid.pixel() * Math.sqrt(Math.min(view.xx(), view.yy())) / 2;
    double threshold = Double.NEGATIVE_INFINITY;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        if (radius(grid, view, x, y) > limit) {
          threshold = Math.max(threshold, image.at(x, y));
        }
      }
    }
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        double dx = (x - 199.5) * grid.pixel();
        double dy = (y - 199.5) * grid.pixel();
        if (image.at(x, y) > threshold) {
          m[0] += dx * dx;
          m[1] += dx * dy;
          m[2] += dy * dy;
        }
      }
    }
    return m;
  }

  private static double radius(SkyGrid grid, Ellipse view, int x, int y) {
    return view.radius((x - 199.5) * grid.pixel(), (y - 199.5) * grid.pixel());
  }

  @ParameterizedTest
  @CsvSource({
    "PAPER, 100, 10, 59, 31",
    "PAPER, 318, 32, 188, 98",
    "ACCEPT, 99, 27, 50, 22",
    "BALANCED, 30, 10, 10, 10",
    "BALANCED, 2, 1, 1, 0",
    "PAPER, 1, 0, 1, 0"
  })
  void mixesFixTheCounts(ClassMix mix, int clusters, int cc, int wcc, int ncc) {
    Map<CoreType, Integer> counts = new EnumMap<>(CoreType.class);
    List<Optional<CoreType>> types = mix.assign(clusters, 5);
    types.forEach(type -> counts.merge(type.orElseThrow(), 1, Integer::sum));
    assertEquals(clusters, types.size());
    assertEquals(cc, counts.getOrDefault(CoreType.CC, 0));
    assertEquals(wcc, counts.getOrDefault(CoreType.WCC, 0));
    assertEquals(ncc, counts.getOrDefault(CoreType.NCC, 0));
  }

  @Test
  void observedImagesAreCounts() {
    Simulator.Options options =
        new Simulator.Options(
            2,
            new SkyGrid(48, 16),
            ClassMix.NATIVE,
            3,
            2,
            ObservingRanges.fixed(new Observing(5000, 30, 0.5)),
            false);
    Simulator.run(folder.resolve("out"), options, BatchProgress.NONE);
    for (CatalogEntry entry : Catalog.read(folder.resolve("out")).entries()) {
      double[] pixels = FitsFile.read(folder.resolve("out").resolve(entry.file())).pixels();
      double expected = 5000 + 0.5 * 48 * 48;
      assertEquals(expected, Arrays.stream(pixels).sum(), 5 * Math.sqrt(expected));
      assertTrue(Arrays.stream(pixels).allMatch(p -> p == Math.rint(p)));
    }
  }

  @Test
  void typesAreShuffledBySeed() {
    assertEquals(ClassMix.PAPER.assign(50, 1), ClassMix.PAPER.assign(50, 1));
    assertTrue(!ClassMix.PAPER.assign(50, 1).equals(ClassMix.PAPER.assign(50, 2)));
    assertTrue(ClassMix.NATIVE.assign(9, 1).stream().allMatch(Optional::isEmpty));
  }

  @Test
  void writtenClustersAreOfTheirTypes() {
    Simulator.run(
        folder.resolve("out"),
        new Simulator.Options(12, new SkyGrid(8, 64), ClassMix.BALANCED, 2, 2),
        BatchProgress.NONE);
    Map<CoreType, Integer> counts = new EnumMap<>(CoreType.class);
    Catalog.read(folder.resolve("out"))
        .entries()
        .forEach(entry -> counts.merge(entry.label(), 1, Integer::sum));
    assertEquals(Map.of(CoreType.CC, 12, CoreType.WCC, 12, CoreType.NCC, 12), counts);
  }

  @Test
  void impossibleTypeIsAnError() {
    ClusterPopulation hot =
        new ClusterPopulation(
            POPULATION.mass(),
            new ClusterPopulation.Entropy(
                new SplitNormal(2.7, 0, 0),
                CoreTrend.constant(2.08),
                new TruncatedNormal(1.2, 0, 1.2, 1.2)),
            POPULATION.pressure(),
            POPULATION.shape(),
            1.5,
            GasFeatures.none());
    SimulatedCluster.Draw draw = SimulatedCluster.Draw.of(hot);
    String message =
        assertThrows(
                DataException.class, () -> Simulator.draw(draw, 1, 0, Optional.of(CoreType.CC)))
            .getMessage();
    assertEquals(
        "simulator: none of 10000 draws has type=CC; choose the native mix or another"
            + " population",
        message);
  }

  @Test
  void mixesAreParsedByName() {
    assertEquals(ClassMix.PAPER, ClassMix.parse(" Paper"));
    assertEquals(
        "class mix: unknown mix=even; known mixes are native, paper, accept, balanced",
        assertThrows(IllegalArgumentException.class, () -> ClassMix.parse("even")).getMessage());
  }

  @Test
  void refusesToOverwriteAnExistingFolder() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.writeString(out.resolve("mine.txt"), "mine");
    assertEquals(
        out + ": is not empty; name a new folder or remove this one",
        assertThrows(
                DataException.class, () -> Simulator.run(out, options(2, 1, 1), BatchProgress.NONE))
            .getMessage());
    assertEquals(Map.of("mine.txt", 4), lengths(out));
  }

  private static Map<String, Integer> lengths(Path dataset) throws IOException {
    Map<String, Integer> lengths = new HashMap<>();
    bytes(dataset).forEach((name, content) -> lengths.put(name, content.length));
    return lengths;
  }

  @Test
  void refusesInvalidOptions() {
    assertThrows(IllegalArgumentException.class, () -> options(0, 1, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> Simulator.run(folder.resolve("out"), options(1, 1, 0), BatchProgress.NONE));
    assertTrue(Files.notExists(folder.resolve("out")));
  }
}
