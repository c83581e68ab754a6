package org.clusternet.benchmark;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The two ceilings of a roofline (Williams, Waterman and Patterson 2009): F32 fused multiply-adds,
 * and copying.
 *
 * @param gflops 1e9 floating-point operations per second; NaN where that is not known
 * @param gbPerS 1e9 bytes per second, read plus written
 */
public record Ceilings(double gflops, double gbPerS) {
  private static final int IDLE = 3;
  private static final long LEAST_NANOS = 1_500_000_000L;
  private static final double NOISE = 0.02;
  private static final long BLOCK = 128L << 20;

  /**
   * The fraction of the ceiling that limits the work.
   *
   * @param name {@code FMA} or {@code copy}
   * @param share fraction of that ceiling; it may exceed 1, since operations are those of the
   *     direct method
   */
  public record Share(String name, double share) {}

  /**
   * The ceiling that limits the work, the one under which it takes longer.
   *
   * @param work the least work
   * @param ms its duration in milliseconds
   * @param fp32 whether its operations are F32; other arithmetic has another ceiling
   * @return null where that ceiling is not known
   */
  public @Nullable Share share(Work work, double ms, boolean fp32) {
    if (work.flops() > 0 && (!fp32 || Double.isNaN(gflops))) {
      return null;
    }
    double computing = work.flops() > 0 ? work.flops() / gflops * 1e-6 : 0;
    double moving = work.bytes() / gbPerS * 1e-6;
    return computing > moving ? new Share("FMA", computing / ms) : new Share("copy", moving / ms);
  }

  /**
   * Measures the processor in a few seconds: the best of several rounds.
   *
   * @param threads number of threads that work at the same time
   * @param millis duration of a round
   */
  public static Ceilings measure(int threads, int millis) {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads);
        Arena arena = Arena.ofShared()) {
      List<DoubleSupplier> computing = new ArrayList<>();
      List<DoubleSupplier> copying = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        computing.add(() -> compute(millis));
        MemorySegment from = arena.allocate(BLOCK, 64).fill((byte) 1);
        MemorySegment to = arena.allocate(BLOCK, 64).fill((byte) 2);
        copying.add(() -> copy(from, to, millis));
      }
      return new Ceilings(best(pool, computing), best(pool, copying));
    }
  }

  /**
   * The best round; rounds are repeated until the code is compiled and the rate no longer improves.
   */
  private static double best(ExecutorService pool, List<DoubleSupplier> workers) {
    long begin = System.nanoTime();
    double best = 0;
    int idle = 0;
    while (idle < IDLE || System.nanoTime() - begin < LEAST_NANOS) {
      double sum = 0;
      for (Future<Double> rate :
          workers.stream().map(worker -> pool.submit(worker::getAsDouble)).toList()) {
        sum += get(rate);
      }
      idle = sum > best * (1 + NOISE) ? 0 : idle + 1;
      best = Math.max(best, sum);
    }
    return best;
  }

  private static double get(Future<Double> rate) {
    try {
      return rate.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("ceilings: measuring was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("ceilings: " + e.getCause(), e);
    }
  }

  private static double compute(int millis) {
    long start = System.nanoTime();
    long nanos;
    long runs = 0;
    float sum = 0;
    do {
      sum += FmaChains.run();
      runs++;
      nanos = System.nanoTime() - start;
    } while (nanos < millis * 1_000_000L);
    if (Float.isNaN(sum)) {
      throw new IllegalStateException("ceilings: sum=" + sum);
    }
    return (double) runs * FmaChains.FLOPS / nanos;
  }

  private static double copy(MemorySegment from, MemorySegment to, int millis) {
    long start = System.nanoTime();
    long nanos;
    long bytes = 0;
    do {
      to.copyFrom(from);
      bytes += 2 * BLOCK;
      nanos = System.nanoTime() - start;
    } while (nanos < millis * 1_000_000L);
    return (double) bytes / nanos;
  }
}
