package org.clusternet.bench.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.clusternet.benchmark.BenchCase;
import org.clusternet.benchmark.BenchTask;
import org.clusternet.engine.tensor.DType;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The JMH benchmarks have all cases of the catalogue, and JMH runs all of them. */
class CaseBenchmarksTest {
  private static final BenchTask TASK = new BenchTask(2, 32, DType.F32, 1);

  private static List<String> named(Class<?> benchmark, String field) throws NoSuchFieldException {
    return Arrays.asList(benchmark.getDeclaredField(field).getAnnotation(Param.class).value());
  }

  private static List<String> there(CaseBenchmark benchmark) {
    return benchmark.cases(TASK).stream().map(BenchCase::name).toList();
  }

  @Test
  void jmhParametersAreTheCatalogue() throws NoSuchFieldException {
    assertEquals(there(new NetworkOps()), named(NetworkOps.class, "op"));
    assertEquals(there(new CropKernels()), named(CropKernels.class, "kernel"));
    assertEquals(there(new Passes()), named(Passes.class, "pass"));
    assertEquals(there(new Images()), named(Images.class, "what"));
  }

  /** Runs each case once in this process; a pass twice, so that its loss can fall. */
  @Test
  void jmhRunsEveryCase() throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\.(NetworkOps|CropKernels|Passes|Images)\\.run$")
            .forks(0)
            .warmupIterations(1)
            .measurementIterations(1)
            .mode(org.openjdk.jmh.annotations.Mode.SingleShotTime)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .param("precision", "fp32")
            .param("batch", "2")
            .param("size", "32")
            .param("threads", "1");
    long expected =
        Stream.of(new NetworkOps(), new CropKernels(), new Passes(), new Images())
            .mapToLong(benchmark -> there(benchmark).size())
            .sum();
    assertEquals(expected, new Runner(options.build()).run().size());
  }
}
