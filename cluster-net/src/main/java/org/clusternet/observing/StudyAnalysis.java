package org.clusternet.observing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.clusternet.data.CoreType;
import org.clusternet.metrics.ClusterBootstrap;
import org.clusternet.metrics.ConfusionMatrix;
import org.clusternet.metrics.Estimate;
import org.jspecify.annotations.Nullable;

/** Scores the answers of models under conditions. */
final class StudyAnalysis {
  private final ClusterBootstrap.Settings settings;

  StudyAnalysis(ClusterBootstrap.Settings settings) {
    this.settings = settings;
  }

  /** The answers of a model under a condition, resampled, by form. */
  private record Sampled(
      ObservingCondition condition,
      Map<ImageForm, ClusterBootstrap> resamples,
      Map<ImageForm, Double> refused) {}

  /**
   * The rows of all models, condition by condition, and behind them the means.
   *
   * @param names names of the models
   * @param conditions the conditions
   * @param answers answers by model and condition, in these orders
   */
  List<StudyResults.Row> rows(
      List<String> names,
      List<ObservingCondition> conditions,
      List<List<List<StudyAnswer>>> answers) {
    List<List<Sampled>> sampled = new ArrayList<>();
    for (List<List<StudyAnswer>> model : answers) {
      List<Sampled> of = new ArrayList<>();
      for (int c = 0; c < conditions.size(); c++) {
        of.add(sample(conditions.get(c), model.get(c)));
      }
      sampled.add(of);
    }
    List<StudyResults.Row> rows = new ArrayList<>();
    for (int c = 0; c < conditions.size(); c++) {
      for (int m = 0; m < names.size(); m++) {
        List<Sampled> first = sampled.get(0).subList(c, c + 1);
        List<Sampled> own = sampled.get(m).subList(c, c + 1);
        rows.add(row(names.get(m), conditions.get(c), own, m == 0 ? null : first));
      }
    }
    for (int m = 0; m < names.size(); m++) {
      rows.add(row(names.get(m), null, sampled.get(m), m == 0 ? null : sampled.get(0)));
    }
    return rows;
  }

  private Sampled sample(ObservingCondition condition, List<StudyAnswer> answers) {
    Map<ImageForm, ClusterBootstrap> resamples = new EnumMap<>(ImageForm.class);
    Map<ImageForm, Double> refused = new EnumMap<>(ImageForm.class);
    for (ImageForm form : ImageForm.values()) {
      List<StudyAnswer> of = answers.stream().filter(answer -> answer.form() == form).toList();
      resamples.put(
          form, ClusterBootstrap.of(of.stream().map(StudyAnswer::scored).toList(), settings));
      refused.put(form, of.stream().filter(StudyAnswer::isRefused).count() / (double) of.size());
    }
    return new Sampled(condition, resamples, refused);
  }

  private static StudyResults.Row row(
      String model,
      @Nullable ObservingCondition condition,
      List<Sampled> own,
      @Nullable List<Sampled> first) {
    return new StudyResults.Row(
        model,
        condition,
        scores(ImageForm.COUNTS, own, first),
        scores(ImageForm.REDUCED, own, first),
        difference(resamples(ImageForm.COUNTS, own), resamples(ImageForm.REDUCED, own)));
  }

  private static StudyResults.FormScores scores(
      ImageForm form, List<Sampled> own, @Nullable List<Sampled> first) {
    List<ClusterBootstrap> resamples = resamples(form, own);
    return new StudyResults.FormScores(
        mean(resamples, ConfusionMatrix::macroF1),
        mean(resamples, matrix -> matrix.rowShare(CoreType.CC, CoreType.CC)),
        first == null ? null : difference(resamples(form, first), resamples),
        own.stream()
            .mapToDouble(s -> Objects.requireNonNull(s.refused().get(form)))
            .average()
            .orElse(0));
  }

  private static List<ClusterBootstrap> resamples(ImageForm form, List<Sampled> sampled) {
    return sampled.stream().map(s -> Objects.requireNonNull(s.resamples().get(form))).toList();
  }

  private static Estimate difference(List<ClusterBootstrap> first, List<ClusterBootstrap> second) {
    return ClusterBootstrap.difference(first, second, ConfusionMatrix::macroF1).score();
  }

  private static Estimate mean(
      List<ClusterBootstrap> resamples, ToDoubleFunction<ConfusionMatrix> score) {
    return ClusterBootstrap.mean(resamples, score);
  }
}
