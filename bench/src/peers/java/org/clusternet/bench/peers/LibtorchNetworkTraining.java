package org.clusternet.bench.peers;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import org.clusternet.benchmark.StepCases;
import org.clusternet.benchmark.step.StepTask;

/**
 * The three-headed network trained by DJL's Trainer on libtorch in F32: three cross entropies and
 * the Cramer distance, weighted as in the paper (Eq. 9 to 15). Managers are used as in {@link
 * LibtorchTraining}.
 */
final class LibtorchNetworkTraining implements PeerPass {
  private static final float[] ALPHAS = {0.8f, 0.1f, 0.1f};
  private static final float REGRESSION = 0.1f;

  private final TorchScript crop;
  private final Model model;
  private final Trainer trainer;
  private final NDManager manager;
  private final NDArray images;
  private final NDArray truth;
  private final int batch;

  /**
   * A network with random weights and its batch.
   *
   * @param task images and labels
   * @param channelsLast whether the images are channels-last in memory
   * @param threads number of threads within an op
   */
  LibtorchNetworkTraining(StepTask task, boolean channelsLast, int threads) {
    Libtorch.start(threads);
    batch = task.batch();
    crop = new TorchScript("AttentionCrop");
    LibtorchClusterNet net = new LibtorchClusterNet(crop);
    model = Model.newInstance("clusternet", "PyTorch");
    model.setBlock(net);
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(
                    Adam.builder()
                        .optLearningRateTracker(Tracker.fixed((float) StepTask.LEARNING_RATE))
                        .build()));
    trainer.initialize(Libtorch.shape(task));
    long parameters = LibtorchTraining.count(net);
    if (parameters != StepCases.NETWORK_PARAMETERS) {
      throw new IllegalStateException("parameters=" + parameters + " of the three-headed network");
    }
    manager = trainer.getManager().newSubManager();
    images = Libtorch.images(manager, task, channelsLast);
    truth = manager.create(task.labels()).oneHot(StepTask.CLASSES);
  }

  @Override
  public boolean trains() {
    return true;
  }

  @Override
  public float run() {
    try (NDManager step = manager.newSubManager()) {
      step.tempAttachAll(images, truth);
      float value;
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDArray loss = loss(trainer.forward(new NDList(images)));
        collector.backward(loss);
        value = loss.getFloat();
      }
      trainer.step();
      return value;
    }
  }

  private NDArray loss(NDList heads) {
    NDArray distance = heads.get(0).softmax(1).sub(truth).cumSum(1).square().sum();
    NDArray sum = distance.mul(REGRESSION / batch);
    for (int head = 0; head < ALPHAS.length; head++) {
      NDArray entropy = heads.get(head).logSoftmax(1).mul(truth).sum();
      sum = sum.add(entropy.mul(-ALPHAS[head] / batch));
    }
    return sum;
  }

  @Override
  public void close() {
    manager.close();
    trainer.close();
    model.close();
    crop.close();
  }
}
