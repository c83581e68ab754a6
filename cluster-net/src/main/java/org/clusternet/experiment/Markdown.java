package org.clusternet.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.clusternet.config.Augmentation;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.CoreType;
import org.clusternet.metrics.ClassScores;
import org.clusternet.metrics.Estimate;
import org.clusternet.text.Table;

/**
 * Results for people, as Markdown whose tables read well as plain text too. Figures of one seed
 * come with their bootstrap interval, those of several with mean and standard deviation.
 */
public final class Markdown {
  private static final String DASH = "-";

  private final Results results;

  /** The text of results. */
  public Markdown(Results results) {
    this.results = results;
  }

  /** What a terminal shows: the main table, and what follows from it. */
  public String summary() {
    StringBuilder text = new StringBuilder(overview()).append('\n').append(rows());
    if (results.rows().size() == 1) {
      text.append('\n').append(classes()).append('\n').append(confusion());
    }
    if (!results.comparisons().isEmpty()) {
      text.append('\n').append(differences());
    }
    return text.toString();
  }

  /** The whole document. */
  public String document() {
    String head =
        switch (results.experiment()) {
          case "crossval" -> "Cross-validation";
          case "ablation" -> "Ablation (Table I of the paper)";
          default -> "Weights of the loss (Table II of the paper)";
        };
    StringBuilder text = new StringBuilder("# " + head + "\n\n" + overview() + "\n");
    text.append(rows()).append('\n').append(notes());
    text.append("\n## By class\n\n").append(classes());
    text.append("\n## Confusion matrix\n\n").append(confusion());
    if (!results.comparisons().isEmpty()) {
      text.append("\n## Differences\n\n").append(differences()).append('\n').append(tests());
    }
    text.append("\n## Folds\n\n").append(folds());
    return text.toString();
  }

  private String overview() {
    TrainingConfig config = results.settings();
    TrainingConfig.Optimizer optimizer = config.optimizer();
    TrainingConfig.Compute compute = config.compute();
    List<String> settings = new ArrayList<>();
    settings.add("%d x %d pixels".formatted(config.data().imageSize(), config.data().imageSize()));
    settings.add("%d epochs".formatted(optimizer.epochs()));
    settings.add("batch " + optimizer.batch());
    settings.add(
        "learning rate %s (x %s every %d epochs)"
            .formatted(optimizer.learningRate(), optimizer.decayFactor(), optimizer.decayEvery()));
    settings.add("weights " + config.weights().source());
    if (config.width() != TrainingConfig.RESNET18_WIDTH) {
      settings.add(
          "width %d (ResNet-18: %d)".formatted(config.width(), TrainingConfig.RESNET18_WIDTH));
    }
    if (!config.augmentation().equals(Augmentation.NONE)) {
      settings.add("augmented");
    }
    settings.add(compute.precision().name().toLowerCase(Locale.ROOT));
    settings.add(
        "%s with %d thread%s a fold"
            .formatted(compute.device(), compute.threads(), compute.threads() == 1 ? "" : "s"));
    return """
    %d images of %d clusters (%s), %d folds by cluster, seed%s %s, pooled.
    Networks: %s.
    """
        .formatted(
            results.data().images(),
            results.data().clusters(),
            Results.counts(results.data().imagesByClass()),
            results.folds(),
            results.seeds().size() == 1 ? "" : "s",
            String.join(", ", results.seeds().stream().map(String::valueOf).toList()),
            String.join(", ", settings));
  }

  private String rows() {
    Table table =
        new Table(
            "row",
            "macro F1, images",
            "paper",
            "macro F1, clusters",
            "balanced accuracy",
            "ECE",
            "ECE scaled");
    for (Results.Row row : results.rows()) {
      table.row(
          row.name(),
          figure(row, r -> r.images().macroF1()),
          row.paper() == null ? DASH : Labels.decimals(row.paper().macroF1()),
          figure(row, r -> r.clusters().macroF1()),
          figure(row, r -> r.images().balancedAccuracy()),
          calibration(row, c -> c.before().ece()),
          calibration(row, c -> c.after().ece()));
    }
    Results.Sample any = results.rows().get(0).repeats().get(0).images();
    return table.markdown()
        + "\nAlways answering the most frequent class: macro F1 %s.\n"
            .formatted(Labels.decimals(any.majorityMacroF1()));
  }

  private String figure(Results.Row row, Function<Results.Repeat, Estimate> figure) {
    return row.repeats().size() == 1
        ? Labels.of(figure.apply(row.repeats().get(0)))
        : number(row, r -> figure.apply(r).value());
  }

  private String calibration(Results.Row row, ToDoubleFunction<Results.Calibration> figure) {
    return row.repeats().get(0).calibration() == null
        ? DASH
        : number(
            row, r -> figure.applyAsDouble(Objects.requireNonNull(r.calibration(), row.name())));
  }

  private String number(Results.Row row, ToDoubleFunction<Results.Repeat> figure) {
    Results.Spread spread = Analysis.spread(row.repeats(), figure);
    return row.repeats().size() == 1
        ? Labels.decimals(spread.mean())
        : Labels.decimals(spread.mean()) + " ± " + Labels.decimals(spread.standardDeviation());
  }

