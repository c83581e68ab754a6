package org.clusternet.bench.peers;

import org.clusternet.benchmark.CropCases;
import org.clusternet.benchmark.StepCases;
import org.clusternet.benchmark.step.StepTask;
import org.openjdk.jmh.annotations.Param;

/** libtorch's counterpart of {@code Passes} and of the fused crop. */
public class LibtorchPasses extends PeerBenchmark {
  /** Name of the pass. */
  @Param({StepCases.BRANCH_TRAIN, StepCases.BRANCH_INFER, StepCases.NETWORK_TRAIN, CropCases.FUSED})
  private String pass;

  /** {@code fp32}, or {@code bf16} for one branch. */
  @Param("fp32")
  private String precision;

  /** Memory layout of images and activations: {@code nchw}, libtorch's default, or {@code nhwc}. */
  @Param({"nchw", "nhwc"})
  private String layout;

  @Override
  String pass() {
    return pass;
  }

  @Override
  PeerPass open(StepTask task, int threads) {
    return open(pass, precision, task, layout.equals("nhwc"), threads);
  }

  @Override
  String describe() {
    return Libtorch.describe();
  }

  /**
   * Sets up a pass.
   *
   * @throws IllegalArgumentException if there is no pass of that name in that precision
   */
  static PeerPass open(
      String pass, String precision, StepTask task, boolean channelsLast, int threads) {
    if (precision.equals("bf16")) {
      return switch (pass) {
        case StepCases.BRANCH_TRAIN -> new LibtorchHalf(task, channelsLast, threads, true);
        case StepCases.BRANCH_INFER -> new LibtorchHalf(task, channelsLast, threads, false);
        default -> throw new IllegalArgumentException("pass=" + pass + "; it exists in fp32 only");
      };
    }
    return switch (pass) {
      case StepCases.BRANCH_TRAIN -> new LibtorchTraining(task, channelsLast, threads);
      case StepCases.BRANCH_INFER -> new LibtorchInference(task, channelsLast, threads);
      case StepCases.NETWORK_TRAIN -> new LibtorchNetworkTraining(task, channelsLast, threads);
      case CropCases.FUSED -> new LibtorchCrop(task, threads);
      default -> throw new IllegalArgumentException("pass=" + pass + " does not exist");
    };
  }
}
