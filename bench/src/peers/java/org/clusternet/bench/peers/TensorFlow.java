package org.clusternet.bench.peers;

import org.clusternet.benchmark.step.StepTask;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.TFloat32;

/** Code shared by all uses of TensorFlow. */
final class TensorFlow {
  private TensorFlow() {}

  /** A description of the library. */
  static String describe() {
    return "TensorFlow " + org.tensorflow.TensorFlow.version();
  }

  /**
   * The configuration of a session.
   *
   * @param threads number of threads within an op; ops run one after the other, which is as fast as
   *     two at a time
   * @param half whether Grappler converts convolutions and the ops between them to BF16, as
   *     TensorFlow's mixed precision on oneDNN does; variables stay F32
   */
  static ConfigProto config(int threads, boolean half) {
    RewriterConfig.Toggle toggle = half ? RewriterConfig.Toggle.ON : RewriterConfig.Toggle.OFF;
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(threads)
        .setInterOpParallelismThreads(1)
        .setGraphOptions(
            GraphOptions.newBuilder()
                .setRewriteOptions(
                    RewriterConfig.newBuilder().setAutoMixedPrecisionOnednnBfloat16(toggle)))
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