  private String notes() {
    String interval =
        results.seeds().size() == 1
            ? "[low, high]: %s %% percentile interval of %d bootstrap resamples of the clusters, networks as trained."
                .formatted(percent(results.bootstrap().level()), results.bootstrap().resamples())
            : "mean ± standard deviation over the seeds, each with folds, weights and order of its"
                + " own.";
    return """
    - %s
    - clusters: probabilities averaged over a cluster's projections.
    - ECE: expected calibration error in 15 bins (Guo et al. 2017), before and after temperature scaling on the validation fold.
    - paper: its figures for another sample (TNG300), ImageNet weights to start from; they show the scale, not a target.
    """
        .formatted(interval);
  }

  private static String percent(double level) {
    return String.format(Locale.ROOT, "%.0f", 100 * level);
  }

  private String classes() {
    Table table =
        new Table("row", "class", "precision", "paper", "recall", "paper", "F1", "paper", "images");
    for (Results.Row row : results.rows()) {
      for (CoreType type : CoreType.values()) {
        Optional<ClassScores> paper =
            Optional.ofNullable(row.paper())
                .flatMap(p -> Optional.ofNullable(p.classes()))
                .map(p -> p.get(type.name()));
        table.row(
            row.name(),
            type.name(),
            figure(row, r -> r.images().of(type).precision()),
            paper(paper, ClassScores::precision),
            figure(row, r -> r.images().of(type).recall()),
            paper(paper, ClassScores::recall),
            figure(row, r -> r.images().of(type).f1()),
            paper(paper, ClassScores::f1),
            Integer.toString(row.repeats().get(0).images().of(type).support()));
      }
    }
    return table.markdown();
  }

  private static String paper(Optional<ClassScores> paper, ToDoubleFunction<ClassScores> figure) {
    return paper
        .map(scores -> String.format(Locale.ROOT, "%.2f", figure.applyAsDouble(scores)))
        .orElse(DASH);
  }

  private String confusion() {
    Table table = new Table("row", "label", "as CC", "as WCC", "as NCC");
    for (Results.Row row : results.rows()) {
      for (CoreType label : CoreType.values()) {
        List<String> cells = new ArrayList<>(List.of(row.name(), label.name()));
        for (CoreType predicted : CoreType.values()) {
          cells.add(
              figure(
                  row, r -> r.images().rowNormalised().get(label.index()).get(predicted.index())));
        }
        table.row(cells);
      }
    }
    return table.markdown();
  }

  private String differences() {
    Table table =
        new Table(
            "second less first",
            "macro F1, images",
            "p",
            "p Holm",
            "macro F1, clusters",
            "p",
            "p Holm",
            "only one right",
            "McNemar p",
            "p Holm");
    for (Results.Comparison pair : results.comparisons()) {
      table.row(
          pair.second() + " - " + pair.first(),
          Labels.difference(pair.images().difference()),
          Labels.p(pair.images().p()),
          Labels.p(pair.images().pHolm()),
          Labels.difference(pair.clusters().difference()),
          Labels.p(pair.clusters().p()),
          Labels.p(pair.clusters().pHolm()),
          seeds(pair, t -> t.counts().onlySecond() + " : " + t.counts().onlyFirst()),
          seeds(pair, t -> Labels.p(t.counts().exactP())),
          seeds(pair, t -> Labels.p(t.pHolm())));
    }
    return table.markdown();
  }

  private static String seeds(Results.Comparison pair, Function<Results.McNemarTest, String> cell) {
    return String.join(", ", pair.mcnemar().stream().map(cell).toList());
  }

  private String tests() {
    return """
    - macro F1: paired bootstrap over clusters, the same draws on both sides%s; p two-sided.
    - only one right: clusters (projections averaged) on which only the second or only the first is right%s; McNemar's exact test.
    - p Holm: corrected for the %d comparisons.
    """
        .formatted(
            results.seeds().size() == 1 ? "" : ", of the mean over the seeds",
            results.seeds().size() == 1 ? "" : ", by seed",
            results.comparisons().size());
  }

  private String folds() {
    Table table =
        new Table(
            "row", "seed", "macro F1 of a fold", "least", "most", "temperatures", "minutes a fold");
    for (Results.Row row : results.rows()) {
      for (Results.Repeat repeat : row.repeats()) {
        Results.Spread f1 = Analysis.spread(repeat.folds(), Results.Fold::macroF1);
        table.row(
            row.name(),
            Long.toString(repeat.seed()),
            Labels.decimals(f1.mean()) + " ± " + Labels.decimals(f1.standardDeviation()),
            Labels.decimals(f1.least()),
            Labels.decimals(f1.most()),
            temperatures(repeat.folds()),
            minutes(repeat.folds()));
      }
    }
    return table.markdown();
  }

  private static String temperatures(List<Results.Fold> folds) {
    if (folds.get(0).temperature() == null) {
      return DASH;
    }
    Results.Spread spread = Analysis.spread(folds, Results.Fold::temperature);
    return String.format(Locale.ROOT, "%.2f to %.2f", spread.least(), spread.most());
  }

  private static String minutes(List<Results.Fold> folds) {
    return folds.get(0).seconds() == null
        ? DASH
        : String.format(
            Locale.ROOT, "%.1f", Analysis.spread(folds, Results.Fold::seconds).mean() / 60);
  }
}
