package org.clusternet.bench.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
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
 * The two ceilings of a roofline (Williams, Waterman and Patterson 2009), measured: F32 fused
 * multiply-adds on registers, and a copy of blocks that no cache of the core holds. The counters
 * {@code flops} and {@code bytes} (read and written) are per nanosecond: GFLOP/s and GB/s of all
 * threads together.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Threads(2)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-XX:+UseSerialGC"})
public class MachinePeak {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int ROUNDS = 4096;
  private static final int CHAINS = 12;
  private static final long BLOCK = 256L << 20;

  /** What a thread has computed and moved. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Done {
    /** Floating-point operations. */
    public long flops;

    /** Bytes read plus bytes written. */
    public long bytes;

    /** Starts an iteration. */
    @Setup(Level.Iteration)
    public void clear() {
      flops = 0;
      bytes = 0;
    }
  }

  /** Two blocks of a thread's own. */
  @State(Scope.Thread)
  public static class Blocks {
    private MemorySegment from;
    private MemorySegment to;

    /** Allocates and touches them. */
    @Setup
    public void allocate() {
      from = Arena.ofAuto().allocate(BLOCK, 64).fill((byte) 1);
      to = Arena.ofAuto().allocate(BLOCK, 64).fill((byte) 2);
    }
  }

  /**
   * Twelve independent chains of fused multiply-adds: two units with a latency of four need eight.
   */
  @Benchmark
  public float fma(Done done) {
    done.flops += 2L * CHAINS * ROUNDS * SPECIES.length();
    return chains();
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static float chains() {
    FloatVector factor = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector term = FloatVector.broadcast(SPECIES, 0.001f);
    FloatVector a = term;
    FloatVector b = term;
    FloatVector c = term;
    FloatVector d = term;
    FloatVector e = term;
    FloatVector f = term;
    FloatVector g = term;
    FloatVector h = term;
    FloatVector i = term;
    FloatVector j = term;
    FloatVector k = term;
    FloatVector l = term;
    for (int round = 0; round < ROUNDS; round++) {
      a = a.fma(factor, term);
      b = b.fma(factor, term);
      c = c.fma(factor, term);
      d = d.fma(factor, term);
      e = e.fma(factor, term);
      f = f.fma(factor, term);
      g = g.fma(factor, term);
      h = h.fma(factor, term);
      i = i.fma(factor, term);
      j = j.fma(factor, term);
      k = k.fma(factor, term);
      l = l.fma(factor, term);
    }
    FloatVector sum = a.add(b).add(c).add(d).add(e).add(f);
    return sum.add(g).add(h).add(i).add(j).add(k).add(l).lane(0);
  }

  /** A copy of a block to the other. */
  @Benchmark
  public MemorySegment copy(Blocks blocks, Done done) {
    blocks.to.copyFrom(blocks.from);
    done.bytes += 2 * BLOCK;
    return blocks.to;
  }
}
