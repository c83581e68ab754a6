package org.clusternet.bench.cases;

import java.util.List;
import org.clusternet.benchmark.BenchCase;
import org.clusternet.benchmark.BenchTask;
import org.clusternet.benchmark.StepCases;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Training steps and inference of one branch and of the three-headed network; see {@link
 * StepCases}. A pass takes long enough to be timed alone, so JMH reports each.
 */
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
public class Passes extends CaseBenchmark {
  /** Name of the pass. */
  @Param({"branch train", "branch infer", "three-headed train", "three-headed infer"})
  private String pass;

  @Override
  List<BenchCase> cases(BenchTask task) {
    return StepCases.of(task);
  }

  @Override
  String which() {
    return pass;
  }
}
