package org.clusternet.bench.compare;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * A JMH profiler that reports the processor time of a run, user and system, of all threads of the
 * process. It is hardly affected by other processes, but counts threads that wait actively, so it
 * is for benchmarks on one thread. The system counts in steps of some milliseconds; the errors
 * cancel in the mean over consecutive iterations.
 */
public final class ProcessorTime implements InternalProfiler {
  /** The name of the figure, in milliseconds. */
  public static final String NAME = "processor.time";

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private long start;

  @Override
  public String getDescription() {
    return "Processor time of the process";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    start = system.getProcessCpuTime();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    long runs = result.getMetadata().getAllOps();
    double milliseconds = (system.getProcessCpuTime() - start) / 1e6 / runs;
    return List.of(new ScalarResult(NAME, milliseconds, "ms", AggregationPolicy.AVG));
  }
}
