package org.clusternet.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.clusternet.data.CoreType;
import org.clusternet.data.io.AtomicFile;
import org.clusternet.experiment.Results;
import org.clusternet.metrics.ClassScores;
import org.clusternet.metrics.Estimate;
import org.clusternet.render.Chart;
import org.clusternet.render.MatrixChart;
import org.clusternet.render.Page;
import org.clusternet.render.Scale;
import org.clusternet.text.Json;

/**
 * {@code report.html} of a cross-validation or an ablation: the rows beside the paper's, their
 * confusion matrices and reliability, and the tests between them. All figures are those of {@code
 * results.json}, intervals too.
 */
public final class ExperimentPage {
  private static final String NONE = "\u2013";

  private final Results results;

  private ExperimentPage(Results results) {
    this.results = results;
  }

  /**
   * Writes the page of an experiment into its folder.
   *
   * @param folder with results.json
   * @return the page
   * @throws org.clusternet.data.DataException if there are no results, or it cannot be written
   */
  public static Path write(Path folder) {
    Results results = Results.read(folder.resolve(Results.FILE_NAME));
    Path page = folder.resolve(RunPage.FILE_NAME);
    AtomicFile.writeText(page, new ExperimentPage(results).html());
    return page;
  }

  private String html() {
    Results.Data data = results.data();
    Page page = new Page("Experiment " + results.experiment());
    for (Results.Row row : results.rows()) {
      page.headline(Page.decimals(first(row).macroF1().value()), "macro F1, " + row.name());
    }
    overview(page);
    classes(page);
    confusion(page);
    reliability(page);
    comparisons(page);
    settings(page);
    return page.html(
        "%d images of %d clusters, %d folds, seeds %s"
            .formatted(data.images(), data.clusters(), results.folds(), results.seeds()),
        "Written by cluster-net %s from results.json. Intervals are bootstrap intervals over clusters, not images."
            .formatted(results.version()));
  }

  private static Results.Sample first(Results.Row row) {
    return row.repeats().get(0).images();
  }

