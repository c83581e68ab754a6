package org.clusternet.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.clusternet.data.CoreType;
import org.clusternet.inference.Prediction;

/**
 * A model whose one weight is the number of epochs that it has seen, and whose answers follow from
 * that by a script: in each epoch, which class it answers to every sample, and its loss.
 */
final class FakeModel implements Model {

  /** What the model does from the end of an epoch on. */
  record Script(CoreType answer, double loss) {}

  private final List<Script> scripts;
  private final int batchesPerEpoch;
  final List<int[]> trained = new ArrayList<>();
  final List<Double> rates = new ArrayList<>();
  final List<String> diagnosed = new ArrayList<>();
  double trainLoss = 1;
  private int steps;
  private int kept = -1;

  FakeModel(int batchesPerEpoch, Script... scripts) {
    this.batchesPerEpoch = batchesPerEpoch;
    this.scripts = List.of(scripts);
  }

  /** How many epochs the script has. */
  int epochs() {
    return scripts.size();
  }

  /** How many epochs the weight has seen. */
  int epoch() {
    return steps / batchesPerEpoch;
  }

  @Override
  public LossValues train(int epoch, int[] samples, double learningRate) {
    trained.add(samples.clone());
    rates.add(learningRate);
    steps++;
    return new LossValues(trainLoss * steps, 0.5, 0.25, Double.NaN, samples.length);
  }

  @Override
  public Evaluation evaluate(int[] samples) {
    Script script = scripts.get(epoch() - 1);
    List<Double> probabilities = new ArrayList<>(List.of(0.1, 0.1, 0.1));
    probabilities.set(script.answer().index(), 0.8);
    return new Evaluation(
        new LossValues(script.loss(), script.loss(), Double.NaN, Double.NaN, Double.NaN),
        Arrays.stream(samples)
            .mapToObj(s -> new Prediction(probabilities, Optional.empty()))
            .toList(),
        Arrays.stream(samples).mapToObj(s -> new double[] {s}).toList());
  }

  @Override
  public String diagnose(int epoch, int[] samples, boolean training) {
    diagnosed.add(Arrays.toString(samples) + " " + training);
    return "the op Fake";
  }

  @Override
  public void keep() {
    kept = steps;
  }

  @Override
  public void restore() {
    steps = kept;
  }
}
