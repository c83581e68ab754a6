package org.clusternet.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.clusternet.data.CoreType;
import org.clusternet.data.fold.Folds;
import org.clusternet.inference.Prediction;
import org.clusternet.metrics.ConfusionMatrix;
import org.clusternet.nn.optim.StepDecay;
import org.clusternet.progress.Progress;

/**
 * The training loop.
 *
 * <p>Every epoch goes once through the training samples in an order of its own, then evaluates the
 * validation fold. The paper does not say how many epochs there are and which of them is reported:
 * here it is the one with the highest macro F1 over the validation fold; of equals the one with the
 * lower validation loss, then the earlier one. Its weights are kept and restored at the end, so
 * that the test fold is evaluated once, by one network.
 *
 * <p>A loss that is NaN or infinite ends the run at once: the batch is run again with every op
 * checked, and the error names the first op whose output is not finite.
 */
public final class Trainer {

  /**
   * Settings of the loop.
   *
   * @param epochs number of epochs, at least 1
   * @param batch number of samples per step, at least 2
   * @param seed random seed of the order of samples
   * @param learningRate learning rate by epoch
   */
  public record Settings(int epochs, int batch, long seed, StepDecay learningRate) {}

  /** Is told of every step and epoch, and may stop training. */
  @FunctionalInterface
  public interface Listener {
    /**
     * An epoch has ended. The model holds its weights until this returns.
     *
     * @param state all epochs so far, this one last
     * @param best whether this epoch is the best so far
     */
    void epochEnded(TrainingState state, boolean best);

    /**
     * A step has ended.
     *
     * @param state position after the step
     * @param learningRate learning rate of the step
     * @param loss loss of its batch, before the step
     */
    default void stepEnded(TrainingState state, double learningRate, LossValues loss) {}

    /** Whether training is to stop; asked after every step and every epoch but the last. */
    default boolean isStopAsked() {
      return false;
    }
  }

  /**
   * The result of training. The model holds the weights of the best epoch.
   *
   * @param epochs figures of all epochs
   * @param best the epoch chosen by the validation fold
   */
  public record Outcome(List<EpochMetrics> epochs, EpochMetrics best) {
    /** Copies the list. */
    public Outcome {
      epochs = List.copyOf(epochs);
    }
  }

  private final Model model;
  private final List<CoreType> labels;
  private final Settings settings;
  private final Progress progress;

