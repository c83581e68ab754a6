package org.clusternet.bench.cases;

import java.util.List;
import org.clusternet.benchmark.BenchCase;
import org.clusternet.benchmark.BenchTask;
import org.clusternet.benchmark.DataCases;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Simulation, loading and preprocessing of images; see {@link DataCases}. Precision and device have
 * no effect.
 */
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
public class Images extends CaseBenchmark {
  /** Name of the case. */
  @Param({"preprocess", "load", "simulate", "deposit", "project"})
  private String what;

  @Override
  List<BenchCase> cases(BenchTask task) {
    return DataCases.of(task);
  }

  @Override
  String which() {
    return what;
  }
}
