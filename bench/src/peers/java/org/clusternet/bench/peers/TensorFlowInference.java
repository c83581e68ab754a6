package org.clusternet.bench.peers;

import org.clusternet.benchmark.step.StepTask;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** ResNet-18 in inference by TensorFlow-Java: a frozen graph, optimised by TensorFlow. */
final class TensorFlowInference implements PeerPass {
  private final Graph graph = new Graph();
  private final Placeholder<TFloat32> images;
  private final Operand<TFloat32> logits;
  private final Session session;
  private final TFloat32 batch;

  /**
   * A network with random weights and its batch.
   *
   * @param task images
   * @param threads number of threads within an op
   * @param half whether TensorFlow's mixed precision of BF16 and F32 is used
   */
  TensorFlowInference(StepTask task, int threads, boolean half) {
    Ops tf = Ops.create(graph);
    images = tf.placeholder(TFloat32.class, Placeholder.shape(TensorFlow.shape(task)));
    TensorFlowResNet18 net = new TensorFlowResNet18(tf, false);
    logits = net.logits(images);
    StepTask.requireResNet18(net.parameters());
    session = new Session(graph, TensorFlow.config(threads, half));
    batch = TensorFlow.images(task);
  }

  @Override
  public float run() {
    try (Result result = session.runner().feed(images, batch).fetch(logits).run()) {
      return ((TFloat32) result.get(0)).getFloat(0, 0);
    }
  }

  @Override
  public void close() {
    batch.close();
    session.close();
    graph.close();
  }
}