  /**
   * A training loop.
   *
   * @param model the model to train
   * @param labels the class of every sample
   * @param settings settings of the loop
   * @param progress shows a bar and one line per epoch
   */
  public Trainer(Model model, List<CoreType> labels, Settings settings, Progress progress) {
    this.model = model;
    this.labels = List.copyOf(labels);
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Trains, and restores the weights of the best epoch.
   *
   * @param split training and validation samples; its test samples are not used
   * @param from the position to continue from, with the model as it was there; {@link
   *     TrainingState#START} to begin
   * @param listener is told of every step and epoch
   * @return all epochs and the best
   * @throws IllegalArgumentException if there are fewer than two training samples or no validation
   *     sample
   * @throws TrainingException if a loss is not finite
   * @throws TrainingStoppedException if the listener asked to stop
   */
  public Outcome train(Folds.Split split, TrainingState from, Listener listener) {
    if (split.train().size() < 2 || split.validation().isEmpty()) {
      throw new IllegalArgumentException(
          "training images=%d validation images=%d; at least 2 and 1 are needed: add clusters or choose fewer folds"
              .formatted(split.train().size(), split.validation().size()));
    }
    TrainingState state = from;
    while (state.epochs().size() < settings.epochs()) {
      state = epoch(split, state, listener);
    }
    model.restore();
    return new Outcome(state.epochs(), state.best().orElseThrow());
  }

  private TrainingState epoch(Folds.Split split, TrainingState before, Listener listener) {
    double rate = settings.learningRate().rate(before.epochs().size());
    TrainingState learnt = learn(split.train(), before, rate, listener);
    long start = System.nanoTime();
    String name = name(before.epoch());
    Model.Evaluation validation = evaluate(name + " validation", split.validation());
    EpochMetrics metrics =
        new EpochMetrics(
            before.epoch(),
            rate,
            learnt.loss().mean(),
            validation.loss().total(),
            confusion(split.validation(), validation.predictions()).macroF1(),
            learnt.seconds() + secondsSince(start),
            split.train().size() / learnt.seconds());
    TrainingState after = before.plus(metrics);
    if (after.isAtBest()) {
      model.keep();
    }
    listener.epochEnded(after, after.isAtBest());
    progress.line(metrics.line(settings.epochs(), after.isAtBest()));
    if (after.epochs().size() < settings.epochs()) {
      stopIfAsked(after, listener);
    }
    return after;
  }

  private static void stopIfAsked(TrainingState state, Listener listener) {
    if (listener.isStopAsked()) {
      throw new TrainingStoppedException(state);
    }
  }

  private String name(int epoch) {
    return "epoch " + epoch + "/" + settings.epochs();
  }

  private TrainingState learn(
      List<Integer> samples, TrainingState from, double rate, Listener listener) {
    List<int[]> batches =
        Batches.shuffled(samples, settings.batch(), settings.seed(), from.epoch());
    String name = name(from.epoch());
    TrainingState state = from;
    long start = System.nanoTime();
    try (Progress.Task task = progress.begin(name, batches.size())) {
      while (state.steps() < batches.size()) {
        int[] batch = batches.get(state.steps());
        LossValues loss = model.train(from.epoch(), batch, rate);
        if (!loss.isFinite()) {
          String where = name + " step=" + (state.steps() + 1) + " of " + batches.size();
          throw notFinite(where, loss, model.diagnose(from.epoch(), batch, true));
        }
        state = state.plus(loss, batch.length, from.seconds() + secondsSince(start));
        task.advanceTo(state.steps());
        task.detail(String.format(Locale.ROOT, "loss %.4f", state.loss().mean().total()));
        listener.stepEnded(state, rate, loss);
        stopIfAsked(state, listener);
      }
    }
    return state;
  }

  /**
   * Evaluates samples with the present weights.
   *
   * @param name name of the samples, for the bar
   * @param samples samples, at least one
   * @return the mean loss, and the predictions and features in the order of the samples
   * @throws TrainingException if the loss is not finite
   */
  public Model.Evaluation evaluate(String name, List<Integer> samples) {
    List<int[]> batches = Batches.inOrder(samples, settings.batch());
    LossSum sum = LossSum.NONE;
    List<Prediction> predictions = new ArrayList<>();
    List<double[]> features = new ArrayList<>();
    try (Progress.Task task = progress.begin(name, batches.size())) {
      for (int i = 0; i < batches.size(); i++) {
        Model.Evaluation part = model.evaluate(batches.get(i));
        if (!part.loss().isFinite()) {
          throw notFinite(name + " images", part.loss(), model.diagnose(0, batches.get(i), false));
        }
        sum = sum.plus(part.loss(), batches.get(i).length);
        predictions.addAll(part.predictions());
        features.addAll(part.features());
        task.advanceTo(i + 1);
      }
    }
    return new Model.Evaluation(sum.mean(), predictions, features);
  }

  private static TrainingException notFinite(String where, LossValues loss, String cause) {
    return new TrainingException(
        "%s: loss=%s: %s; lower the learning rate (--learning-rate)"
            .formatted(where, loss.total(), cause));
  }

  /** The confusion matrix of predictions for samples, in the same order. */
  public ConfusionMatrix confusion(List<Integer> samples, List<Prediction> predictions) {
    return ConfusionMatrix.of(
        samples.stream().map(labels::get).toList(),
        predictions.stream().map(Prediction::coreType).toList());
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }
}
