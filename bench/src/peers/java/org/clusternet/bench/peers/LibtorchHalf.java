package org.clusternet.bench.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import org.clusternet.benchmark.step.StepTask;

/**
 * ResNet-18 in BF16 on libtorch, in training or inference. TorchScript performs the conversions of
 * autocast: convolutions and the last layer convert inputs and F32 weights to BF16, normalisation
 * works on BF16 with F32 statistics, the loss is F32. Weights and moments are arrays of DJL in F32,
 * updated by DJL's Adam.
 */
final class LibtorchHalf implements PeerPass {
  private static final int[] WIDTHS = {64, 128, 256, 512};
  private static final int UNIT = 5;
  private static final int RUNNING = 3;

  private final boolean training;
  private final NDManager manager;
  private final TorchScript net;
  private final NDList weights = new NDList();
  private final NDArray images;
  private final NDArray labels;
  private final Loss loss = Loss.softmaxCrossEntropyLoss();
  private final Adam adam =
      Adam.builder().optLearningRateTracker(Tracker.fixed((float) StepTask.LEARNING_RATE)).build();

  /**
   * A network with random weights and its batch.
   *
   * @param task images and labels
   * @param channelsLast whether the images, and with them all activations, are channels-last
   * @param threads number of threads within an op
   * @param training whether it trains
   */
  LibtorchHalf(StepTask task, boolean channelsLast, int threads, boolean training) {
    Libtorch.start(threads);
    this.training = training;
    manager = NDManager.newBaseManager("PyTorch");
    net = new TorchScript("ResNet18");
    int in = StepTask.CHANNELS;
    unit(WIDTHS[0], in, 7);
    in = WIDTHS[0];
    for (int width : WIDTHS) {
      for (int block = 0; block < 2; block++) {
        unit(width, in, 3);
        unit(width, width, 3);
        if (in != width) {
          unit(width, in, 1);
        }
        in = width;
      }
    }
    add(normal(new Shape(StepTask.CLASSES, in), in), true);
    add(manager.zeros(new Shape(StepTask.CLASSES)), true);
    StepTask.requireResNet18(count());
    images = Libtorch.images(manager, task, channelsLast);
    labels = manager.create(task.labels()).toType(DataType.INT64, false);
  }

  /** Adds the weights of a convolution and of the normalisation after it. */
  private void unit(int out, int in, int kernel) {
    add(normal(new Shape(out, in, kernel, kernel), in * kernel * kernel), true);
    Shape channels = new Shape(out);
    add(manager.ones(channels), true);
    add(manager.zeros(channels), true);
    add(manager.zeros(channels), false);
    add(manager.ones(channels), false);
  }

  private NDArray normal(Shape shape, int inputs) {
    return manager.randomNormal(0, (float) Math.sqrt(2.0 / inputs), shape, DataType.FLOAT32);
  }

  private void add(NDArray weight, boolean learned) {
    if (learned && training) {
      weight.setRequiresGradient(true);
    }
    weight.setName("weights[]"); // DJL passes arrays with such a name as one list
    weights.add(weight);
  }

  private static boolean isLearned(int index, int size) {
    return index >= size - 2 || index % UNIT < RUNNING;
  }

  private long count() {
    long sum = 0;
    for (int i = 0; i < weights.size(); i++) {
      sum += isLearned(i, weights.size()) ? weights.get(i).size() : 0;
    }
    return sum;
  }

  /** The mean of the first layer's running means; 0 before training. */
  float runningMean() {
    return weights.get(RUNNING).mean().getFloat();
  }

  @Override
  public boolean trains() {
    return training;
  }

  @Override
  public float run() {
    try (NDManager pass = manager.newSubManager()) {
      pass.tempAttachAll(images, labels);
      return training ? step() : forward().toFloatArray()[0];
    }
  }

  private NDArray forward() {
    NDList inputs = new NDList(images);
    inputs.addAll(weights);
    return net.run(inputs, training).singletonOrThrow();
  }

  private float step() {
    float value;
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray mean = loss.evaluate(new NDList(labels), new NDList(forward()));
      collector.backward(mean);
      value = mean.getFloat();
    }
    for (int i = 0; i < weights.size(); i++) {
      if (isLearned(i, weights.size())) {
        try (NDArray gradient = weights.get(i).getGradient()) {
          adam.update(Integer.toString(i), weights.get(i), gradient); // also sets it to 0
        }
      }
    }
    return value;
  }

  @Override
  public void close() {
    manager.close();
    net.close();
  }
}
