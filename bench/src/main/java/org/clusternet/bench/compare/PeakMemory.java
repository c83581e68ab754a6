package org.clusternet.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * A JMH profiler that reports the peak resident memory of the process, native and Java: {@code
 * VmHWM} of Linux; it reports nothing on other systems. To be used by {@code -prof
 * org.clusternet.bench.compare.PeakMemory}.
 */
public final class PeakMemory implements InternalProfiler {
  /** The name of the figure, in MiB. */
  public static final String NAME = "memory.peak";

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String KEY = "VmHWM:";

  @Override
  public String getDescription() {
    return "Peak resident memory of the process (Linux)";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    // The kernel keeps the maximum; there is nothing to start.
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(KEY))
          .map(line -> line.substring(KEY.length()).replace("kB", "").strip())
          .map(kib -> new ScalarResult(NAME, mebibytes(kib), "MiB", AggregationPolicy.MAX))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static double mebibytes(String kibibytes) {
    return Long.parseLong(kibibytes) / 1024.0;
  }
}
