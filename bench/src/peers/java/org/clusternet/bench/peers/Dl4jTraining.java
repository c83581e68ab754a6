package org.clusternet.bench.peers;

import org.clusternet.benchmark.step.StepTask;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** ResNet-18 trained by DL4J's {@code fit}, in its workspaces. */
final class Dl4jTraining implements PeerPass {
  private final ComputationGraph net;
  private final MultiDataSet batch;

  /**
   * A network with random weights and its batch.
   *
   * @param task images and labels
   * @param threads number of threads of its native ops
   */
  Dl4jTraining(StepTask task, int threads) {
    Dl4j.start(threads);
    net = Dl4jResNet18.build(task);
    INDArray truth = Nd4j.zeros(task.batch(), StepTask.CLASSES);
    int[] labels = task.labels();
    for (int i = 0; i < labels.length; i++) {
      truth.putScalar(i, labels[i], 1);
    }
    batch = new MultiDataSet(Dl4j.images(task), truth);
  }

  /** Forward, cross entropy, backward, Adam; returns the loss. */
  @Override
  public float run() {
    net.fit(batch);
    return (float) net.score();
  }

  @Override
  public boolean trains() {
    return true;
  }

  @Override
  public void close() {
    net.close();
  }
}
