package org.clusternet.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.CoreType;
import org.clusternet.data.io.AtomicFile;
import org.clusternet.metrics.ClassScores;
import org.clusternet.metrics.Reliability;
import org.clusternet.render.Chart;
import org.clusternet.render.MatrixChart;
import org.clusternet.render.Page;
import org.clusternet.render.ReliabilityChart;
import org.clusternet.render.Scale;
import org.clusternet.run.RunFolder;
import org.clusternet.run.RunPredictions;
import org.clusternet.run.Scores;

/**
 * {@code report.html} of a training run: what was run, how training went, how good it is beside the
 * paper, where it is wrong and where it looked. All figures are those of the run's files.
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
   * @param folder of the run
   * @param compute on what the network is asked again for its maps
   * @return the page
   * @throws org.clusternet.data.DataException if it is no finished run, or the page cannot be
   *     written
   */
  public static Path write(Path folder, TrainingConfig.Compute compute) {
    RunFiles run = RunFiles.read(folder);
    Path page = folder.resolve(FILE_NAME);
    AtomicFile.writeText(page, new RunPage(run, Gallery.of(run, compute)).html());
    return page;
  }

  private String html() {
    Scores scores = run.scores();
    Path name = run.folder().toAbsolutePath().normalize().getFileName();
    Page page = new Page("Run " + name);
    page.headline(Page.decimals(scores.test().macroF1()), "macro F1 on the test fold");
    if (scores.paper() != null) {
      page.headline(
          Page.decimals(scores.paper().macroF1()), "macro F1 of the paper (another sample)");
    }
    page.headline(
            Page.decimals(scores.majority().macroF1()),
            "always " + scores.majority().coreType() + ", the least to beat")
        .headline(Page.decimals(scores.test().accuracy()), "accuracy")
        .headline(Page.decimals(scores.test().balancedAccuracy()), "balanced accuracy");
    whatWasRun(page);
    curves(page);
    confusion(page);
    classes(page);
    reliability(page);
    mistakes(page);
    images(page);
    String subtitle =
        "variant %s, test fold %d of %d with %d images, epoch %d of %d"
            .formatted(
                scores.variant(),
                scores.fold(),
                scores.folds(),
                scores.test().images(),
                scores.epoch(),
                scores.epochs());
    return page.html(
        subtitle,
        "Written by cluster-net %s from the files of the run folder."
            .formatted(scores.versions().getOrDefault("cluster_net", "")));
  }

  private void whatWasRun(Page page) {
    Scores scores = run.scores();
    TrainingConfig config = run.config();
    List<List<String>> rows = new ArrayList<>();
    String given = config.data().folder();
    rows.add(
        List.of(
            "images",
            given == null
                ? "simulated: %d clusters, mix %s, %d x %d pixels of %s kpc"
                    .formatted(
                        config.data().simulation().clusters(),
                        config.data().simulation().mix().toString().toLowerCase(Locale.ROOT),
                        config.data().simulation().size(),
                        config.data().simulation().size(),
                        config.data().simulation().kpcPerPixel())
                : given));
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
    page.section("run", "What was run")
        .words(rows)
        .details("all settings (" + RunFolder.CONFIG + ")", run.settings());
  }

  private void curves(Page page) {
    double[] epochs = run.curve("epoch");
    double[] train = run.curve("train_loss");
    double[] validation = run.curve("validation_loss");
    double best = run.scores().epoch();
    double last = Math.max(2, Arrays.stream(epochs).max().orElse(2));
    double[] losses =
        DoubleStream.concat(Arrays.stream(train), Arrays.stream(validation)).toArray();
    double most = Arrays.stream(losses).max().orElse(1);
    double least = Arrays.stream(losses).filter(v -> v > 0).min().orElse(1);
    Scale scale =
        most / least > 20
            ? Scale.logOver(losses)
            : Scale.linearOver(
                DoubleStream.concat(DoubleStream.of(0), Arrays.stream(losses)).toArray());
    Chart loss =
        new Chart("Loss", "Loss of training and validation by epoch.")
            .size(520, 300)
            .x("epoch", Scale.linear(1, last))
            .y("loss", scale)
            .line("training", epochs, train)
            .line("validation", epochs, validation)
            .mark(best, "epoch taken");
    Chart f1 =
        new Chart("Validation macro F1", "Macro F1 over the validation fold by epoch.")
            .size(520, 300)
            .x("epoch", Scale.linear(1, last))
            .y("macro F1", Scale.linear(0, 1))
            .line("macro F1", epochs, run.curve("validation_macro_f1"))
            .mark(best, "epoch taken");
    page.section("curves", "How training went")
        .figures(List.of(loss.fragment(), f1.fragment()))
        .note("The epoch with the highest macro F1 over the validation fold is taken.");
  }

  private void confusion(Page page) {
    page.section("confusion", "Confusion matrix")
        .figures(
            List.of(
                matrix("Test fold", run.scores().test()),
                matrix("Validation fold", run.scores().validation())))
        .note(
            "As the paper's Figure 3: each row is divided by its number of images, which stand"
                + " below. The diagonal is the recall of the classes.");
  }

  private static String matrix(String title, Scores.Sample sample) {
    return new MatrixChart(title, RunFiles.classes(), sample.confusionMatrix()).fragment();
  }

  private void classes(Page page) {
    Scores scores = run.scores();
    List<List<String>> rows = new ArrayList<>();
    for (CoreType type : CoreType.values()) {
      ClassScores ours = scores.test().classes().get(type.name());
      ClassScores theirs =
          scores.paper() == null ? null : scores.paper().classes().get(type.name());
      rows.add(
          List.of(
              type.name(),
              Page.hundredths(ours.precision()),
              theirs == null ? "\u2013" : Page.hundredths(theirs.precision()),
              Page.hundredths(ours.recall()),
              theirs == null ? "\u2013" : Page.hundredths(theirs.recall()),
              Page.hundredths(ours.f1()),
              theirs == null ? "\u2013" : Page.hundredths(theirs.f1()),
              Integer.toString(scores.test().matrix().support(type))));
    }
    rows.add(
        List.of(
            "macro",
            "",
            "",
            "",
            "",
            Page.decimals(scores.test().macroF1()),
            scores.paper() == null ? "\u2013" : Page.decimals(scores.paper().macroF1()),
            Integer.toString(scores.test().images())));
    page.section("classes", "By class, beside the paper")
        .table(
            List.of("class", "precision", "paper", "recall", "paper", "F1", "paper", "test images"),
            rows,
            "The paper's figures are of another sample (TNG300, ten folds pooled, ImageNet weights):"
                + " they show the scale of what can be reached.");
  }

  private void reliability(Page page) {
    page.section("reliability", "Do the probabilities mean what they say?");
    List<RunPredictions.Row> test = run.test();
    if (test.isEmpty()) {
      page.note("There are no test images.");
      return;
    }
    Reliability found = Reliability.of(RunFiles.scored(test));
    page.figures(List.of(chart("Reliability on the test fold", found)))
        .note(
            String.format(
                Locale.ROOT,
                "Expected calibration error %.3f (%d bins), negative log likelihood %.3f, Brier score %.3f. Numbers in the bars are images; few images make it noisy.",
                found.ece(),
                Reliability.BINS,
                found.negativeLogLikelihood(),
                found.brier()));
  }

  /** A reliability diagram of what was measured. */
  static String chart(String title, Reliability found) {
    List<ReliabilityChart.Bin> bins =
        found.bins().stream()
            .map(
                b ->
                    new ReliabilityChart.Bin(
                        b.low(), b.high(), b.count(), b.confidence(), b.accuracy()))
            .toList();
    return new ReliabilityChart(title, found.ece(), bins).fragment();
  }

  private void mistakes(Page page) {
    List<RunPredictions.Row> wrong = run.mistakes();
    page.section("mistakes", "The most confident mistakes");
    if (wrong.isEmpty()) {
      page.note("None: every test image was seen rightly.");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (RunPredictions.Row row : wrong.stream().limit(MISTAKES).toList()) {
      rows.add(
          List.of(
              row.cluster(),
              row.projection(),
              row.label().name(),
              row.prediction().coreType().name(),
              Page.decimals(RunFiles.confidence(row)),
              Page.decimals(row.prediction().probability(row.label())),
              row.file()));
    }
    page.table(
            List.of("cluster", "projection", "true", "predicted", "probability", "of true", "file"),
            rows,
            "%d of the %d test images are wrong.".formatted(wrong.size(), run.test().size()))
        .raw(GalleryRows.html(gallery.mistakes()));
  }

  private void images(Page page) {
    page.section("images", "Where it looked");
    if (!gallery.missing().isEmpty()) {
      page.note("No maps: " + gallery.missing());
      return;
    }
    page.note(
            "Test images drawn by the seed, two of every class. Input: ln of the surface brightness;"
                + " CAM: attention map of the class that the primary head predicts; Gaussian at the"
                + " brightest pixel; bright in the fourth picture is what the masks leave, its box is"
                + " what the auxiliary branch sees as the crop.")
        .raw(GalleryRows.html(gallery.sampled()));
  }
}
