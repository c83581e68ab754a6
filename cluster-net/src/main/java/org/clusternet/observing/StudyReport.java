package org.clusternet.observing;

import static org.clusternet.observing.ObservingCondition.plain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.clusternet.data.io.AtomicFile;
import org.clusternet.data.io.CsvFile;
import org.clusternet.experiment.Labels;
import org.clusternet.metrics.Estimate;
import org.clusternet.text.Table;
import org.jspecify.annotations.Nullable;

/**
 * The files of a study's results: {@code results.csv}, a row per figure, and {@code results.md}.
 */
final class StudyReport {
  private static final List<String> COLUMNS =
      List.of(
          "model",
          "counts",
          "background_ratio",
          "psf_kpc",
          "vignetting",
          "form",
          "figure",
          "value",
          "low",
          "high");
  private static final String ALL = "mean of all";

  private final StudyResults results;

  StudyReport(StudyResults results) {
    this.results = results;
  }

  /** Writes both files. */
  void write(StudyFolder folder) {
    CsvFile.write(folder.file("results.csv"), COLUMNS, figures());
    AtomicFile.writeText(folder.file("results.md"), document());
  }

  private List<List<String>> figures() {
    List<List<String>> lines = new ArrayList<>();
    for (StudyResults.Row row : all()) {
      add(lines, row, ImageForm.COUNTS, row.counts());
      add(lines, row, ImageForm.REDUCED, row.reduced());
      lines.add(line(row, "difference", "macro_f1", row.cost()));
    }
    return lines;
  }

  private List<StudyResults.Row> all() {
    List<StudyResults.Row> all = new ArrayList<>(results.rows());
    all.addAll(results.overall());
    return all;
  }

  private static void add(
      List<List<String>> lines,
      StudyResults.Row row,
      ImageForm form,
      StudyResults.FormScores scores) {
    lines.add(line(row, form.key(), "macro_f1", scores.macroF1()));
    lines.add(line(row, form.key(), "recall_cc", scores.coolCores()));
    lines.add(
        line(row, form.key(), "refused", new Estimate(scores.refused(), Double.NaN, Double.NaN)));
    if (scores.gain() != null) {
      lines.add(line(row, form.key(), "macro_f1_gain", scores.gain()));
    }
  }

  private static List<String> line(
      StudyResults.Row row, String form, String figure, Estimate estimate) {
    List<String> line = new ArrayList<>(List.of(row.model()));
    line.addAll(condition(row.condition(), ""));
    line.addAll(List.of(form, figure, number(estimate.value())));
    line.addAll(List.of(number(estimate.low()), number(estimate.high())));
    return line;
  }

  private static List<String> condition(@Nullable ObservingCondition condition, String none) {
    return condition == null
        ? List.of(none, "", "", "")
        : List.of(
            plain(condition.counts()),
            plain(condition.backgroundRatio()),
            plain(condition.psf()),
            plain(condition.vignetting()));
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6f", value);
  }

  /** The tables for people. */
  String document() {
    StringBuilder text = new StringBuilder("# Observing conditions\n\n");
    StudySample sample = results.sample();
    text.append(
        """
        %d clusters, simulated without noise with seed %d (mix %s, %d x %d pixels of %s kpc), three images each, observed under %d conditions.
        *counts*: photons as detected; *reduced*: the same photons less the exact background, divided by the exact exposure.
        Intervals: %s %% percentile intervals, %d resamples of the clusters; differences are paired.

        """
            .formatted(
                sample.clusters(),
                sample.seed(),
                sample.mix().name().toLowerCase(Locale.ROOT),
                sample.size(),
                sample.size(),
                plain(sample.kpcPerPixel()),
                results.rows().size() / results.models().size(),
                plain(100 * results.bootstrap().level()),
                results.bootstrap().resamples()));
    for (StudyResults.Model model : results.models()) {
      text.append("## ").append(model.name()).append("\n\n").append(model.settings());
      text.append("\n\n").append(scores(model.name())).append('\n');
      text.append(results.verdict(model.name())).append("\n\n");
    }
    for (StudyResults.Model model : results.models().subList(1, results.models().size())) {
      String first = results.models().get(0).name();
      text.append("## ").append(model.name()).append(" less ").append(first).append("\n\n");
      text.append(gains(model.name())).append('\n');
    }
    return text.toString();
  }

  private String scores(String model) {
    Table table =
        new Table(
            "photons",
            "background",
            "PSF, kpc",
            "vignetting",
            "macro F1, counts",
            "macro F1, reduced",
            "reduced - counts",
            "CC as CC, counts",
            "CC as CC, reduced",
            "refused");
    for (StudyResults.Row row : of(model)) {
      List<String> cells = new ArrayList<>(condition(row.condition(), ALL));
      cells.add(Labels.of(row.counts().macroF1()));
      cells.add(Labels.of(row.reduced().macroF1()));
      cells.add(Labels.difference(row.cost()));
      cells.add(Labels.of(row.counts().coolCores()));
      cells.add(Labels.of(row.reduced().coolCores()));
      cells.add(Labels.percent(Math.max(row.counts().refused(), row.reduced().refused())));
      table.row(cells);
    }
    return table.markdown();
  }

  private List<StudyResults.Row> of(String model) {
    return all().stream().filter(row -> row.model().equals(model)).toList();
  }

  private String gains(String model) {
    Table table = new Table("photons", "background", "PSF, kpc", "vignetting", "counts", "reduced");
    for (StudyResults.Row row : of(model)) {
      Estimate counts = row.counts().gain();
      Estimate reduced = row.reduced().gain();
      if (counts != null && reduced != null) {
        List<String> cells = new ArrayList<>(condition(row.condition(), ALL));
        cells.add(Labels.difference(counts));
        cells.add(Labels.difference(reduced));
        table.row(cells);
      }
    }
    return table.markdown();
  }
}
