package org.clusternet.bench.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.clusternet.benchmark.step.StepTask;

/** Code shared by all uses of libtorch. */
final class Libtorch {
  private Libtorch() {}

  /** libtorch reads the number of threads from properties, once. */
  static void start(int threads) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Engine.getEngine("PyTorch");
  }

  /** A description of the library. */
  static String describe() {
    return "libtorch " + Engine.getEngine("PyTorch").getVersion();
  }

  /**
   * The images of a task.
   *
   * @param channelsLast whether channels are innermost in memory, which libtorch's ops pass on
   */
  static NDArray images(NDManager manager, StepTask task, boolean channelsLast) {
    NDArray rowMajor = manager.create(task.images(), shape(task));
    return channelsLast
        ? rowMajor.transpose(0, 2, 3, 1).duplicate().transpose(0, 3, 1, 2)
        : rowMajor;
  }

  static Shape shape(StepTask task) {
    return new Shape(task.batch(), StepTask.CHANNELS, task.size(), task.size());
  }
}
