package org.clusternet.bench.peers;

import org.clusternet.benchmark.StepCases;
import org.clusternet.benchmark.step.StepTask;
import org.openjdk.jmh.annotations.Param;

/** TensorFlow-Java's counterpart of {@code Passes}, for one branch. */
public class TensorFlowPasses extends PeerBenchmark {
  /** Name of the pass. */
  @Param({StepCases.BRANCH_TRAIN, StepCases.BRANCH_INFER})
  private String pass;

  /** {@code fp32} or {@code bf16}. */
  @Param("fp32")
  private String precision;

  @Override
  String pass() {
    return pass;
  }

  @Override
  PeerPass open(StepTask task, int threads) {
    return open(pass, precision, task, threads);
  }

  @Override
  String describe() {
    return TensorFlow.describe();
  }

  /**
   * Sets up a pass.
   *
   * @throws IllegalArgumentException if there is no pass of that name
   */
  static PeerPass open(String pass, String precision, StepTask task, int threads) {
    boolean half = precision.equals("bf16");
    return switch (pass) {
      case StepCases.BRANCH_TRAIN -> new TensorFlowTraining(task, threads, half);
      case StepCases.BRANCH_INFER -> new TensorFlowInference(task, threads, half);
      default -> throw new IllegalArgumentException("pass=" + pass + "; one branch only");
    };
  }
}
