package org.clusternet.data.accept;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.SharedData;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.dataset.Catalog;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.Image;
import org.clusternet.data.projection.Ellipse;
import org.clusternet.data.projection.SkyGrid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceptImporterTest {
  private static final SkyGrid GRID = new SkyGrid(32, 8);

  @TempDir Path folder;

  private static AcceptCatalog.Entry entry(Map<String, AcceptCatalog.Entry> found, String name) {
    return Objects.requireNonNull(found.get(name), name);
  }

  private static AcceptImporter.Options options(@Nullable Path catalog) {
    return new AcceptImporter.Options(GRID, Optional.ofNullable(catalog), 2);
  }

  private Path table() throws IOException {
    List<String> lines = AcceptTables.cluster("ABELL_0001", 12, 0.05, 0.3);
    lines.addAll(AcceptTables.cluster("B/2 odd", 12, 0.01, 3));
    lines.addAll(AcceptTables.cluster("RX_J0439+0520", 12, 0.005, 20));
    return AcceptTables.write(folder, lines);
  }

  @Test
  void writesADatasetThatReadsBack() throws IOException {
    List<String> lines = AcceptTables.cluster("ABELL_0001", 12, 0.05, 0.3);
    lines.addAll(AcceptTables.cluster("B/2", 12, 0.01, 3));
    Path table = AcceptTables.write(folder, lines);
    Path out = folder.resolve("new/dataset");
    List<Integer> seen = new ArrayList<>();
    AcceptImporter.Result result =
        AcceptImporter.run(table, out, options(null), (done, total) -> seen.add(10 * total + done));
    assertEquals(List.of(21, 22), seen);
    assertEquals(List.of(), result.problems());
    List<CatalogEntry> entries = Catalog.read(out).entries();
    assertEquals(result.entries(), entries);
    assertEquals("images/B_2.fits", entries.get(1).file());
    assertEquals("los", entries.get(0).projection());
    assertEquals(CoreType.CC, entries.get(0).label());
    List<AcceptCluster> clusters = AcceptProfiles.read(table, new ArrayList<>());
    for (int i = 0; i < 2; i++) {
      AcceptCluster cluster = clusters.get(i);
      assertEquals(cluster.name(), entries.get(i).clusterId());
      assertEquals(cluster.centralCoolingTime(), entries.get(i).tCoolGyr().getAsDouble(), 1e-12);
      Image read = FitsFile.read(out.resolve(entries.get(i).file()));
      double[] drawn = GRID.draw(Ellipse.CIRCLE, new ShellEmission(cluster)).pixels();
      for (int k = 0; k < drawn.length; k++) {
        assertEquals(drawn[k], read.pixels()[k], 1e-6 * drawn[k]);
      }
    }
    String header = header(out.resolve(entries.get(0).file()));
    assertTrue(header.contains("BUNIT   = 'erg s-1 cm-2'"), header);
    assertTrue(header.contains("PIXKPC"), header);
    assertTrue(header.contains("CUNIT1  = 'kpc"), header);
  }

  private static String header(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return new String(bytes, 0, Math.min(bytes.length, 5760), StandardCharsets.US_ASCII);
  }

  @Test
  void unusableRowsAreSkippedAndReported() throws IOException {
    // The name with a blank shifts the columns of its lines.
    AcceptImporter.Result result =
        AcceptImporter.run(table(), folder.resolve("out"), options(null), BatchProgress.NONE);
    assertEquals(2, result.entries().size());
    assertEquals(13, result.problems().size());
    assertEquals(
        "B/2: only 0 good shells, need 3; cluster skipped", result.problems().get(12).toString());
  }

  @Test
  void skyPositionsComeFromTheCatalogue() throws IOException {
    Path catalog =
        Files.writeString(
            folder.resolve("catalog.csv"),
            """
            Name,RA,Dec,z,Rin,nelec
            #,deg,deg,,Mpc,cm^-3
            Abell_1,10.5,-3.25,0.1,0.5,1
            RX_J0439.0+0520,69.75,5.345,0.208,0.5,1
            Broken,x,5,0.2,0.1,1
            Far,10,5,-0.2,0.1,1
            """);
    AcceptImporter.Result result =
        AcceptImporter.run(table(), folder.resolve("out"), options(catalog), BatchProgress.NONE);
    String header = header(folder.resolve("out/images/ABELL_0001.fits"));
    assertTrue(header.contains("CTYPE1  = 'RA---TAN'"), header);
    assertTrue(header.contains("CRVAL2  =                -3.25"), header);
    assertTrue(header(folder.resolve("out/images/RX_J0439+0520.fits")).contains("REDSHIFT"));
    List<String> said = result.problems().stream().map(Problem::toString).toList();
    assertTrue(
        said.contains("line 5: Broken: " + catalog + ": RA=x is not a number; row skipped"),
        said::toString);
    assertTrue(
        said.stream().anyMatch(s -> s.startsWith("line 6: Far: ") && s.contains("z=-0.2")),
        said::toString);
  }

  /** Names differ, a shell tells: only the cluster that has it and no name of its own is taken. */
  @Test
  void catalogueIsMatchedByShellWhereNamesDiffer() throws IOException {
    List<String> lines = AcceptTables.cluster("ZWCL_3146", 6, 0.05, 0.3);
    lines.addAll(AcceptTables.cluster("MKW3S", 6, 0.03, 0.3));
    lines.addAll(AcceptTables.cluster("A2", 6, 0.02, 0.3));
    List<AcceptCluster> clusters =
        AcceptProfiles.read(AcceptTables.write(folder, lines), new ArrayList<>());
    // Shell 10 to 20 kpc: n_e = n0 / 1.3.
    Path catalog =
        Files.writeString(
            folder.resolve("catalog.csv"),
            """
            Name,RA,Dec,z,Rin,nelec
            ZwCl_1021.0+0426,155.9,4.2,0.29,1.00E-02,0.038462
            A_2,1,1,0.1,1.00E-02,0.023077
            """);
    List<Problem> problems = new ArrayList<>();
    Map<String, AcceptCatalog.Entry> found = AcceptCatalog.find(catalog, clusters, problems);
    assertEquals("ZwCl_1021.0+0426", entry(found, "ZWCL_3146").name());
    assertEquals("A_2", entry(found, "A2").name());
    assertFalse(found.containsKey("MKW3S"));
    assertEquals(
        List.of("MKW3S: not in " + catalog + "; written without sky position"),
        problems.stream().map(Problem::toString).toList());
  }

  @Test
  void wholeArchiveIsFoundInTheCatalogue() {
    List<AcceptCluster> clusters = AcceptProfilesTest.archive(new ArrayList<>());
    List<Problem> problems = new ArrayList<>();
    Map<String, AcceptCatalog.Entry> found =
        AcceptCatalog.find(
            SharedData.require("data/accept/accept_catalog.csv"), clusters, problems);
    assertEquals(241, found.size());
    assertEquals("ZWCL_7160", problems.get(0).cluster());
    assertEquals(241, found.values().stream().distinct().count());
    assertEquals(0.208, entry(found, "RX_J0439+0520").z());
    assertEquals("Abell_68", entry(found, "ABELL_0068").name());
    assertEquals("ZwCl_1021.0+0426", entry(found, "ZWCL_3146").name());
  }

  @Test
  void oneClusterUnderTwoNamesStaysOneCluster() throws IOException {
    List<String> lines = AcceptTables.cluster("MS_1455.0+2232", 6, 0.05, 0.3);
    lines.addAll(AcceptTables.cluster("ZWCL_7160", 6, 0.04, 0.3));
    AcceptImporter.run(
        AcceptTables.write(folder, lines),
        folder.resolve("out"),
        options(null),
        BatchProgress.NONE);
    List<CatalogEntry> entries = Catalog.read(folder.resolve("out")).entries();
    assertEquals(
        List.of("MS_1455.0+2232", "MS_1455.0+2232"),
        entries.stream().map(CatalogEntry::clusterId).toList());
    assertEquals(
        List.of("los", "los-ZWCL_7160"), entries.stream().map(CatalogEntry::projection).toList());
  }

  @Test
  void namesThatDifferInUnsafeCharactersGetDifferentFiles() throws IOException {
    List<String> lines = AcceptTables.cluster("A/1", 4, 0.05, 0.3);
    lines.addAll(AcceptTables.cluster("A:1", 4, 0.05, 0.3));
    lines.addAll(AcceptTables.cluster("a_1", 4, 0.05, 0.3));
    AcceptImporter.run(
        AcceptTables.write(folder, lines),
        folder.resolve("out"),
        options(null),
        BatchProgress.NONE);
    assertEquals(
        List.of("images/A_1.fits", "images/A_1-2.fits", "images/a_1-3.fits"),
        Catalog.read(folder.resolve("out")).entries().stream().map(CatalogEntry::file).toList());
  }

  @Test
  void bytesDoNotDependOnThreads() throws IOException {
    Path table = table();
    for (int threads : new int[] {1, 3}) {
      AcceptImporter.run(
          table,
          folder.resolve("t" + threads),
          new AcceptImporter.Options(GRID, Optional.empty(), threads),
          BatchProgress.NONE);
    }
    try (Stream<Path> files = Files.walk(folder.resolve("t1"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path twin = folder.resolve("t3").resolve(folder.resolve("t1").relativize(file));
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(twin), file.toString());
      }
    }
  }

  @Test
  void refusesToOverwriteAnExistingFolder() throws IOException {
    Path table = table();
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.writeString(out.resolve("mine.txt"), "mine");
    String message =
        assertThrows(
                DataException.class,
                () -> AcceptImporter.run(table, out, options(null), BatchProgress.NONE))
            .getMessage();
    assertEquals(out + ": is not empty; name a new folder or remove this one", message);
    assertEquals("mine", Files.readString(out.resolve("mine.txt")));
  }

  @Test
  void failureLeavesNoFilesBehind() throws IOException {
    Path table = table();
    Path out = folder.resolve("out");
    assertThrows(
        IllegalStateException.class,
        () ->
            AcceptImporter.run(
                table,
                out,
                options(null),
                (done, total) -> {
                  throw new IllegalStateException("stop");
                }));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(table), left.toList());
    }
  }
}
