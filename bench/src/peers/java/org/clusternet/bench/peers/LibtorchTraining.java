package org.clusternet.bench.peers;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import org.clusternet.bench.step.StepTask;

/**
 * ResNet-18 trained by DJL's Trainer on libtorch. Every array of a step lives in a manager of that
 * step, to which the batch is attached while it runs: else DJL keeps the intermediate results until
 * its garbage collector comes, and slows down.
 */
final class LibtorchTraining implements AutoCloseable {
  private final Model model;
  private final Trainer trainer;
  private final NDManager manager;
  private final NDArray images;
  private final NDArray labels;

  /**
   * A network with random weights and its batch.
   *
   * @param task what it learns
   * @param channelsLast whether the images, and with them all activations, are channels-last in
   *     memory
   * @param threads threads within an op
   */
  LibtorchTraining(StepTask task, boolean channelsLast, int threads) {
    start(threads);
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
    Shape shape = new Shape(task.batch(), StepTask.CHANNELS, task.size(), task.size());
    trainer.initialize(shape);
    StepTask.requireResNet18(count(block));
    manager = trainer.getManager().newSubManager();
    NDArray rowMajor = manager.create(task.images(), shape);
    images = channelsLast ? channelsLast(rowMajor) : rowMajor;
    labels = manager.create(task.labels()).toType(DataType.INT64, false);
  }

  /** libtorch reads the number of threads from properties, once. */
  private static void start(int threads) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Engine.getEngine("PyTorch");
  }

  /** The same values with channels innermost in memory: libtorch's ops keep that layout. */
  private static NDArray channelsLast(NDArray x) {
    return x.transpose(0, 2, 3, 1).duplicate().transpose(0, 3, 1, 2);
  }

  private static long count(Block block) {
    return block.getParameters().values().stream()
        .filter(Parameter::requiresGradient)
        .mapToLong(p -> p.getArray().size())
        .sum();
  }

  /** Forward, cross entropy, backward, Adam; returns the loss. */
  float step() {
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

  /** What runs, for people. */
  static String describe() {
    return "libtorch " + Engine.getEngine("PyTorch").getVersion();
  }

  @Override
  public void close() {
    manager.close();
    trainer.close();
    model.close();
  }
}
