package org.clusternet.observing;

import java.util.List;
import org.clusternet.metrics.ClusterBootstrap;
import org.clusternet.metrics.Estimate;
import org.jspecify.annotations.Nullable;

/**
 * The scores of a study. Intervals are percentile intervals of the bootstrap over clusters;
 * differences are paired: the same resamples of the same clusters on both sides.
 *
 * @param sample the clusters
 * @param bootstrap settings of the intervals
 * @param models the models in the order given
 * @param rows one per condition and model
 * @param overall one per model: the means over all conditions
 */
public record StudyResults(
    StudySample sample,
    ClusterBootstrap.Settings bootstrap,
    List<Model> models,
    List<Row> rows,
    List<Row> overall) {
  /** Subtraction is free of cost if no interval of its difference lies wholly below this. */
  public static final double MARGIN = -0.02;

  /** Copies the lists. */
  public StudyResults {
    models = List.copyOf(models);
    rows = List.copyOf(rows);
    overall = List.copyOf(overall);
  }

  /**
   * In how many conditions reduction costs something beyond doubt.
   *
   * @param model name of a model
   * @return one sentence
   */
  public String verdict(String model) {
    List<Row> own = rows.stream().filter(row -> row.model().equals(model)).toList();
    return "%s: reduction costs more than %s in macro F1 beyond doubt (interval wholly below %s) in %d of %d conditions."
        .formatted(model, -MARGIN, MARGIN, own.stream().filter(Row::isCostly).count(), own.size());
  }

  /**
   * A model.
   *
   * @param name its name
   * @param settings the settings that tell it from others, in words
   */
  public record Model(String name, String settings) {}

  /**
   * The scores of one form of the images.
   *
   * @param macroF1 macro F1 over images
   * @param coolCores share of cool cores that are called cool cores
   * @param gain macro F1 less that of the first model; null for the first itself
   * @param refused share of images in which nothing was above the noise; they count as wrong
   */
  public record FormScores(
      Estimate macroF1, Estimate coolCores, @Nullable Estimate gain, double refused) {}

  /**
   * The scores of a model under a condition.
   *
   * @param model its name
   * @param condition the condition; null for the mean over all
   * @param counts scores on the counts as they are
   * @param reduced scores on reduced images
   * @param cost macro F1 on reduced images less that on counts
   */
  public record Row(
      String model,
      @Nullable ObservingCondition condition,
      FormScores counts,
      FormScores reduced,
      Estimate cost) {
    /** Whether reduction costs more than {@link #MARGIN} beyond doubt. */
    public boolean isCostly() {
      return cost.high() < MARGIN;
    }
  }
}
