package org.clusternet.bench.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.clusternet.benchmark.FmaChains;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the two ceilings of a roofline (Williams, Waterman and Patterson 2009): F32 fused
 * multiply-adds on registers, and a copy of blocks larger than the caches of a core. The counters
 * {@code flops} and {@code bytes} (read and written) are per nanosecond: GFLOP/s and GB/s of all
 * threads together.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Threads(2)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-XX:+UseSerialGC"})
public class MachinePeak {
  private static final long BLOCK = 256L << 20;

  /** The operations and bytes of a thread. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Done {
    /** Floating-point operations. */
    public long flops;

    /** Bytes read plus bytes written. */
    public long bytes;

    /** Resets the counters at the beginning of an iteration. */
    @Setup(Level.Iteration)
    public void clear() {
      flops = 0;
      bytes = 0;
    }
  }

  /** Two blocks of memory per thread. */
  @State(Scope.Thread)
  public static class Blocks {
    private MemorySegment from;
    private MemorySegment to;

    /** Allocates and fills the blocks. */
    @Setup
    public void allocate() {
      from = Arena.ofAuto().allocate(BLOCK, 64).fill((byte) 1);
      to = Arena.ofAuto().allocate(BLOCK, 64).fill((byte) 2);
    }
  }

  /** Runs chains of fused multiply-adds. */
  @Benchmark
  public float fma(Done done) {
    done.flops += FmaChains.FLOPS;
    return chains();
  }

  /** Inlined into JMH's loop, the chains would be compiled to about 60 % of their speed. */
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static float chains() {
    return FmaChains.run();
  }

  /** Copies one block to the other. */
  @Benchmark
  public MemorySegment copy(Blocks blocks, Done done) {
    blocks.to.copyFrom(blocks.from);
    done.bytes += 2 * BLOCK;
    return blocks.to;
  }
}
