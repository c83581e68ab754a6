package org.clusternet.bench.peers;

import org.clusternet.benchmark.StepCases;
import org.clusternet.benchmark.step.StepTask;
import org.openjdk.jmh.annotations.Param;

/** DL4J's counterpart of {@code Passes}, for one branch in F32. */
public class Dl4jPasses extends PeerBenchmark {
  /** Name of the pass. */
  @Param({StepCases.BRANCH_TRAIN, StepCases.BRANCH_INFER})
  private String pass;

  @Override
  String pass() {
    return pass;
  }

  @Override
  PeerPass open(StepTask task, int threads) {
    return open(pass, task, threads);
  }

  @Override
  String describe() {
    return Dl4j.describe();
  }

  /**
   * Sets up a pass.
   *
   * @throws IllegalArgumentException if there is no pass of that name
   */
  static PeerPass open(String pass, StepTask task, int threads) {
    return switch (pass) {
      case StepCases.BRANCH_TRAIN -> new Dl4jTraining(task, threads);
      case StepCases.BRANCH_INFER -> new Dl4jInference(task, threads);
      default -> throw new IllegalArgumentException("pass=" + pass + "; one branch only");
    };
  }
}
