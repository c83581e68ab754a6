package org.clusternet.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.clusternet.config.DataConfig;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.CoreType;
import org.clusternet.data.io.AtomicFile;
import org.clusternet.experiment.Labels;
import org.clusternet.metrics.ClassScores;
import org.clusternet.metrics.Reliability;
import org.clusternet.render.Chart;
import org.clusternet.render.MatrixChart;
import org.clusternet.render.Page;
import org.clusternet.render.ReliabilityChart;
import org.clusternet.render.Scale;
import org.clusternet.run.RunPredictions;
import org.clusternet.run.Scores;

/**
 * {@code report.html} of a training run: what was run, how training went, how good the network is
 * beside the paper, where it is wrong and where it looked. All figures are those of the run's
 * files. The template {@code report/run.jte} asks for its parts.
 */
public final class RunPage {
  /** The name within a run folder. */
  public static final String FILE_NAME = "report.html";

  private static final int MISTAKES = 12;

  private final RunFiles run;
  private final Gallery gallery;

  private RunPage(RunFiles run, Gallery gallery) {
    this.run = run;
    this.gallery = gallery;
  }

  /**
   * Writes the page of a finished run into its folder.
   *
   * @param folder the run folder
   * @param compute the device on which the network is run again for its maps
   * @return the page
   * @throws org.clusternet.data.DataException if it is no finished run, or the page cannot be
   *     written
   */
  public static Path write(Path folder, TrainingConfig.Compute compute) {
    RunFiles run = RunFiles.read(folder);
    Path page = folder.resolve(FILE_NAME);
    AtomicFile.writeText(
        page, Page.html("report/run.jte", new RunPage(run, Gallery.of(run, compute))));
    return page;
  }

  String title() {
    return "Run " + run.folder().toAbsolutePath().normalize().getFileName();
  }

  String subtitle() {
    Scores scores = run.scores();
    return "variant %s, test fold %d of %d with %d images, epoch %d of %d"
        .formatted(
            scores.variant(),
            scores.fold(),
            scores.folds(),
            scores.test().images(),
            scores.epoch(),
            scores.epochs());
  }

  String footer() {
    return "Written by cluster-net %s from the files of the run folder."
        .formatted(run.scores().versions().getOrDefault("cluster_net", ""));
  }

  List<Page.Headline> headline() {
    Scores scores = run.scores();
    List<Page.Headline> figures = new ArrayList<>();
    figures.add(headline(scores.test().macroF1(), "macro F1 on the test fold"));
    if (scores.paper() != null) {
      figures.add(headline(scores.paper().macroF1(), "macro F1 of the paper (another sample)"));
    }
    String constant = "macro F1 of always answering " + scores.majority().coreType();
    figures.add(headline(scores.majority().macroF1(), constant));
    figures.add(headline(scores.test().accuracy(), "accuracy"));
    figures.add(headline(scores.test().balancedAccuracy(), "balanced accuracy"));
    return figures;
  }

  private static Page.Headline headline(double value, String name) {
    return new Page.Headline(Labels.decimals(value), name);
  }

