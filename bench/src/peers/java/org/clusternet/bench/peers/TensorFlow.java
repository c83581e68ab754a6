package org.clusternet.bench.peers;

import org.clusternet.measure.step.StepTask;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** What all uses of TensorFlow share. */
final class TensorFlow {
  private TensorFlow() {}

  /** What runs, for people. */
  static String describe() {
    return "TensorFlow " + org.tensorflow.TensorFlow.version();
  }

  /** Threads within an op; ops one after the other, which is no slower and keeps to the number. */
  static ConfigProto config(int threads) {
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(threads)
        .setInterOpParallelismThreads(1)
        .build();
  }

  static Shape shape(StepTask task) {
    return Shape.of(task.batch(), task.size(), task.size(), StepTask.CHANNELS);
  }

  /** The images of a task (N, H, W, C). */
  static TFloat32 images(StepTask task) {
    return TFloat32.tensorOf(shape(task), DataBuffers.of(ChannelsLast.images(task)));
  }
}