  private void overview(Page page) {
    int n = results.rows().size();
    double[] places = IntStream.range(0, n).mapToDouble(i -> i + 1).toArray();
    double[] ours = new double[n];
    double[] low = new double[n];
    double[] high = new double[n];
    double[] paper = new double[n];
    List<List<String>> table = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Results.Row row = results.rows().get(i);
      Estimate f1 = first(row).macroF1();
      ours[i] = f1.value();
      low[i] = f1.low();
      high[i] = f1.high();
      paper[i] = row.paper() == null ? Double.NaN : row.paper().macroF1();
      List<String> line =
          new ArrayList<>(
              List.of(
                  (i + 1) + " " + row.name(),
                  interval(f1),
                  row.paper() == null ? NONE : Page.decimals(row.paper().macroF1()),
                  interval(first(row).accuracy()),
                  interval(first(row).balancedAccuracy()),
                  interval(row.repeats().get(0).clusters().macroF1())));
      if (results.seeds().size() > 1) {
        line.add(spread(row));
      }
      table.add(line);
    }
    List<String> columns =
        new ArrayList<>(
            List.of(
                "row",
                "macro F1",
                "paper",
                "accuracy",
                "balanced accuracy",
                "macro F1 of clusters"));
    if (results.seeds().size() > 1) {
      columns.add("mean over seeds");
    }
    double least =
        Stream.of(low, paper)
            .flatMap(values -> Arrays.stream(values).boxed())
            .filter(Double::isFinite)
            .min(Double::compare)
            .orElse(0.0);
    Chart chart =
        new Chart("Macro F1 of the rows", "Macro F1 with its interval, and the paper's.")
            .x("row of the table", Scale.linear(0.5, n + 0.5))
            .y("macro F1", Scale.linear(Math.floor(least * 10) / 10 - 0.05, 1))
            .ranges("ours", places, ours, low, high)
            .points("paper", places, paper);
    page.section("rows", "The rows, beside the paper")
        .figures(List.of(chart.fragment()))
        .table(
            columns,
            table,
            "Over all images, each predicted by the network that had not seen its cluster; seed %d. The paper's figures are of another sample."
                .formatted(results.rows().get(0).repeats().get(0).seed()));
  }

  private static String spread(Results.Row row) {
    Results.Spread spread = row.spread() == null ? null : row.spread().get("macro_f1");
    return spread == null
        ? NONE
        : Page.decimals(spread.mean()) + " \u00b1 " + Page.decimals(spread.standardDeviation());
  }

  private static String interval(Estimate e) {
    return "%s [%s, %s]"
        .formatted(Page.decimals(e.value()), Page.decimals(e.low()), Page.decimals(e.high()));
  }

  private void classes(Page page) {
    List<List<String>> rows = new ArrayList<>();
    for (Results.Row row : results.rows()) {
      for (CoreType type : CoreType.values()) {
        Results.ClassEstimates ours = first(row).classes().get(type.name());
        ClassScores theirs =
            row.paper() == null || row.paper().classes() == null
                ? null
                : row.paper().classes().get(type.name());
        rows.add(
            List.of(
                row.name() + " " + type,
                interval(ours.precision()),
                theirs == null ? NONE : Page.hundredths(theirs.precision()),
                interval(ours.recall()),
                theirs == null ? NONE : Page.hundredths(theirs.recall()),
                interval(ours.f1()),
                theirs == null ? NONE : Page.hundredths(theirs.f1()),
                Integer.toString(ours.support())));
      }
    }
    page.section("classes", "By class")
        .table(
            List.of("row", "precision", "paper", "recall", "paper", "F1", "paper", "images"),
            rows,
            "");
  }

  private void confusion(Page page) {
    page.section("confusion", "Confusion matrices")
        .figures(
            results.rows().stream()
                .map(
                    row ->
                        new MatrixChart(
                                row.name(), RunFiles.classes(), first(row).confusionMatrix())
                            .fragment())
                .toList())
        .note("As the paper's Figure 3: each row is divided by its number of images.");
  }

  private void reliability(Page page) {
    List<String> charts = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (Results.Row row : results.rows()) {
      Results.Calibration found = row.repeats().get(0).calibration();
      if (found != null) {
        charts.add(RunPage.chart(row.name() + ", as it is", found.before()));
        charts.add(RunPage.chart(row.name() + ", temperature fitted", found.after()));
        rows.add(
            List.of(
                row.name(),
                Page.decimals(found.before().ece()),
                Page.decimals(found.after().ece()),
                Page.decimals(found.before().negativeLogLikelihood()),
                Page.decimals(found.after().negativeLogLikelihood()),
                Page.decimals(found.before().brier()),
                Page.decimals(found.after().brier())));
      }
    }
    page.section("reliability", "Do the probabilities mean what they say?")
        .table(
            List.of("row", "ECE", "fitted", "NLL", "fitted", "Brier", "fitted"),
            rows,
            "Fitted: divided by the temperature that suits the validation fold of each network.")
        .figures(charts);
  }

  private void comparisons(Page page) {
    List<List<String>> rows = new ArrayList<>();
    for (Results.Comparison pair : results.comparisons()) {
      Estimate d = pair.images().difference();
      rows.add(
          List.of(
              pair.second() + " less " + pair.first(),
              String.format(Locale.ROOT, "%+.3f [%+.3f, %+.3f]", d.value(), d.low(), d.high()),
              Page.decimals(pair.images().p()),
              Page.decimals(pair.images().pHolm()),
              Page.decimals(pair.clusters().p()),
              Page.decimals(pair.clusters().pHolm())));
    }
    page.section("comparisons", "Are the rows different?");
    if (rows.isEmpty()) {
      page.note("There is one row only.");
      return;
    }
    page.table(
        List.of("pair", "macro F1", "p", "p (Holm)", "p of clusters", "p (Holm)"),
        rows,
        "Paired bootstrap over clusters, two-sided; Holm: corrected for the number of comparisons.");
  }

  private void settings(Page page) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("images", String.valueOf(results.data().folder())));
    rows.add(List.of("images by class", Results.counts(results.data().imagesByClass())));
    rows.add(List.of("clusters by class", Results.counts(results.data().clustersByClass())));
    for (Results.Repeat repeat : results.rows().get(0).repeats()) {
      rows.add(List.of("data hash, seed " + repeat.seed(), repeat.dataHash()));
    }
    rows.add(List.of("version", results.version()));
    page.section("run", "What was run")
        .words(rows)
        .details("all settings", Json.write(results.settings()));
  }
}