  Page.Table settings() {
    Scores scores = run.scores();
    TrainingConfig config = run.config();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("images", images(config.data())));
    rows.add(List.of("data hash (SHA-256)", scores.dataHash()));
    rows.add(List.of("training images", scores.trainingImages().toString().replaceAll("[{}]", "")));
    rows.add(List.of("seed", Long.toString(config.seed())));
    rows.add(List.of("device", scores.device()));
    rows.add(
        List.of("precision", config.compute().precision().toString().toLowerCase(Locale.ROOT)));
    scores.versions().forEach((what, version) -> rows.add(List.of("version: " + what, version)));
    scores
        .seconds()
        .forEach(
            (what, time) ->
                rows.add(List.of("time: " + what, String.format(Locale.ROOT, "%.1f s", time))));
    return new Page.Table(List.of(), rows);
  }

  private static String images(DataConfig data) {
    DataConfig.Simulation simulation = data.simulation();
    return simulation == null
        ? String.valueOf(data.folder())
        : "simulated: %d clusters, mix %s, %d x %d pixels of %s kpc"
            .formatted(
                simulation.clusters(),
                simulation.mix().toString().toLowerCase(Locale.ROOT),
                simulation.size(),
                simulation.size(),
                simulation.kpcPerPixel());
  }

  /** The text of config.yaml. */
  String config() {
    return run.settings();
  }

  List<Chart> curves() {
    double[] epochs = run.curve("epoch");
    double[] train = run.curve("train_loss");
    double[] validation = run.curve("validation_loss");
    double best = run.scores().epoch();
    int last = (int) Arrays.stream(epochs).max().orElse(1);
    Chart loss =
        new Chart("Loss", "Loss of training and validation by epoch.")
            .size(520, 300)
            .x("epoch", Scale.integers(1, last))
            .y(
                "loss",
                lossScale(
                    DoubleStream.concat(Arrays.stream(train), Arrays.stream(validation)).toArray()))
            .line("training", epochs, train)
            .line("validation", epochs, validation)
            .mark(best, "epoch taken");
    Chart f1 =
        new Chart("Validation macro F1", "Macro F1 over the validation fold by epoch.")
            .size(520, 300)
            .x("epoch", Scale.integers(1, last))
            .y("macro F1", Scale.linear(0, 1))
            .line("macro F1", epochs, run.curve("validation_macro_f1"))
            .mark(best, "epoch taken");
    return List.of(loss, f1);
  }

  /** Logarithmic where the losses span more than a factor of 20. */
  private static Scale lossScale(double... losses) {
    double most = Arrays.stream(losses).max().orElse(1);
    double least = Arrays.stream(losses).filter(v -> v > 0).min().orElse(1);
    return most / least > 20
        ? Scale.logOver(losses)
        : Scale.linearOver(
            DoubleStream.concat(DoubleStream.of(0), Arrays.stream(losses)).toArray());
  }

  List<MatrixChart> matrices() {
    return List.of(
        matrix("Test fold", run.scores().test()),
        matrix("Validation fold", run.scores().validation()));
  }

  private static MatrixChart matrix(String title, Scores.Sample sample) {
    return new MatrixChart(title, RunFiles.classes(), sample.confusionMatrix());
  }

  Page.Table classes() {
    Scores scores = run.scores();
    List<List<String>> rows = new ArrayList<>();
    for (CoreType type : CoreType.values()) {
      ClassScores ours = Objects.requireNonNull(scores.test().classes().get(type.name()));
      ClassScores theirs =
          scores.paper() == null ? null : scores.paper().classes().get(type.name());
      rows.add(
          List.of(
              type.name(),
              Labels.hundredths(ours.precision()),
              Labels.paper(theirs, ClassScores::precision),
              Labels.hundredths(ours.recall()),
              Labels.paper(theirs, ClassScores::recall),
              Labels.hundredths(ours.f1()),
              Labels.paper(theirs, ClassScores::f1),
              Integer.toString(scores.test().matrix().support(type))));
    }
    rows.add(
        List.of(
            "macro",
            "",
            "",
            "",
            "",
            Labels.decimals(scores.test().macroF1()),
            scores.paper() == null ? Labels.NONE : Labels.decimals(scores.paper().macroF1()),
            Integer.toString(scores.test().images())));
    return new Page.Table(
        List.of("class", "precision", "paper", "recall", "paper", "F1", "paper", "test images"),
        rows);
  }

  /** The calibration of the test fold; empty without test images. */
  Optional<Reliability> reliability() {
    List<RunPredictions.Row> test = run.test();
    return test.isEmpty() ? Optional.empty() : Optional.of(Reliability.of(RunFiles.scored(test)));
  }

  ReliabilityChart reliabilityChart() {
    return new ReliabilityChart("Reliability on the test fold", reliability().orElseThrow());
  }

  String calibration() {
    Reliability found = reliability().orElseThrow();
    return String.format(
        Locale.ROOT,
        "Expected calibration error %.3f (%d bins), negative log likelihood %.3f, Brier score %.3f.",
        found.ece(),
        Reliability.BINS,
        found.negativeLogLikelihood(),
        found.brier());
  }

  Page.Table mistakes() {
    List<List<String>> rows = new ArrayList<>();
    for (RunPredictions.Row row : run.mistakes().stream().limit(MISTAKES).toList()) {
      rows.add(
          List.of(
              row.cluster(),
              row.projection(),
              row.label().name(),
              row.prediction().coreType().name(),
              Labels.decimals(RunFiles.confidence(row)),
              Labels.decimals(row.prediction().probability(row.label())),
              row.file()));
    }
    return new Page.Table(
        List.of("cluster", "projection", "true", "predicted", "p (predicted)", "p (true)", "file"),
        rows);
  }

  String mistakeCount() {
    return "%d of the %d test images are wrong."
        .formatted(run.mistakes().size(), run.test().size());
  }

  Gallery gallery() {
    return gallery;
  }
}
