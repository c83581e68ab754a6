package org.clusternet.classical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.clusternet.cli.Checkout;
import org.clusternet.data.CoreType;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.fold.Folds;
import org.clusternet.metrics.ConfusionMatrix;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The published measures of the 352 haloes of TNG-Cluster (Nelson et al. 2024; Lehle et al. 2024):
 * what cuts in them reach is known.
 */
class TngClusterTest {
  private static final int HALOES = 352;
  private final List<CatalogEntry> entries = new ArrayList<>();
  private final List<double[]> rows = new ArrayList<>();

  /** Columns: id, log M500c, r500c, t_cool, K, log n_e, slope, C_phys, C_scaled, log offset. */
  private MeasureTable table() throws IOException {
    String name = "data/tng-cluster/tng_cluster_core_subset.txt";
    Path file = Checkout.root().resolveSibling("shared").resolve(name);
    Assumptions.assumeTrue(
        Files.exists(file), () -> "shared/" + name + " is absent beside the repository");
    for (String line : Files.readAllLines(file)) {
      if (!line.startsWith("#")) {
        String[] cells = line.strip().split("\\s+");
        double[] v =
            IntStream.range(0, 10).mapToDouble(i -> Double.parseDouble(cells[i])).toArray();
        entries.add(new CatalogEntry(cells[0], "x", cells[0], OptionalDouble.of(v[3]), null));
        rows.add(new double[] {v[7], v[8], Math.pow(10, v[5]), v[6], Math.pow(10, v[9])});
      }
    }
    assertEquals(HALOES, rows.size());
    return new MeasureTable(
        entries, List.of(Measure.values()), rows.toArray(double[][]::new), List.of());
  }

  @Test
  void twoThresholdsInSampleReachThePublishedScores() throws IOException {
    MeasureTable table = table();
    ClassicalClassifiers classifiers = new ClassicalClassifiers(table);
    List<Integer> all = IntStream.range(0, table.size()).boxed().toList();
    List<CoreType> labels = entries.stream().map(CatalogEntry::label).toList();
    assertEquals(0.83, f1(labels, classifiers.predict("c_phys", all, all)), 0.005);
    assertEquals(0.81, f1(labels, classifiers.predict("c_scaled", all, all)), 0.005);
  }

  @Test
  void crossValidatedScoresAreSlightlyLowerAndHighestForAllMeasuresTogether() throws IOException {
    MeasureTable table = table();
    ClassicalClassifiers classifiers = new ClassicalClassifiers(table);
    Folds folds = Folds.stratified(table.entries(), 10, 0);
    double single = CrossValidation.run(classifiers, "c_phys", folds).confusion().macroF1();
    assertTrue(single > 0.75 && single < 0.83, "c_phys=" + single);
    double joint = CrossValidation.run(classifiers, "logistic", folds).confusion().macroF1();
    assertTrue(joint > single, "logistic=" + joint + " c_phys=" + single);
  }

  private static double f1(List<CoreType> labels, List<CoreType> predictions) {
    return ConfusionMatrix.of(labels, predictions).macroF1();
  }
}
