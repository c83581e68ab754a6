package org.clusternet.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.clusternet.benchmark.step.StepTask;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/**
 * torchvision's ResNet-18 in a TensorFlow graph: channels-last, {@code FusedBatchNormV3} with eps
 * 1e-5 and PyTorch's momentum 0.1, which is its exponential_avg_factor. In training the weights are
 * variables; in inference they are constants, as in a frozen graph, so that Grappler folds
 * normalisation and ReLU into the convolutions.
 *
 * <p>TensorFlow's {@code SAME} pads strided layers on one side only, and its C++ gradient of Conv2D
 * knows no explicit padding, so they are padded by a separate op, as in Keras.
 */
final class TensorFlowResNet18 {
  private static final int[] WIDTHS = {64, 128, 256, 512};
  private static final int BLOCKS = 2;
  private static final float EPSILON = 1e-5f;
  private static final float MOMENTUM = 0.1f;

  private final Ops tf;
  private final boolean training;
  private final Random random = new Random(1);
  private final List<Variable<TFloat32>> learned = new ArrayList<>();
  private final List<Op> updates = new ArrayList<>();
  private long parameters;

  /**
   * A network without layers.
   *
   * @param tf graph that the ops are added to
   * @param training whether it normalises by batch statistics and its weights are variables;
   *     otherwise it uses running statistics and constants
   */
  TensorFlowResNet18(Ops tf, boolean training) {
    this.tf = tf;
    this.training = training;
  }

  /** Adds the layers: from images (N, H, W, C) to logits (N, classes). */
  Operand<TFloat32> logits(Operand<TFloat32> images) {
    Operand<TFloat32> x = tf.nn.relu(convolution(images, StepTask.CHANNELS, WIDTHS[0], 7, 2));
    x =
        tf.nn.maxPool(
            padded(x, 1), tf.array(1, 3, 3, 1), tf.array(1, 2, 2, 1), "VALID"); // x is not below 0
    int channels = WIDTHS[0];
    for (int stage = 0; stage < WIDTHS.length; stage++) {
      for (int block = 0; block < BLOCKS; block++) {
        x = residual(x, channels, WIDTHS[stage], stage > 0 && block == 0 ? 2 : 1);
        channels = WIDTHS[stage];
      }
    }
    Operand<TFloat32> features = tf.math.mean(x, tf.array(1, 2));
    Operand<TFloat32> product =
        tf.linalg.matMul(features, normal(Shape.of(channels, StepTask.CLASSES), channels));
    return tf.nn.biasAdd(product, filled(StepTask.CLASSES, 0));
  }

  private Operand<TFloat32> residual(Operand<TFloat32> x, int in, int out, int stride) {
    Operand<TFloat32> main = tf.nn.relu(convolution(x, in, out, 3, stride));
    main = convolution(main, out, out, 3, 1);
    Operand<TFloat32> shortcut = stride == 1 && in == out ? x : convolution(x, in, out, 1, stride);
    return tf.nn.relu(tf.math.add(main, shortcut));
  }

  /** Adds a convolution and the normalisation after it. */
  private Operand<TFloat32> convolution(
      Operand<TFloat32> x, int in, int out, int kernel, int stride) {
    Operand<TFloat32> weight =
        normal(Shape.of(kernel, kernel, in, out), (long) in * kernel * kernel);
    boolean explicit = stride > 1 && kernel > 1;
    Operand<TFloat32> input = explicit ? padded(x, kernel / 2) : x;
    List<Long> strides = List.of(1L, (long) stride, (long) stride, 1L);
    Conv2d<TFloat32> y = tf.nn.conv2d(input, weight, strides, explicit ? "VALID" : "SAME");
    return norm(y, out);
  }

  private Operand<TFloat32> padded(Operand<TFloat32> x, int by) {
    return tf.pad(
        x, tf.constant(new int[][] {{0, 0}, {by, by}, {by, by}, {0, 0}}), tf.constant(0f));
  }

  private Operand<TFloat32> norm(Operand<TFloat32> x, int channels) {
    Operand<TFloat32> scale = filled(channels, 1);
    Operand<TFloat32> shift = filled(channels, 0);
    Operand<TFloat32> mean = tf.fill(tf.array(channels), tf.constant(0f));
    Operand<TFloat32> variance = tf.fill(tf.array(channels), tf.constant(1f));
    if (!training) {
      return tf.nn
          .fusedBatchNorm(
              x,
              scale,
              shift,
              mean,
              variance,
              FusedBatchNorm.epsilon(EPSILON),
              FusedBatchNorm.isTraining(false))
          .y();
    }
    Variable<TFloat32> runningMean = tf.variable(mean);
    Variable<TFloat32> runningVariance = tf.variable(variance);
    FusedBatchNorm<TFloat32, TFloat32> norm =
        tf.nn.fusedBatchNorm(
            x,
            scale,
            shift,
            runningMean,
            runningVariance,
            FusedBatchNorm.epsilon(EPSILON),
            FusedBatchNorm.exponentialAvgFactor(MOMENTUM),
            FusedBatchNorm.isTraining(true));
    updates.add(tf.assign(runningMean, norm.batchMean()));
    updates.add(tf.assign(runningVariance, norm.batchVariance()));
    return norm.y();
  }

  /** A weight with Kaiming initialisation. */
  private Operand<TFloat32> normal(Shape shape, long inputs) {
    float deviation = (float) Math.sqrt(2.0 / inputs);
    if (!training) {
      float[] values = new float[Math.toIntExact(shape.size())];
      for (int i = 0; i < values.length; i++) {
        values[i] = deviation * (float) random.nextGaussian();
      }
      parameters += values.length;
      return tf.constant(shape, DataBuffers.of(values));
    }
    Operand<TFloat32> unit = tf.random.randomStandardNormal(tf.constant(shape), TFloat32.class);
    return variable(shape, tf.math.mul(unit, tf.constant(deviation)));
  }

  private Operand<TFloat32> filled(int channels, float value) {
    Operand<TFloat32> initial = tf.fill(tf.array(channels), tf.constant(value));
    if (!training) {
      parameters += channels;
      return initial;
    }
    return variable(Shape.of(channels), initial);
  }

  private Operand<TFloat32> variable(Shape shape, Operand<TFloat32> initial) {
    Variable<TFloat32> variable = tf.variable(initial);
    learned.add(variable);
    parameters += shape.size();
    return variable;
  }

  /** The trainable variables. */
  List<Variable<TFloat32>> learned() {
    return learned;
  }

  /** The updates of running statistics in a training step. */
  List<Op> updates() {
    return updates;
  }

  /** Number of trainable parameters. */
  long parameters() {
    return parameters;
  }
}
