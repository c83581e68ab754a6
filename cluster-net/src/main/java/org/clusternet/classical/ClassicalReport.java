package org.clusternet.classical;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.clusternet.data.CoreType;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.fold.Folds;
import org.clusternet.data.io.AtomicFile;
import org.clusternet.data.io.CsvFile;
import org.clusternet.metrics.ClassScores;
import org.clusternet.metrics.ConfusionMatrix;
import org.clusternet.text.Json;
import org.jspecify.annotations.Nullable;

/**
 * The scores of cross-validated classical classifiers, as a table for people and as files: {@code
 * classical.csv} and {@code classical.json} (scores), {@code predictions.csv}, {@code measures.csv}
 * and {@code splits.csv} (the folds, which {@code train --splits} takes).
 *
 * @param table the measures of all images
 * @param folds the division of the clusters
 * @param seed seed of the folds, absent for folds from a file
 * @param results one per classifier
 */
public record ClassicalReport(
    MeasureTable table, Folds folds, @Nullable Long seed, List<CrossValidation> results) {
  private static final List<String> IMAGE = List.of("cluster_id", "projection", "file");

  /** The content of {@code classical.json}. */
  private record Summary(
      int images,
      int clusters,
      int folds,
      @Nullable Long seed,
      List<String> notes,
      Map<String, Row> classifiers) {}

  /** A classifier in it; the confusion matrix has labels in rows. */
  private record Row(
      double macroF1,
      double balancedAccuracy,
      double accuracy,
      Map<String, ClassScores> classes,
      int[][] confusionMatrix,
      List<String> models) {}

  /**
   * Runs all classifiers over all folds.
   *
   * @param classifiers on the images that the folds were made from
   * @param folds the division
   * @param seed seed of the folds, absent for folds from a file
   * @return the report
   */
  public static ClassicalReport of(
      ClassicalClassifiers classifiers, Folds folds, @Nullable Long seed) {
    List<CrossValidation> results =
        classifiers.names().stream()
            .map(name -> CrossValidation.run(classifiers, name, folds))
            .toList();
    return new ClassicalReport(classifiers.table(), folds, seed, results);
  }

  /**
   * The scores as text.
   *
   * @return lines, each with a line break
   */
  public String draw() {
    Formatter text = new Formatter(Locale.ROOT);
    text.format("%-16s %8s %8s", "classifier", "macro F1", "bal.acc.");
    for (CoreType type : CoreType.values()) {
      text.format("  %-14s", type + " P / R / F1");
    }
    text.format("\n");
    for (CrossValidation result : results) {
      ConfusionMatrix matrix = result.confusion();
      text.format("%-16s %8.3f %8.3f", result.name(), matrix.macroF1(), matrix.balancedAccuracy());
      for (CoreType type : CoreType.values()) {
        ClassScores s = matrix.scores(type);
        text.format("  %.2f %.2f %.2f", s.precision(), s.recall(), s.f1());
      }
      text.format("\n");
    }
    text.format("confusion: rows labels, columns predictions, both CC, WCC, NCC\n");
    for (CrossValidation result : results) {
      text.format("%-16s %s\n", result.name(), result.confusion());
    }
    return text.toString();
  }

  /**
   * Writes the files.
   *
   * @param folder an existing folder
   * @throws org.clusternet.data.DataException if one cannot be written
   */
  public void write(Path folder) {
    writeScores(folder.resolve("classical.csv"));
    AtomicFile.writeText(folder.resolve("classical.json"), Json.write(summary()));
    writePredictions(folder.resolve("predictions.csv"));
    writeMeasures(folder.resolve("measures.csv"));
    folds.write(folder.resolve("splits.csv"));
  }

  private Summary summary() {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (CrossValidation result : results) {
      ConfusionMatrix matrix = result.confusion();
      Map<String, ClassScores> classes = new LinkedHashMap<>();
      for (CoreType type : CoreType.values()) {
        classes.put(type.name(), matrix.scores(type));
      }
      rows.put(
          result.name(),
          new Row(
              matrix.macroF1(),
              matrix.balancedAccuracy(),
              matrix.accuracy(),
              classes,
              matrix.counts(),
              result.models()));
    }
    return new Summary(
        table.size(), folds.foldOfCluster().size(), folds.count(), seed, table.notes(), rows);
  }

  private void writeScores(Path file) {
    List<String> columns =
        new ArrayList<>(List.of("classifier", "macro_f1", "balanced_accuracy", "accuracy"));
    for (CoreType type : CoreType.values()) {
      String name = type.name().toLowerCase(Locale.ROOT);
      columns.addAll(List.of(name + "_precision", name + "_recall", name + "_f1"));
    }
    for (CoreType label : CoreType.values()) {
      for (CoreType predicted : CoreType.values()) {
        columns.add((label.name() + "_as_" + predicted.name()).toLowerCase(Locale.ROOT));
      }
    }
    List<List<String>> rows = new ArrayList<>();
    for (CrossValidation result : results) {
      ConfusionMatrix matrix = result.confusion();
      List<String> row = new ArrayList<>(List.of(result.name()));
      addAll(row, matrix.macroF1(), matrix.balancedAccuracy(), matrix.accuracy());
      for (CoreType type : CoreType.values()) {
        ClassScores s = matrix.scores(type);
        addAll(row, s.precision(), s.recall(), s.f1());
      }
      for (int[] line : matrix.counts()) {
        for (int count : line) {
          row.add(Integer.toString(count));
        }
      }
      rows.add(row);
    }
    CsvFile.write(file, columns, rows);
  }

  private void writePredictions(Path file) {
    List<String> columns = new ArrayList<>(IMAGE);
    columns.addAll(List.of("fold", "label"));
    results.forEach(r -> columns.add(r.name()));
    columns.addAll(List.of("p_cc", "p_wcc", "p_ncc"));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      CatalogEntry entry = table.entries().get(i);
      List<String> row = image(entry);
      row.add(String.valueOf(folds.foldOfCluster().get(entry.clusterId())));
      row.add(entry.label().name());
      for (CrossValidation result : results) {
        row.add(result.predictions().get(i).name());
      }
      for (CrossValidation result : results) {
        if (result.probabilities().isPresent()) {
          addAll(row, result.probabilities().get().get(i));
        }
      }
      rows.add(row);
    }
    CsvFile.write(file, columns, rows);
  }

  private void writeMeasures(Path file) {
    List<String> columns = new ArrayList<>(IMAGE);
    columns.add("label");
    table.measures().forEach(m -> columns.add(m.toString()));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      CatalogEntry entry = table.entries().get(i);
      List<String> row = image(entry);
      row.add(entry.label().name());
      for (double value : table.values()[i]) {
        row.add(Double.isNaN(value) ? "" : Double.toString(value));
      }
      rows.add(row);
    }
    CsvFile.write(file, columns, rows);
  }

  private static List<String> image(CatalogEntry entry) {
    return new ArrayList<>(List.of(entry.clusterId(), entry.projection(), entry.file()));
  }

  private static void addAll(List<String> row, double... values) {
    for (double value : values) {
      row.add(String.format(Locale.ROOT, "%.6f", value));
    }
  }
}
