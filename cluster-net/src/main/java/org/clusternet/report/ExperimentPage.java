package org.clusternet.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.clusternet.data.CoreType;
import org.clusternet.data.io.AtomicFile;
import org.clusternet.experiment.Labels;
import org.clusternet.experiment.Results;
import org.clusternet.metrics.ClassScores;
import org.clusternet.render.Chart;
import org.clusternet.render.MatrixChart;
import org.clusternet.render.Page;
import org.clusternet.render.ReliabilityChart;
import org.clusternet.render.Scale;
import org.clusternet.text.Json;

/**
 * {@code report.html} of a cross-validation or an ablation: the rows beside the paper's, their
 * confusion matrices and reliability, and the tests between them. All figures are those of {@code
 * results.json}, intervals too. The template {@code report/experiment.jte} asks for its parts.
 */
public final class ExperimentPage {
  private final Results results;

  private ExperimentPage(Results results) {
    this.results = results;
  }

  /**
   * Writes the page of an experiment into its folder.
   *
   * @param folder the experiment's folder, with results.json
   * @return the page
   * @throws org.clusternet.data.DataException if there are no results, or it cannot be written
   */
  public static Path write(Path folder) {
    Results results = Results.read(folder.resolve(Results.FILE_NAME));
    Path page = folder.resolve(RunPage.FILE_NAME);
    AtomicFile.writeText(page, Page.html("report/experiment.jte", new ExperimentPage(results)));
    return page;
  }

  String title() {
    return "Experiment " + results.experiment();
  }

  String subtitle() {
    Results.Data data = results.data();
    return "%d images of %d clusters, %d folds, seeds %s"
        .formatted(data.images(), data.clusters(), results.folds(), results.seeds());
  }

  String footer() {
    return "Written by cluster-net %s from results.json. Intervals are bootstrap intervals over clusters, not images."
        .formatted(results.version());
  }

  List<Page.Headline> headline() {
    return results.rows().stream()
        .map(
            row ->
                new Page.Headline(
                    Labels.decimals(first(row).macroF1().value()), "macro F1, " + row.name()))
        .toList();
  }

  private static Results.Sample first(Results.Row row) {
    return row.repeats().get(0).images();
  }

  long firstSeed() {
    return results.rows().get(0).repeats().get(0).seed();
  }

  Chart overviewChart() {
    int n = results.rows().size();
    double[] places = IntStream.range(0, n).mapToDouble(i -> i + 1).toArray();
    double[] low = each(row -> first(row).macroF1().low());
    double[] paper = each(row -> row.paper() == null ? Double.NaN : row.paper().macroF1());
    double least =
        DoubleStream.concat(Arrays.stream(low), Arrays.stream(paper))
            .filter(Double::isFinite)
            .min()
            .orElse(0);
    return new Chart("Macro F1 of the rows", "Macro F1 with its interval, and the paper's.")
        .x("row of the table", Scale.integers(1, n))
        .y("macro F1", Scale.linear(Math.max(0, Math.floor(least * 10) / 10 - 0.05), 1))
        .ranges(
            "ours",
            places,
            each(row -> first(row).macroF1().value()),
            low,
            each(row -> first(row).macroF1().high()))
        .points("paper", places, paper);
  }

  private double[] each(ToDoubleFunction<Results.Row> figure) {
    return results.rows().stream().mapToDouble(figure).toArray();
  }

  Page.Table overview() {
    boolean several = results.seeds().size() > 1;
    List<String> columns =
        new ArrayList<>(
            List.of(
                "row",
                "macro F1",
                "paper",
                "accuracy",
                "balanced accuracy",
                "macro F1 of clusters"));
    if (several) {
      columns.add("mean over seeds");
    }
    List<List<String>> rows = new ArrayList<>();
    for (Results.Row row : results.rows()) {
      List<String> cells =
          new ArrayList<>(
              List.of(
                  (rows.size() + 1) + " " + row.name(),
                  Labels.of(first(row).macroF1()),
                  row.paper() == null ? Labels.NONE : Labels.decimals(row.paper().macroF1()),
                  Labels.of(first(row).accuracy()),
                  Labels.of(first(row).balancedAccuracy()),
                  Labels.of(row.repeats().get(0).clusters().macroF1())));
      if (several) {
        cells.add(spread(row));
      }
      rows.add(cells);
    }
    return new Page.Table(columns, rows);
  }

