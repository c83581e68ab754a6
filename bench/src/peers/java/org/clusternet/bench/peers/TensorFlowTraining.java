package org.clusternet.bench.peers;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.benchmark.step.StepTask;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * ResNet-18 trained by TensorFlow-Java: one graph of forward pass, cross entropy, gradients and
 * {@code ApplyAdam}, run once per step. tensorflow-framework, which would add the same ops, ends
 * with 1.0.0 on Maven Central; the cross entropy of numbered classes has no gradient outside
 * Python.
 */
final class TensorFlowTraining implements PeerPass {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final Graph graph = new Graph();
  private final Placeholder<TFloat32> images;
  private final Placeholder<TInt32> labels;
  private final Operand<TFloat32> loss;
  private final Op update;
  private final Session session;
  private final TFloat32 batch;
  private final TInt32 classes;

  /**
   * A network with random weights and its batch.
   *
   * @param task images and labels
   * @param threads number of threads within an op
   * @param half whether TensorFlow's mixed precision of BF16 and F32 is used
   */
  TensorFlowTraining(StepTask task, int threads, boolean half) {
    Ops tf = Ops.create(graph);
    images = tf.placeholder(TFloat32.class, Placeholder.shape(TensorFlow.shape(task)));
    labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(task.batch())));
    TensorFlowResNet18 net = new TensorFlowResNet18(tf, true);
    Operand<TFloat32> logits = net.logits(images);
    StepTask.requireResNet18(net.parameters());
    Operand<TFloat32> truth =
        tf.oneHot(labels, tf.constant(StepTask.CLASSES), tf.constant(1f), tf.constant(0f));
    loss = tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(logits, truth).loss(), tf.constant(0));
    List<Op> updates = new ArrayList<>(net.updates());
    updates.addAll(adam(tf, net.learned()));
    update = tf.withControlDependencies(updates).noOp();
    session = new Session(graph, TensorFlow.config(threads, half));
    session.initialize();
    batch = TensorFlow.images(task);
    classes = TInt32.vectorOf(task.labels());
  }

  private List<Op> adam(Ops tf, List<Variable<TFloat32>> weights) {
    Variable<TFloat32> power1 = tf.variable(tf.constant(BETA1));
    Variable<TFloat32> power2 = tf.variable(tf.constant(BETA2));
    Gradients gradients = tf.gradients(loss, weights);
    List<Op> steps = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      Variable<TFloat32> weight = weights.get(i);
      Output<TFloat32> gradient = gradients.dy(i);
      steps.add(
          tf.train.applyAdam(
              weight,
              zeros(tf, weight),
              zeros(tf, weight),
              power1,
              power2,
              tf.constant((float) StepTask.LEARNING_RATE),
              tf.constant(BETA1),
              tf.constant(BETA2),
              tf.constant(EPSILON),
              gradient));
    }
    Ops after = tf.withControlDependencies(steps);
    List<Op> all = new ArrayList<>(steps);
    all.add(after.assign(power1, after.math.mul(power1, tf.constant(BETA1))));
    all.add(after.assign(power2, after.math.mul(power2, tf.constant(BETA2))));
    return all;
  }

  private static Variable<TFloat32> zeros(Ops tf, Variable<TFloat32> like) {
    return tf.variable(tf.fill(tf.constant(like.asOutput().shape()), tf.constant(0f)));
  }

  /** Forward, cross entropy, backward, Adam; returns the loss. */
  @Override
  public float run() {
    try (Result result =
        session
            .runner()
            .feed(images, batch)
            .feed(labels, classes)
            .fetch(loss)
            .addTarget(update)
            .run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  @Override
  public boolean trains() {
    return true;
  }

  @Override
  public void close() {
    batch.close();
    classes.close();
    session.close();
    graph.close();
  }
}
