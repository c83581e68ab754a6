package org.clusternet.data.tng;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nom.tam.fits.Fits;
import nom.tam.fits.Header;
import org.clusternet.data.CoreType;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.dataset.Catalog;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.Image;
import org.clusternet.data.io.CsvFile;
import org.clusternet.data.physics.Plasma;
import org.clusternet.data.physics.Units;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.random.CounterRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TngProjectorTest {
  @TempDir Path folder;

  /** A cutout that h5py wrote, see make_cutouts.py. */
  private static Path fixture(String name) {
    try {
      return Path.of(TngProjectorTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TngProjector.Options options(SkyGrid grid, int threads) {
    return new TngProjector.Options(grid, Optional.empty(), GasOptions.DEFAULT, threads);
  }

  private static TngProjector.Options options(
      GasOptions.Metallicity metallicity, @Nullable Path table) {
    return new TngProjector.Options(
        new SkyGrid(64, 60), Optional.ofNullable(table), new GasOptions(1e6, metallicity), 2);
  }

  private List<CatalogEntry> project(Path cutout, String out, TngProjector.Options options) {
    TngProjector.run(List.of(cutout), folder.resolve(out), options, BatchProgress.NONE);
    return Catalog.read(folder.resolve(out)).entries();
  }

  private Image image(String out, String name) {
    return FitsFile.read(folder.resolve(out).resolve("images").resolve(name + ".fits"));
  }

  private Header header(String out, String name) throws Exception {
    try (Fits fits = new Fits(folder.resolve(out + "/images/" + name + ".fits").toFile())) {
      return fits.getHDU(0).getHeader();
    }
  }

  private static double luminosity(Image image, double pixel) {
    double side = pixel * Units.KPC_CM;
    return Arrays.stream(image.pixels()).sum() * side * side;
  }

  private static Map<String, byte[]> bytes(Path dataset) throws IOException {
    Map<String, byte[]> bytes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(dataset)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes.put(dataset.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return bytes;
  }

  /** Luminosity, counts and label of a file of the TNG API's form against numpy's. */
  @ParameterizedTest
  @EnumSource
  void cutoutAgreesWithTheNumpyReference(GasOptions.Metallicity metallicity) throws Exception {
    CsvFile.Row expected =
        CsvFile.read(fixture("expected.csv")).stream()
            .filter(row -> row.get("metallicity").equals(metallicity.name()))
            .findFirst()
            .orElseThrow();
    double time = Double.parseDouble(expected.get("t_cool_gyr"));
    double total = Double.parseDouble(expected.get("luminosity"));
    List<CatalogEntry> entries =
        project(fixture("api.hdf5"), "out", options(metallicity, fixture("halos.csv")));
    assertEquals(List.of("x", "y", "z"), entries.stream().map(CatalogEntry::projection).toList());
    for (CatalogEntry entry : entries) {
      assertEquals("api", entry.clusterId());
      assertEquals(CoreType.CC, entry.label());
      assertEquals(time, entry.tCoolGyr().getAsDouble(), 1e-9 * time);
      Header cards = header("out", "api_" + entry.projection());
      assertEquals(total, cards.getDoubleValue("LUMTOT"), 1e-9 * total);
      double outside = cards.getDoubleValue("LUMOUT");
      double inside = luminosity(image("out", "api_" + entry.projection()), 60);
      assertEquals(total, inside + outside, 1e-6 * total);
      assertTrue(outside > 0 && outside < 0.1 * total, "outside=" + outside);
      assertEquals(Long.parseLong(expected.get("hot")), cards.getLongValue("NHOT"));
      assertEquals(Long.parseLong(expected.get("star_forming")), cards.getLongValue("NSTAR"));
      assertEquals(Long.parseLong(expected.get("core")), cards.getLongValue("NCORE"));
      assertEquals(600 - cards.getLongValue("NHOT") - 21, cards.getLongValue("NCOLD"));
    }
  }

  @Test
  void headerNamesSimulationSnapshotAndHalo() throws Exception {
    project(
        fixture("api.hdf5"), "out", options(GasOptions.Metallicity.CELLS, fixture("halos.csv")));
    Header cards = header("out", "api_y");
    assertEquals("api", cards.getStringValue("OBJECT"));
    assertEquals("y", cards.getStringValue("AXIS"));
    assertEquals("TNG300-1", cards.getStringValue("SIMNAME"));
    assertEquals(91, cards.getLongValue("SNAPNUM"));
    assertEquals(12, cards.getLongValue("HALOID"));
    assertEquals(0.1, cards.getDoubleValue("REDSHIFT"), 1e-12);
    assertEquals(800 / 1.1 / 0.6774, cards.getDoubleValue("R500"), 1e-6);
    assertEquals(24646.163e10 / 0.6774, cards.getDoubleValue("M500"), 1e8);
    assertEquals(60, cards.getDoubleValue("PIXKPC"), 0);
    assertEquals("erg s-1 cm-2", cards.getStringValue("BUNIT"));
    assertEquals("cells", cards.getStringValue("METALS"));
    assertEquals(1e6, cards.getDoubleValue("TMIN"), 0);
  }

  /** Chunks, compression, byte order, number types and where the halo stands change nothing. */
  @Test
  void variantsOfTheFormatGiveTheSameImages() {
    project(fixture("api.hdf5"), "a", options(GasOptions.Metallicity.CELLS, fixture("halos.csv")));
    project(fixture("arrays.hdf5"), "b", options(GasOptions.Metallicity.CELLS, null));
    project(fixture("v110.hdf5"), "c", options(GasOptions.Metallicity.CELLS, null));
    for (String axis : List.of("x", "y", "z")) {
      double[] first = image("a", "api_" + axis).pixels();
      assertArrayEquals(first, image("c", "v110_" + axis).pixels(), 0);
      // The centre is a float there: 1e-3 ckpc/h off.
      double brightest = Arrays.stream(first).max().orElseThrow();
      assertArrayEquals(first, image("b", "arrays_" + axis).pixels(), 1e-4 * brightest);
    }
  }

  /** Cells thrown at random over some Mpc, more than one piece of them. */
  private static CutoutBuilder cloud(int cells) {
    CutoutBuilder cutout = new CutoutBuilder(cells);
    CounterRandom random = new CounterRandom(9, "cloud");
    for (int i = 0; i < cells; i++) {
      for (int axis = 0; axis < 3; axis++) {
        // The first one stays in the middle, so that there is a core.
        cutout.places()[i][axis] += i == 0 ? 0 : 300 * random.nextGaussian();
      }
      cutout.values("Density")[i] *= 0.2 + random.nextDouble();
      cutout.values("InternalEnergy")[i] *= 0.5 + random.nextDouble();
    }
    return cutout;
  }

  @Test
  void everyByteIsTheSameOnAnyNumberOfThreads() throws IOException {
    Path cutout = cloud(150_000).compressed().write(folder.resolve("cloud.hdf5"));
    SkyGrid grid = new SkyGrid(128, 16);
    List<Integer> ticks = new ArrayList<>();
    TngProjector.run(
        List.of(cutout),
        folder.resolve("one"),
        options(grid, 1),
        (done, total) -> ticks.add(10 * done + total));
    assertEquals(List.of(13, 23, 33), ticks);
    project(cutout, "two", options(grid, 2));
    project(cutout, "five", options(grid, 5));
    Map<String, byte[]> one = bytes(folder.resolve("one"));
    assertEquals(4, one.size());
    for (String other : List.of("two", "five")) {
      bytes(folder.resolve(other)).forEach((name, b) -> assertArrayEquals(one.get(name), b, name));
    }
  }

  /** The same halo in the middle of the box and at a corner of it, cells on all eight sides. */
  @Test
  void cellsAcrossThePeriodicBorderAreIncludedWhereverTheCentreIsWritten() {
    CutoutBuilder middle = cloud(5000);
    CutoutBuilder corner = cloud(5000);
    corner.header.put("GroupPos", new double[] {0, CutoutBuilder.BOX, 0});
    for (double[] place : corner.places()) {
      for (int axis = 0; axis < 3; axis++) {
        // Half the box is a sum of powers of two, so that nothing is rounded.
        place[axis] = Math.rint(place[axis] * 1024) / 1024 - CutoutBuilder.BOX / 2;
        place[axis] += place[axis] < 0 ? CutoutBuilder.BOX : 0;
      }
    }
    for (double[] place : middle.places()) {
      for (int axis = 0; axis < 3; axis++) {
        place[axis] = Math.rint(place[axis] * 1024) / 1024;
      }
    }
    SkyGrid grid = new SkyGrid(128, 16);
    project(middle.write(folder.resolve("middle.hdf5")), "middle", options(grid, 2));
    project(corner.write(folder.resolve("corner.hdf5")), "corner", options(grid, 2));
    corner.header.put(
        "GroupPos", new double[] {-CutoutBuilder.BOX, 2 * CutoutBuilder.BOX, CutoutBuilder.BOX});
    project(corner.write(folder.resolve("beyond.hdf5")), "beyond", options(grid, 2));
    for (String axis : List.of("x", "y", "z")) {
      assertArrayEquals(
          image("middle", "middle_" + axis).pixels(),
          image("corner", "corner_" + axis).pixels(),
          0);
      assertArrayEquals(
          image("middle", "middle_" + axis).pixels(),
          image("beyond", "beyond_" + axis).pixels(),
          0);
    }
  }

  /** A beta model of constant temperature, against its analytic projection. */
  @Test
  void betaModelOfCellsAgreesWithItsProjection() {
    int cells = 120_000;
    double core = 120; // ckpc/h, as all lengths here
    double far = 2500;
    CutoutBuilder cutout = new CutoutBuilder(cells);
    CounterRandom random = new CounterRandom(4, "beta model");
    for (int i = 0; i < cells; i++) {
      double radius = far * (i + random.nextDouble()) / cells;
      double cosine = 2 * random.nextDouble() - 1;
      double azimuth = 2 * Math.PI * random.nextDouble();
      double across = radius * Math.sqrt(1 - cosine * cosine);
      cutout.places()[i][0] += across * Math.cos(azimuth);
      cutout.places()[i][1] += across * Math.sin(azimuth);
      cutout.places()[i][2] += radius * cosine;
      double density = 1e-5 / (1 + radius * radius / (core * core));
      cutout.values("Density")[i] = density;
      cutout.values("Masses")[i] =
          Math.max(1e-9, density * 4 * Math.PI * radius * radius * far / cells);
    }
    SkyGrid grid = new SkyGrid(100, 20);
    project(cutout.write(folder.resolve("beta.hdf5")), "out", options(grid, 2));
    // n_H in the middle, at h = 0.7: 1e-5 * 1e10 * 0.49 Msun/kpc^3 * 0.76 / m_p.
    double hydrogen =
        4.9e4 * Units.SOLAR_MASS_G / Math.pow(Units.KPC_CM, 3) * 0.76 / Units.PROTON_MASS_G;
    double mu = 4 / (1 + 3 * 0.76 + 4 * 0.76 * 1.16);
    double kT = 2.0 / 3 * 1e16 * mu * Units.PROTON_MASS_G / Units.KEV_ERG;
    double lambda = (8.6e-3 * Math.pow(kT, -1.7) + 5.8e-2 * Math.sqrt(kT) + 6.3e-2) * 1e-22;
    double central = 1.16 * hydrogen * hydrogen * lambda * Math.PI / 2 * core / 0.7 * Units.KPC_CM;
    for (String axis : List.of("x", "y", "z")) {
      Image image = image("out", "beta_" + axis);
      // Blurred by the kernels, which are 2.5 times as wide as cells drawn out over shells: rings
      // outside the core, where the profile is smooth on their scale.
      for (double ring : new double[] {200, 300, 400, 600}) {
        double[] found = {0, 0};
        for (int k = 0; k < 10_000; k++) {
          int line = k / 100;
          double radius = 20 * Math.hypot(k % 100 - 49.5, line - 49.5);
          if (Math.abs(radius - ring) < 50) {
            double scaled = radius * 0.7 / core;
            found[0] += image.pixels()[k];
            found[1] += central * Math.pow(1 + scaled * scaled, -1.5);
          }
        }
        assertEquals(1, found[0] / found[1], 0.05, axis + " at " + ring);
      }
    }
  }

  /**
   * Cells of given t_cool: for kT and x_e alike, it goes with 1/density. The second lies at a
   * distance, and does not count from 0.012 r500 = 12 kpc = 8.4 ckpc/h on.
   */
  @ParameterizedTest
  @CsvSource({"0, 2", "8.3, 2", "8.5, 1", "400, 1"})
  void labelIsTheMeanCoolingTimeOfTheCore(double distance, int within) throws Exception {
    CutoutBuilder cutout = new CutoutBuilder(2);
    cutout.places()[1][1] += distance;
    cutout.values("Density")[0] = 1e-4;
    cutout.values("Density")[1] = 0.25e-4;
    List<CatalogEntry> entries =
        project(cutout.write(folder.resolve("two.hdf5")), "out", options(new SkyGrid(16, 64), 1));
    GasCell cell = GasCell.of(new CodeUnits(1, 0.7), 1e-3, 1e-4, 1e6, 1.16);
    double lambda =
        (8.6e-3 * Math.pow(cell.kT(), -1.7) + 5.8e-2 * Math.sqrt(cell.kT()) + 6.3e-2) * 1e-22;
    double first =
        1.5
            * cell.density()
            * cell.kT()
            * Units.KEV_ERG
            / (cell.electronDensity() * cell.hydrogenDensity() * lambda)
            / Units.GYR_S;
    // Luminosities go with mass times density, 4 to 1; times 1 to 4.
    double expected = within == 1 ? first : (4 * first + 4 * first) / 5;
    assertEquals(expected, entries.get(0).tCoolGyr().getAsDouble(), 1e-9 * expected);
    assertEquals(CoreType.ofCoolingTime(expected), entries.get(0).label());
    assertEquals(within, header("out", "two_x").getLongValue("NCORE"));
  }

  /** The nearest cell of a Voronoi mesh holds the centre, if it is as large as it is far. */
  @Test
  void nearestCellDecidesTheLabelIfTheCoreHasNone() {
    CutoutBuilder cutout = new CutoutBuilder(2);
    // (1e-3 / 1e-6) (ckpc/h)^3: a sphere of 6.2 ckpc/h.
    cutout.values("Density")[0] = 1e-6;
    cutout.values("Density")[1] = 1e-6;
    cutout.values("InternalEnergy")[1] = 2e6;
    cutout.places()[0][0] += 12;
    cutout.places()[1][0] -= 12.3;
    Path file = cutout.write(folder.resolve("thin.hdf5"));
    TngProjector.Result result =
        TngProjector.run(
            List.of(file),
            folder.resolve("out"),
            options(new SkyGrid(16, 64), 1),
            BatchProgress.NONE);
    GasCell cell = GasCell.of(new CodeUnits(1, 0.7), 1e-3, 1e-6, 1e6, 1.16);
    double lambda = Plasma.coolingFunction(cell.kT());
    assertEquals(cell.coolingTime(lambda), result.entries().get(0).tCoolGyr().getAsDouble(), 1e-9);
    assertEquals(
        List.of(
            file
                + ": no cell lies within 0.012 r500=12.00 kpc of the centre; labelled by the"
                + " nearest one"),
        result.notes());
  }

  /** Cold, neutral and star-forming cells in the core would change the label. */
  @Test
  void coldAndStarFormingGasIsExcluded() throws Exception {
    CutoutBuilder cutout = new CutoutBuilder(6);
    cutout.values("InternalEnergy")[1] = 1e4; // 0.04 keV
    cutout.values("InternalEnergy")[2] = 2e4; // 0.078 keV = 9.1e5 K
    cutout.values("InternalEnergy")[3] = 2.4e4; // 0.094 keV = 1.09e6 K
    cutout.values("StarFormationRate")[4] = 1e-3;
    cutout.values("ElectronAbundance")[5] = 0;
    Path file = cutout.write(folder.resolve("cold.hdf5"));
    SkyGrid grid = new SkyGrid(16, 64);
    project(file, "out", options(grid, 1));
    assertEquals(2, header("out", "cold_x").getLongValue("NHOT"));
    assertEquals(1, header("out", "cold_x").getLongValue("NSTAR"));
    assertEquals(3, header("out", "cold_x").getLongValue("NCOLD"));
    GasOptions warm = new GasOptions(5e5, GasOptions.Metallicity.FIXED);
    project(file, "warm", new TngProjector.Options(grid, Optional.empty(), warm, 1));
    assertEquals(3, header("warm", "cold_x").getLongValue("NHOT"));
  }

  /** Along x one looks at y to the right and z up; and so on in the cycle. */
  @Test
  void imageAxesFollowTheCycle() {
    CutoutBuilder cutout = new CutoutBuilder(2);
    cutout.places()[1][0] += 70; // 100 kpc
    cutout.places()[1][1] += 140;
    cutout.places()[1][2] += 210;
    project(cutout.write(folder.resolve("axes.hdf5")), "out", options(new SkyGrid(9, 100), 1));
    assertEquals(List.of(40, 4 + 2 + 9 * 7), bright(image("out", "axes_x")));
    assertEquals(List.of(40, 4 + 3 + 9 * 5), bright(image("out", "axes_y")));
    assertEquals(List.of(40, 4 + 1 + 9 * 6), bright(image("out", "axes_z")));
  }

  private static List<Integer> bright(Image image) {
    return IntStream.range(0, 81).filter(k -> image.pixels()[k] > 0).boxed().toList();
  }

  @Test
  void manyCutoutsMakeOneDataset() {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      CutoutBuilder cutout = new CutoutBuilder(3);
      cutout.gas.put("Density", CutoutBuilder.filled(3, 1e-5 * Math.pow(10, i - 1)));
      files.add(cutout.write(folder.resolve("halo " + i + ".h5")));
    }
    List<String> ticks = new ArrayList<>();
    TngProjector.run(
        files,
        folder.resolve("out"),
        options(new SkyGrid(8, 100), 2),
        (done, total) -> ticks.add(done + "/" + total));
    assertEquals(List.of("1/3", "2/3", "3/3"), ticks);
    List<CatalogEntry> entries = Catalog.read(folder.resolve("out")).entries();
    assertEquals(9, entries.size());
    assertEquals("halo_2", entries.get(8).clusterId());
    assertEquals("images/halo_2_z.fits", entries.get(8).file());
    double dense = entries.get(8).tCoolGyr().getAsDouble();
    assertEquals(100, entries.get(0).tCoolGyr().getAsDouble() / dense, 1e-9);
  }
}