  private static String spread(Results.Row row) {
    Results.Spread spread = row.spread() == null ? null : row.spread().get("macro_f1");
    return spread == null
        ? Labels.NONE
        : Labels.decimals(spread.mean()) + " \u00b1 " + Labels.decimals(spread.standardDeviation());
  }

  Page.Table classes() {
    List<List<String>> rows = new ArrayList<>();
    for (Results.Row row : results.rows()) {
      for (CoreType type : CoreType.values()) {
        Results.ClassEstimates ours = Objects.requireNonNull(first(row).classes().get(type.name()));
        ClassScores theirs =
            row.paper() == null || row.paper().classes() == null
                ? null
                : row.paper().classes().get(type.name());
        rows.add(
            List.of(
                row.name() + " " + type,
                Labels.of(ours.precision()),
                Labels.paper(theirs, ClassScores::precision),
                Labels.of(ours.recall()),
                Labels.paper(theirs, ClassScores::recall),
                Labels.of(ours.f1()),
                Labels.paper(theirs, ClassScores::f1),
                Integer.toString(ours.support())));
      }
    }
    return new Page.Table(
        List.of("row", "precision", "paper", "recall", "paper", "F1", "paper", "images"), rows);
  }

  List<MatrixChart> matrices() {
    return results.rows().stream()
        .map(row -> new MatrixChart(row.name(), RunFiles.classes(), first(row).confusionMatrix()))
        .toList();
  }

  List<ReliabilityChart> reliability() {
    List<ReliabilityChart> charts = new ArrayList<>();
    for (Results.Row row : results.rows()) {
      Results.Calibration found = row.repeats().get(0).calibration();
      if (found != null) {
        charts.add(new ReliabilityChart(row.name() + ", as it is", found.before()));
        charts.add(new ReliabilityChart(row.name() + ", temperature fitted", found.after()));
      }
    }
    return charts;
  }

  Page.Table calibration() {
    List<List<String>> rows = new ArrayList<>();
    for (Results.Row row : results.rows()) {
      Results.Calibration found = row.repeats().get(0).calibration();
      if (found != null) {
        rows.add(
            List.of(
                row.name(),
                Labels.decimals(found.before().ece()),
                Labels.decimals(found.after().ece()),
                Labels.decimals(found.before().negativeLogLikelihood()),
                Labels.decimals(found.after().negativeLogLikelihood()),
                Labels.decimals(found.before().brier()),
                Labels.decimals(found.after().brier())));
      }
    }
    return new Page.Table(
        List.of("row", "ECE", "fitted", "NLL", "fitted", "Brier", "fitted"), rows);
  }

  Page.Table comparisons() {
    List<List<String>> rows = new ArrayList<>();
    for (Results.Comparison pair : results.comparisons()) {
      rows.add(
          List.of(
              pair.second() + " less " + pair.first(),
              Labels.difference(pair.images().difference()),
              Labels.decimals(pair.images().p()),
              Labels.decimals(pair.images().pHolm()),
              Labels.decimals(pair.clusters().p()),
              Labels.decimals(pair.clusters().pHolm())));
    }
    return new Page.Table(
        List.of("pair", "macro F1", "p", "p (Holm)", "p of clusters", "p (Holm)"), rows);
  }

  Page.Table settings() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("images", String.valueOf(results.data().folder())));
    rows.add(List.of("images by class", Results.counts(results.data().imagesByClass())));
    rows.add(List.of("clusters by class", Results.counts(results.data().clustersByClass())));
    for (Results.Repeat repeat : results.rows().get(0).repeats()) {
      rows.add(List.of("data hash, seed " + repeat.seed(), repeat.dataHash()));
    }
    rows.add(List.of("version", results.version()));
    return new Page.Table(List.of(), rows);
  }

  /** All settings as JSON. */
  String config() {
    return Json.write(results.settings());
  }
}
