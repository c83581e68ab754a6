package org.clusternet.data.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.dataset.CatalogEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldsTest {
  @TempDir Path folder;

  private static CatalogEntry entry(String cluster, String projection, CoreType label) {
    return new CatalogEntry(
        cluster, projection, cluster + projection, OptionalDouble.empty(), label);
  }

  private static int fold(Folds folds, String cluster) {
    return Objects.requireNonNull(folds.foldOfCluster().get(cluster), cluster);
  }

  /** Clusters of 1 to 3 projections with a class each, in random order. */
  private static List<CatalogEntry> catalog(Random random, int clusters) {
    List<CatalogEntry> entries = new ArrayList<>();
    double cool = random.nextDouble();
    for (int c = 0; c < clusters; c++) {
      CoreType type = CoreType.ofIndex(random.nextDouble() < cool ? 0 : 1 + random.nextInt(2));
      for (int p = 0; p <= random.nextInt(3); p++) {
        entries.add(entry("cluster " + c, "p" + p, type));
      }
    }
    Collections.shuffle(entries, random);
    return entries;
  }

  private static int spread(int[] counts) {
    return Arrays.stream(counts).max().orElseThrow() - Arrays.stream(counts).min().orElseThrow();
  }

  @Test
  void foldsAreBalancedForAnyCatalogue() {
    Random random = new Random(1);
    for (int trial = 0; trial < 300; trial++) {
      int k = 3 + random.nextInt(10);
      List<CatalogEntry> entries = catalog(random, k + random.nextInt(120));
      Folds folds = Folds.stratified(entries, k, trial);
      int[] clusters = new int[k];
      int[][] perClass = new int[3][k];
      Set<String> seen = new HashSet<>();
      for (CatalogEntry entry : entries) {
        if (seen.add(entry.clusterId())) {
          int fold = fold(folds, entry.clusterId());
          clusters[fold]++;
          perClass[entry.label().index()][fold]++;
        }
      }
      assertEquals(seen, folds.foldOfCluster().keySet());
      assertTrue(spread(clusters) <= 1, Arrays.toString(clusters));
      for (int[] counts : perClass) {
        assertTrue(spread(counts) <= 1, Arrays.toString(counts));
      }
    }
  }

  @Test
  void everyImageIsTestedOnceAndClustersAreNeverSplit() {
    Random random = new Random(2);
    for (int trial = 0; trial < 60; trial++) {
      int k = 3 + random.nextInt(8);
      List<CatalogEntry> entries = catalog(random, k + random.nextInt(60));
      Folds folds = Folds.stratified(entries, k, trial);
      List<Integer> tested = new ArrayList<>();
      for (int fold = 0; fold < k; fold++) {
        Folds.Split split = folds.split(fold);
        tested.addAll(split.test());
        List<Integer> all = new ArrayList<>(split.train());
        all.addAll(split.validation());
        all.addAll(split.test());
        Collections.sort(all);
        assertEquals(IntStream.range(0, entries.size()).boxed().toList(), all);
        Set<String> train = clusters(entries, split.train());
        Set<String> validation = clusters(entries, split.validation());
        Set<String> test = clusters(entries, split.test());
        assertTrue(Collections.disjoint(train, validation));
        assertTrue(Collections.disjoint(train, test));
        assertTrue(Collections.disjoint(validation, test));
        assertEquals(clusters(entries, folds.split((fold + 1) % k).test()), validation);
      }
      Collections.sort(tested);
      assertEquals(IntStream.range(0, entries.size()).boxed().toList(), tested);
    }
  }

  private static Set<String> clusters(List<CatalogEntry> entries, List<Integer> indices) {
    Set<String> clusters = new HashSet<>();
    indices.forEach(i -> clusters.add(entries.get(i).clusterId()));
    return clusters;
  }

  @Test
  void foldsOfThePapersSampleAreBalanced() {
    List<CatalogEntry> entries = new ArrayList<>();
    for (int c = 0; c < 318; c++) {
      for (String projection : List.of("x", "y", "z")) {
        entries.add(entry("c" + c, projection, CoreType.ofIndex(c % 3)));
      }
    }
    Folds folds = Folds.stratified(entries, Folds.DEFAULT_COUNT, 0);
    Folds.Split split = folds.split(9);
    assertEquals(10, folds.count());
    assertEquals(954, split.train().size() + split.validation().size() + split.test().size());
    assertTrue(Math.abs(split.test().size() - 95.4) < 3);
    assertEquals(folds.split(0).test(), split.validation());
  }

  @Test
  void foldsDependOnTheSeedAndNotOnTheOrderOfRows() {
    Random random = new Random(3);
    List<CatalogEntry> entries = catalog(random, 60);
    Folds folds = Folds.stratified(entries, 10, 42);
    List<CatalogEntry> shuffled = new ArrayList<>(entries);
    Collections.shuffle(shuffled, random);
    assertEquals(folds.foldOfCluster(), Folds.stratified(shuffled, 10, 42).foldOfCluster());
    assertNotEquals(folds.foldOfCluster(), Folds.stratified(entries, 10, 43).foldOfCluster());
  }

  @Test
  void everyFoldIsEquallyLikelyForACluster() {
    List<CatalogEntry> entries = new ArrayList<>();
    for (int c = 0; c < 5; c++) {
      entries.add(entry("c" + c, "x", CoreType.WCC));
    }
    int[] counts = new int[5];
    for (int seed = 0; seed < 5000; seed++) {
      counts[fold(Folds.stratified(entries, 5, seed), "c0")]++;
    }
    for (int count : counts) {
      // Binomial (5000, 1/5): standard deviation 28.
      assertEquals(1000, count, 140);
    }
  }

  @Test
  void theClassOfAClusterIsThatOfMostProjections() {
    List<CatalogEntry> entries = new ArrayList<>();
    for (int c = 0; c < 6; c++) {
      // NCC by two of three votes, listed so that neither the first nor the last label decides.
      entries.add(entry("n" + c, "x", CoreType.NCC));
      entries.add(entry("n" + c, "y", CoreType.CC));
      entries.add(entry("n" + c, "z", CoreType.NCC));
      // A tie: the cooler core.
      entries.add(entry("t" + c, "x", CoreType.NCC));
      entries.add(entry("t" + c, "y", CoreType.CC));
    }
    Folds folds = Folds.stratified(entries, 3, 5);
    for (String kind : List.of("n", "t")) {
      int[] counts = new int[3];
      for (int c = 0; c < 6; c++) {
        counts[fold(folds, kind + c)]++;
      }
      assertEquals(List.of(2, 2, 2), Arrays.stream(counts).boxed().toList());
    }
  }

  @Test
  void tooFewClustersOrFoldsAreRefused() {
    List<CatalogEntry> entries = new ArrayList<>();
    for (int c = 0; c < 7; c++) {
      entries.add(entry("c" + c, "x", CoreType.CC));
      entries.add(entry("c" + c, "y", CoreType.CC));
    }
    assertEquals(
        "folds: clusters=7 are fewer than folds=10; choose at most 7 folds or add clusters",
        assertThrows(DataException.class, () -> Folds.stratified(entries, 10, 0)).getMessage());
    assertEquals(
        "folds: clusters=2 are fewer than folds=3; at least 3 clusters are needed",
        assertThrows(DataException.class, () -> Folds.stratified(entries.subList(0, 4), 3, 0))
            .getMessage());
    assertEquals(
        "folds: folds=2 must be at least 3: one for testing, one for validation, one for training",
        assertThrows(DataException.class, () -> Folds.stratified(entries, 2, 0)).getMessage());
    Folds folds = Folds.stratified(entries, 7, 0);
    assertEquals(
        "folds: fold=7 is not within 0 to 6",
        assertThrows(IllegalArgumentException.class, () -> folds.split(7)).getMessage());
  }

  @Test
  void writtenFoldsReadBackEqual() throws IOException {
    Random random = new Random(8);
    for (int trial = 0; trial < 20; trial++) {
      List<CatalogEntry> entries = catalog(random, 30);
      Folds folds = Folds.stratified(entries, 5, trial);
      Path file = folder.resolve("folds.csv");
      folds.write(file);
      Folds back = Folds.read(file, entries);
      assertEquals(folds.foldOfCluster(), back.foldOfCluster());
      assertEquals(5, back.count());
      for (int fold = 0; fold < 5; fold++) {
        assertEquals(folds.split(fold), back.split(fold));
      }
      assertEquals("cluster_id,fold", Files.readAllLines(file).get(0));
    }
  }

  private String error(String... lines) {
    List<CatalogEntry> entries = new ArrayList<>();
    for (String cluster : List.of("a", "b", "c", "d")) {
      entries.add(entry(cluster, "x", CoreType.CC));
    }
    Path file = folder.resolve("folds.csv");
    try {
      Files.writeString(file, String.join("\n", lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String message =
        assertThrows(DataException.class, () -> Folds.read(file, entries)).getMessage();
    assertTrue(message.startsWith(file + ":"), message);
    return message.substring((file + ":").length());
  }

  @Test
  void invalidFoldFilesAreRefused() {
    String header = "cluster_id,fold";
    assertEquals(
        "4: cluster_id=a is in two folds, 0 and 2; a cluster in both training and test would leak:"
            + " keep one row",
        error(header, "a,0", "b,1", "a,2", "c,2", "d,0"));
    assertEquals("3: cluster_id=a is listed twice; remove one row", error(header, "a,0", "a,0"));
    assertEquals(
        " clusters of the catalogue without a fold=1 (d), clusters that the catalogue does not"
            + " have=2 (y, z); make new folds for this catalogue",
        error(header, "a,0", "b,1", "c,2", "z,0", "y,1"));
    assertEquals(
        " fold=1 of 0 to 2 is empty; number the folds without gaps",
        error(header, "a,0", "b,2", "c,2", "d,0"));
    assertEquals(
        " folds=2 must be at least 3: one for testing, one for validation, one for training",
        error(header, "a,0", "b,1", "c,0", "d,1"));
    assertEquals("2: fold=one is not a whole number; folds count from 0", error(header, "a,one"));
    assertEquals("2: fold=-1 is negative; folds count from 0", error(header, "a,-1"));
    assertEquals("1: missing column=fold; the header has cluster_id", error("cluster_id", "a"));
  }

  @Test
  void hugeFoldNumberIsReportedAsEmptyFold() {
    assertEquals(
        " fold=1 of 0 to 2147483647 is empty; number the folds without gaps",
        error("cluster_id,fold", "a,0", "b,2147483647"));
  }
}
