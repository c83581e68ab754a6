package org.clusternet.bench.peers;

import java.util.Properties;
import org.clusternet.benchmark.step.StepTask;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Code shared by all uses of DL4J. */
final class Dl4j {
  private Dl4j() {}

  /** Starts DL4J with a number of threads for an op and as many for BLAS. */
  static void start(int threads) {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.factory().blas().setMaxThreads(threads);
  }

  /** A description of the library. */
  static String describe() {
    Properties facts = Nd4j.getExecutioner().getEnvironmentInformation();
    return "DL4J on %s with %s"
        .formatted(facts.getProperty("backend"), facts.getProperty("blas.vendor"));
  }

  /** The images of a task (N, H, W, C). */
  static INDArray images(StepTask task) {
    return Nd4j.createFromArray(ChannelsLast.images(task))
        .reshape(task.batch(), task.size(), task.size(), StepTask.CHANNELS);
  }
}
