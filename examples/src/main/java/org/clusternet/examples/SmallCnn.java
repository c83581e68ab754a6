package org.clusternet.examples;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.clusternet.engine.Devices;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.op.GlobalAveragePool;
import org.clusternet.engine.op.MaxPool;
import org.clusternet.engine.op.WeightedCrossEntropy;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.nn.Mode;
import org.clusternet.nn.layer.BatchNorm2d;
import org.clusternet.nn.layer.Conv2d;
import org.clusternet.nn.layer.Linear;
import org.clusternet.nn.optim.Adam;
import org.clusternet.nn.parameter.KeyPath;
import org.clusternet.nn.parameter.Parameters;

/**
 * A convolutional network of three layers that learns to read {@link Digits} in a few seconds on a
 * CPU.
 *
 * <pre>
 * image (N, 1, 20, 20)  block 8, halve  (N, 8, 10, 10)  block 16, halve  (N, 16, 5, 5)
 *   block 32  (N, 32, 5, 5)  mean  (N, 32)  linear  logits (N, 10)
 * block: convolution 3 x 3, batch normalisation, ReLU
 * </pre>
 *
 * <p>A model is a plain object that declares its parameters while it is built; an {@link Executor}
 * runs its forward pass, a tape in training, an eager one otherwise.
 */
public final class SmallCnn implements AutoCloseable {
  private static final int BATCH = 32;
  private static final MaxPool HALVE = new MaxPool(2, 2, 0);

  private final Device device;
  private final Parameters parameters;
  private final Block first;
  private final Block second;
  private final Block third;
  private final Linear classifier;
  private final Adam adam;

  /** Convolution, normalisation and ReLU. */
  private static final class Block {
    private final Conv2d convolution;
    private final BatchNorm2d norm;

    Block(KeyPath at, int in, int out) {
      convolution = new Conv2d(at.child("conv"), in, out, 3, 1, 1);
      norm = new BatchNorm2d(at.child("bn"), out, true);
    }

    Tensor forward(Executor run, Mode mode, Tensor x) {
      return norm.forward(run, mode, convolution.forward(run, x));
    }
  }

  /** A network with random weights; the same seed gives the same weights on every machine. */
  public SmallCnn(Device device, long seed) {
    this.device = device;
    parameters = new Parameters(device, DType.F32);
    KeyPath root = parameters.root();
    first = new Block(root.child("block1"), 1, 8);
    second = new Block(root.child("block2"), 8, 16);
    third = new Block(root.child("block3"), 16, 32);
    classifier = new Linear(root.child("fc"), 32, Digits.CLASSES);
    parameters.initialise(seed);
    adam = new Adam(parameters, Adam.Settings.defaults());
  }

  /** Trains and tests; the argument is a device, or else auto. */
  public static void main(String[] args) {
    try (Device device = Devices.open(args.length > 0 ? args[0] : "auto", 0);
        SmallCnn network = new SmallCnn(device, 1)) {
      System.out.println(device.describe());
      System.out.println(network.parameters.count() + " parameters");
      RandomGenerator random = new SplittableRandom(1);
      for (int round = 1; round <= 4; round++) {
        double loss = network.train(random, 30, round < 4 ? 1e-2 : 1e-3);
        System.out.printf("after %d steps: loss %.3f%n", 30 * round, loss);
      }
      System.out.printf("accuracy %.3f%n", network.accuracy(new SplittableRandom(2), 1000));
    }
  }

  /** Images (N, 1, 20, 20) to logits (N, 10). */
  public Tensor forward(Executor run, Mode mode, Tensor images) {
    Tensor x = run.apply(HALVE, first.forward(run, mode, images));
    x = run.apply(HALVE, second.forward(run, mode, x));
    x = third.forward(run, mode, x);
    return classifier.forward(run, run.apply(new GlobalAveragePool(), x));
  }

  /**
   * Makes some steps of Adam, each on a batch of new images.
   *
   * @return the mean loss of these steps
   */
  public double train(RandomGenerator random, int steps, double learningRate) {
    double sum = 0;
    try (Scope scope = device.scope()) {
      Tensor images = images(scope, BATCH);
      Tensor labels = scope.allocate(TensorType.of(DType.I32, BATCH));
      Tensor classWeights = scope.allocate(TensorType.of(DType.F32, Digits.CLASSES));
      double[] ones = new double[Digits.CLASSES];
      Arrays.fill(ones, 1);
      HostValues.set(device, classWeights, ones);
      for (int step = 0; step < steps; step++) {
        Digits.Batch batch = Digits.draw(random, BATCH);
        HostValues.set(device, images, batch.pixels());
        HostValues.set(device, labels, batch.labels());
        sum += gradients(images, labels, classWeights);
        adam.step(learningRate);
      }
    }
    return sum / steps;
  }

  /** Writes the gradients of all parameters to their memory and returns the loss. */
  private double gradients(Tensor images, Tensor labels, Tensor classWeights) {
    try (Tape tape = new Tape(device)) {
      parameters.watch(tape);
      Tensor logits = forward(tape, Mode.TRAINING, images);
      Tensor loss =
          tape.retain(tape.apply(new WeightedCrossEntropy(), logits, labels, classWeights));
      tape.backward(loss);
      return HostValues.get(device, loss)[0];
    }
  }

  /** The share of {@code count} new images whose largest logit is that of their digit. */
  public double accuracy(RandomGenerator random, int count) {
    Digits.Batch batch = Digits.draw(random, count);
    try (Scope scope = device.scope()) {
      Tensor images = images(scope, count);
      HostValues.set(device, images, batch.pixels());
      Tensor logits = forward(new Eager(device, scope), Mode.INFERENCE, images);
      double[] values = HostValues.get(device, logits);
      int right = 0;
      for (int i = 0; i < count; i++) {
        right += largest(values, i * Digits.CLASSES) == batch.labels()[i] ? 1 : 0;
      }
      return right / (double) count;
    }
  }

  private static Tensor images(Scope scope, int count) {
    return scope.allocate(TensorType.of(DType.F32, count, 1, Digits.SIZE, Digits.SIZE));
  }

  private static int largest(double[] logits, int from) {
    int best = 0;
    for (int k = 1; k < Digits.CLASSES; k++) {
      best = logits[from + k] > logits[from + best] ? k : best;
    }
    return best;
  }

  /** Ends the memory of the network and of its optimiser. */
  @Override
  public void close() {
    adam.close();
    parameters.close();
  }
}
