package org.clusternet.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.clusternet.data.CoreType;
import org.clusternet.data.io.AtomicFile;
import org.clusternet.data.io.CsvFile;
import org.clusternet.engine.region.Box;
import org.clusternet.metrics.ClassScores;
import org.clusternet.metrics.Estimate;
import org.clusternet.metrics.Reliability;
import org.clusternet.run.RunPredictions;
import org.clusternet.text.Json;
import org.jspecify.annotations.Nullable;

/**
 * The files of an experiment's results, each of which appears whole or not at all: {@code
 * predictions.csv}, one row per image, network and seed; {@code results.csv}, one row per figure;
 * {@code results.md} for people; and last {@code results.json}.
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

  private static final List<String> NO_BOX = List.of("", "", "", "");

  private final Path out;

  /** Files in a folder that is there. */
  ResultFiles(Path out) {
    this.out = out;
  }

  /** Writes all of them. */
  void write(Results results, List<Analysis.ScoredRow> scored) {
    writePredictions(scored);
    CsvFile.write(out.resolve("results.csv"), FIGURES, figures(results));
    AtomicFile.writeText(out.resolve("results.md"), new Markdown(results).document());
    AtomicFile.writeText(out.resolve(Results.FILE_NAME), Json.write(results));
  }

  private void writePredictions(List<Analysis.ScoredRow> scored) {
    List<List<String>> lines = new ArrayList<>();
    for (Analysis.ScoredRow row : scored) {
      for (Pool pool : row.pools()) {
        for (Pool.Part part : pool.folds()) {
          part.rows()
              .forEach(
                  image ->
                      lines.add(line(row.row().name(), pool.seed(), part.summary().fold(), image)));
        }
      }
    }
    CsvFile.write(out.resolve("predictions.csv"), PREDICTIONS, lines);
  }

  private static List<String> line(String row, long seed, int fold, RunPredictions.Row image) {
    List<String> cells =
        new ArrayList<>(
            List.of(
                row,
                Long.toString(seed),
                Integer.toString(fold),
                image.cluster(),
                image.projection(),
                image.file(),
                image.label().name(),
                image.prediction().coreType().name()));
    image.prediction().probabilities().forEach(p -> cells.add(Float.toString(p.floatValue())));
    cells.addAll(image.prediction().box().map(ResultFiles::corners).orElse(NO_BOX));
    return cells;
  }

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
        if (repeat.calibration() != null) {
          Lines plain = new Lines(lines, row.name(), repeat.seed(), "image");
          plain.add("before", repeat.calibration().before());
          plain.add("after", repeat.calibration().after());
        }
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
      Results.ClassEstimates ours = sample.of(type);
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

    void add(String figure, Estimate estimate, @Nullable Double paper) {
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

    void add(String when, Reliability reliability) {
      plain("ece_" + when, reliability.ece());
      plain("nll_" + when, reliability.negativeLogLikelihood());
      plain("brier_" + when, reliability.brier());
    }

    private void plain(String figure, double value) {
      lines.add(List.of(row, Long.toString(seed), unit, figure, number(value), "", "", ""));
    }

    private static String number(double value) {
      return String.format(Locale.ROOT, "%.6f", value);
    }
  }
}
