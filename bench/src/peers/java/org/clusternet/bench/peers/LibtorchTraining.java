package org.clusternet.bench.peers;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import org.clusternet.benchmark.step.StepTask;

/**
 * ResNet-18 trained by DJL's Trainer on libtorch. Every array of a step belongs to a manager of
 * that step, to which the batch is attached while it runs: otherwise DJL keeps the intermediate
 * results until a garbage collection, and slows down.
 */
final class LibtorchTraining implements PeerPass {
  private final Model model;
  private final Trainer trainer;
  private final NDManager manager;
  private final NDArray images;
  private final NDArray labels;

  /**
   * A network with random weights and its batch.
   *
   * @param task images and labels
   * @param channelsLast whether the images, and with them all activations, are channels-last in
   *     memory
   * @param threads number of threads within an op
   */
  LibtorchTraining(StepTask task, boolean channelsLast, int threads) {
    Libtorch.start(threads);
    model = Model.newInstance("resnet18", "PyTorch");
    Block block = LibtorchResNet18.build(StepTask.CLASSES);
    model.setBlock(block);
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .optOptimizer(
                Adam.builder()
                    .optLearningRateTracker(Tracker.fixed((float) StepTask.LEARNING_RATE))
                    .build());
    trainer = model.newTrainer(config);
    trainer.initialize(Libtorch.shape(task));
    StepTask.requireResNet18(count(block));
    manager = trainer.getManager().newSubManager();
    images = Libtorch.images(manager, task, channelsLast);
    labels = manager.create(task.labels()).toType(DataType.INT64, false);
  }

  static long count(Block block) {
    return block.getParameters().values().stream()
        .filter(Parameter::requiresGradient)
        .mapToLong(p -> p.getArray().size())
        .sum();
  }

  /** Forward, cross entropy, backward, Adam; returns the loss. */
  @Override
  public float run() {
    try (NDManager step = manager.newSubManager()) {
      step.tempAttachAll(images, labels);
      float value;
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDList logits = trainer.forward(new NDList(images));
        NDArray loss = trainer.getLoss().evaluate(new NDList(labels), logits);
        collector.backward(loss);
        value = loss.getFloat();
      }
      trainer.step();
      return value;
    }
  }

  @Override
  public boolean trains() {
    return true;
  }

  @Override
  public void close() {
    manager.close();
    trainer.close();
    model.close();
  }
}
