package org.clusternet.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.clusternet.data.CoreType;
import org.clusternet.data.io.AtomicFile;
import org.clusternet.data.io.CsvFile;
import org.clusternet.inference.Box;
import org.clusternet.metrics.ClassScores;
import org.clusternet.metrics.Estimate;
import org.clusternet.run.Json;
import org.clusternet.run.RunPredictions;

/**
 * The files of an experiment's results, each of which appears whole or not at all: {@code
 * predictions.csv}, a row an image, network and seed; {@code results.csv}, a row a figure; {@code
 * results.md} for people; and last {@code results.json}.
 */
final class ResultFiles {
  private static final List<String> PREDICTIONS =
      List.of(
          "row",
          "seed",
          "fold",
          "cluster_id",
          "projection",
          "file",
          "label",
          "class",
          "p_cc",
          "p_wcc",
          "p_ncc",
          "x_min",
          "y_min",
          "x_max",
          "y_max");
  private static final List<String> FIGURES =
      List.of("row", "seed", "unit", "figure", "value", "low", "high", "paper");

  private final Path out;

  /** Files in a folder that is there. */
  ResultFiles(Path out) {
    this.out = out;
  }

  /** Writes all of them. */
  void write(Results results, List<FoldResult> folds) {
    writePredictions(folds);
    CsvFile.write(out.resolve("results.csv"), FIGURES, figures(results));
    AtomicFile.writeText(out.resolve("results.md"), new Markdown(results).document());
    AtomicFile.writeText(out.resolve(Results.FILE_NAME), Json.write(results));
  }

  private void writePredictions(List<FoldResult> folds) {
    List<List<String>> rows = new ArrayList<>();
    for (FoldResult fold : folds) {
      for (RunPredictions.Row row : fold.testRows()) {
        List<String> cells =
            new ArrayList<>(
                List.of(
                    fold.job().arm().name(),
                    Long.toString(fold.job().seed()),
                    Integer.toString(fold.job().fold()),
                    row.cluster(),
                    row.projection(),
                    row.file(),
                    row.label().name(),
                    row.prediction().coreType().name()));
        row.prediction().probabilities().forEach(p -> cells.add(Float.toString(p.floatValue())));
        cells.addAll(row.prediction().box().map(ResultFiles::corners).orElse(NO_BOX));
        rows.add(cells);
      }
    }
    CsvFile.write(out.resolve("predictions.csv"), PREDICTIONS, rows);
  }

  private static final List<String> NO_BOX = List.of("", "", "", "");

  private static List<String> corners(Box box) {
    return List.of(
        Integer.toString(box.xMin()),
        Integer.toString(box.yMin()),
        Integer.toString(box.xMax()),
        Integer.toString(box.yMax()));
  }

  private static List<List<String>> figures(Results results) {
    List<List<String>> lines = new ArrayList<>();
    for (Results.Row row : results.rows()) {
      for (Results.Repeat repeat : row.repeats()) {
        add(lines, row, repeat.seed(), "image", repeat.images());
        add(lines, row, repeat.seed(), "cluster", repeat.clusters());
        Lines plain = new Lines(lines, row.name(), repeat.seed(), "image");
        plain.add("ece_before", repeat.calibration().before().ece());
        plain.add("ece_after", repeat.calibration().after().ece());
        plain.add("nll_before", repeat.calibration().before().negativeLogLikelihood());
        plain.add("nll_after", repeat.calibration().after().negativeLogLikelihood());
        plain.add("brier_before", repeat.calibration().before().brier());
        plain.add("brier_after", repeat.calibration().after().brier());
      }
    }
    return lines;
  }

  private static void add(
      List<List<String>> lines, Results.Row row, long seed, String unit, Results.Sample sample) {
    Lines of = new Lines(lines, row.name(), seed, unit);
    Results.Paper paper = row.paper();
    of.add("macro_f1", sample.macroF1(), paper == null ? null : paper.macroF1());
    of.add("accuracy", sample.accuracy(), null);
    of.add("balanced_accuracy", sample.balancedAccuracy(), null);
    for (CoreType type : CoreType.values()) {
      String key = "_" + Labels.key(type);
      Results.ClassEstimates ours = sample.classes().get(type.name());
      ClassScores theirs =
          paper == null || paper.classes() == null ? null : paper.classes().get(type.name());
      of.add("precision" + key, ours.precision(), theirs == null ? null : theirs.precision());
      of.add("recall" + key, ours.recall(), theirs == null ? null : theirs.recall());
      of.add("f1" + key, ours.f1(), theirs == null ? null : theirs.f1());
      for (CoreType predicted : CoreType.values()) {
        of.add(
            "confusion" + key + "_" + Labels.key(predicted),
            sample.rowNormalised().get(type.index()).get(predicted.index()),
            null);
      }
    }
  }

  /** Lines of results.csv that begin alike. */
  private record Lines(List<List<String>> lines, String row, long seed, String unit) {

    void add(String figure, Estimate estimate, Double paper) {
      lines.add(
          List.of(
              row,
              Long.toString(seed),
              unit,
              figure,
              number(estimate.value()),
              number(estimate.low()),
              number(estimate.high()),
              paper == null ? "" : Double.toString(paper)));
    }

    void add(String figure, double value) {
      lines.add(List.of(row, Long.toString(seed), unit, figure, number(value), "", "", ""));
    }

    private static String number(double value) {
      return String.format(Locale.ROOT, "%.6f", value);
    }
  }
}
