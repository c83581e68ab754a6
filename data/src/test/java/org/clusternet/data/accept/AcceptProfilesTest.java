package org.clusternet.data.accept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.SharedData;
import org.clusternet.data.physics.Plasma;
import org.clusternet.data.physics.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptProfilesTest {
  @TempDir Path folder;

  @Test
  void readsShellsFromTheCentreOutwards() throws IOException {
    List<Problem> problems = new ArrayList<>();
    List<AcceptCluster> clusters =
        AcceptProfiles.read(
            AcceptTables.write(folder, AcceptTables.cluster("A1", 6, 0.05, 0.5)), problems);
    assertEquals(List.of(), problems);
    assertEquals(1, clusters.size());
    AcceptShell second = clusters.get(0).shells().get(1);
    assertEquals(10, second.inner(), 1e-9);
    assertEquals(20, second.outer(), 1e-9);
    assertEquals(0.05 / 1.3, second.electronDensity(), 1e-5);
    assertEquals(4, second.kT(), 1e-9);
    assertEquals(1.8e-23, second.lambda(), 1e-30);
    assertEquals(1, second.coolingTime(), 1e-9);
  }

  /** Column (from 0), what it holds, what is said of it. */
  @ParameterizedTest
  @CsvSource({
    "3, nan, nelec=nan is not a number",
    "3, NaN, nelec=NaN is not a number",
    "3, -1e-3, nelec=-1e-3 is outside 1.0E-9 to 1000.0",
    "3, 0, nelec=0 is outside 1.0E-9 to 1000.0",
    "3, abc, nelec=abc is not a number",
    "13, Infinity, Tx=Infinity is outside 0.001 to 1000.0",
    "13, -0.17, Tx=-0.17 is outside 0.001 to 1000.0",
    "15, --, Lambda=-- is not a number",
    "18, 0, tcool3/2=0 is outside 1.0E-6 to 1.0E9",
    "1, -0.01, Rin=-0.01 is outside 0.0 to 100.0",
    "2, 0.02, Rin=2.00000e-02 is not below Rout=0.02",
    "2, 0.001, Rin=2.00000e-02 is not below Rout=0.001",
    "2, 1e9, Rout=1e9 is outside 0.0 to 100.0"
  })
  void badValuesAreReportedAndSkipped(int column, String value, String reason) throws IOException {
    List<String> lines = AcceptTables.cluster("A1", 5, 0.05, 0.5);
    String[] third = lines.get(2).split(" ");
    third[column] = value;
    lines.set(2, String.join(" ", third));
    List<Problem> problems = new ArrayList<>();
    List<AcceptCluster> clusters = AcceptProfiles.read(AcceptTables.write(folder, lines), problems);
    assertEquals(4, clusters.get(0).shells().size());
    assertEquals(1, problems.size());
    // Two lines of header come first.
    assertEquals("line 5: A1: " + reason + "; line skipped", problems.get(0).toString());
  }

  @Test
  void wrongNumberOfColumnsIsReported() throws IOException {
    List<String> lines = AcceptTables.cluster("A1", 5, 0.05, 0.5);
    lines.set(0, lines.get(0) + " 7");
    lines.set(1, "A1");
    List<Problem> problems = new ArrayList<>();
    assertEquals(
        3, AcceptProfiles.read(AcceptTables.write(folder, lines), problems).get(0).shells().size());
    assertEquals("line 3: A1: columns=21, need 20; line skipped", problems.get(0).toString());
    assertEquals("line 4: A1: columns=1, need 20; line skipped", problems.get(1).toString());
  }

  @Test
  void overlappingShellIsReported() throws IOException {
    List<String> lines = AcceptTables.cluster("A1", 5, 0.05, 0.5);
    lines.add(AcceptTables.line("A1", 0.012, 0.03, 1e-3, 4, 1.8e-23, 1));
    List<Problem> problems = new ArrayList<>();
    assertEquals(
        5, AcceptProfiles.read(AcceptTables.write(folder, lines), problems).get(0).shells().size());
    assertEquals(1, problems.size());
    assertEquals(8, problems.get(0).line());
    assertTrue(problems.get(0).reason().contains("lies within a shell that ends at 20"));
  }

  @Test
  void clusterOfTooFewShellsIsSkipped() throws IOException {
    List<String> lines = AcceptTables.cluster("A1", 2, 0.05, 0.5);
    lines.addAll(AcceptTables.cluster("A2", 3, 0.05, 0.5));
    List<Problem> problems = new ArrayList<>();
    List<AcceptCluster> clusters = AcceptProfiles.read(AcceptTables.write(folder, lines), problems);
    assertEquals(List.of("A2"), clusters.stream().map(AcceptCluster::name).toList());
    assertEquals("A1: only 2 good shells, need 3; cluster skipped", problems.get(0).toString());
  }

  @Test
  void fileWithoutAnyClusterIsAnError() throws IOException {
    Path file = AcceptTables.write(folder, List.of("a,b,c", "1,2,3"));
    String message =
        assertThrows(DataException.class, () -> AcceptProfiles.read(file, new ArrayList<>()))
            .getMessage();
    assertEquals(
        file
            + ": no cluster with 3 good shells (first problem: line 3: a,b,c: columns=1, need 20;"
            + " line skipped); give ACCEPT's main table of profiles, 20 columns a line",
        message);
    Path empty = Files.writeString(folder.resolve("empty.txt"), "");
    assertThrows(DataException.class, () -> AcceptProfiles.read(empty, new ArrayList<>()));
  }

  @Test
  void unreadableFilesAreErrors() throws IOException {
    Path missing = folder.resolve("none.txt");
    assertEquals(
        missing + ": no such file; name ACCEPT's main table of profiles",
        assertThrows(DataException.class, () -> AcceptProfiles.read(missing, new ArrayList<>()))
            .getMessage());
    Path binary = Files.write(folder.resolve("bin"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertTrue(
        assertThrows(DataException.class, () -> AcceptProfiles.read(binary, new ArrayList<>()))
            .getMessage()
            .contains("is not text in UTF-8"));
    assertThrows(DataException.class, () -> AcceptProfiles.read(folder, new ArrayList<>()));
  }

  /** ACCEPT's tcool3/2 is (3/2) n kT / (n_e n_H Lambda) with its own Lambda, in every shell. */
  @Test
  void coolingTimeAgreesWithTheArchive() {
    double[] ratios =
        ratios(s -> Plasma.coolingTime(s.electronDensity(), s.kT(), s.lambda()) / s.coolingTime());
    // Constants of fewer digits make the archive's times 0.17 % shorter.
    assertEquals(1.0017, ratios[0], 2e-4);
    assertEquals(1.0017, ratios[ratios.length - 1], 2e-4);
  }

  /** Lambda of each shell's measured abundance against Tozzi and Norman's of 0.3 solar. */
  @Test
  void coolingFunctionAgreesWithTheArchive() {
    double[] ratios = ratios(s -> Plasma.coolingFunction(s.kT()) / s.lambda());
    assertEquals(0.95, ratios[ratios.length / 2], 0.03);
    assertTrue(ratios[ratios.length / 20] > 0.8, "5 %: " + ratios[ratios.length / 20]);
    assertTrue(
        ratios[ratios.length - ratios.length / 20] < 1.15,
        "95 %: " + ratios[ratios.length - ratios.length / 20]);
  }

  private static double[] ratios(ToDoubleFunction<AcceptShell> ratio) {
    double[] ratios =
        archive(new ArrayList<>()).stream()
            .flatMap(cluster -> cluster.shells().stream())
            .mapToDouble(ratio)
            .toArray();
    assertTrue(ratios.length > 11_000);
    Arrays.sort(ratios);
    return ratios;
  }

  /** Columns that the importer does not use: K = kT n_e^-2/3 and P = n_e kT (up to n/n_e). */
  @Test
  void entropyAndPressureAgreeWithTheArchive() throws IOException {
    List<Double> entropies = new ArrayList<>();
    List<Double> pressures = new ArrayList<>();
    for (String line :
        Files.readAllLines(SharedData.require("data/accept/accept_main_table.txt"))) {
      String[] c = line.strip().split("\\s+");
      double ne =
          line.startsWith("#") || c[3].equals("nan") ? Double.NaN : Double.parseDouble(c[3]);
      if (ne > 0 && !c[13].startsWith("-")) {
        double kT = Double.parseDouble(c[13]);
        entropies.add(kT * Math.pow(ne, -2.0 / 3) / Double.parseDouble(c[6]));
        pressures.add(ne * kT * Units.KEV_ERG / Double.parseDouble(c[9]));
      }
    }
    // Kflat and Pflat are of the temperature's own bins, Tx is interpolated to the shells.
    entropies.sort(null);
    pressures.sort(null);
    assertEquals(1, entropies.get(entropies.size() / 2), 0.02);
    assertEquals(1, pressures.get(pressures.size() / 2), 0.05);
  }

  @Test
  void archiveHasThePublishedMix() {
    List<Problem> problems = new ArrayList<>();
    List<AcceptCluster> clusters = archive(problems);
    assertEquals(242, clusters.size());
    // Four densities are "nan", two temperatures negative.
    assertEquals(6, problems.size(), problems::toString);
    Map<CoreType, Integer> counts = new EnumMap<>(CoreType.class);
    for (AcceptCluster cluster : clusters) {
      counts.merge(CoreType.ofCoolingTime(cluster.centralCoolingTime()), 1, Integer::sum);
    }
    assertEquals(27, 100.0 * counts.getOrDefault(CoreType.CC, 0) / 242, 1);
    assertEquals(50, 100.0 * counts.getOrDefault(CoreType.WCC, 0) / 242, 1);
    assertEquals(22, 100.0 * counts.getOrDefault(CoreType.NCC, 0) / 242, 1);
  }

  static List<AcceptCluster> archive(List<Problem> problems) {
    return AcceptProfiles.read(SharedData.require("data/accept/accept_main_table.txt"), problems);
  }
}
