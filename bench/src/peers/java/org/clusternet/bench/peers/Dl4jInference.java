package org.clusternet.bench.peers;

import org.clusternet.benchmark.step.StepTask;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** ResNet-18 in inference by DL4J's {@code outputSingle}: probabilities, by running statistics. */
final class Dl4jInference implements PeerPass {
  private final ComputationGraph net;
  private final INDArray images;

  /**
   * A network with random weights and its batch.
   *
   * @param task images
   * @param threads number of threads of its native ops
   */
  Dl4jInference(StepTask task, int threads) {
    Dl4j.start(threads);
    net = Dl4jResNet18.build(task);
    images = Dl4j.images(task);
  }

  @Override
  public float run() {
    return net.outputSingle(images).getRow(0).maxNumber().floatValue();
  }

  @Override
  public void close() {
    net.close();
  }
}
