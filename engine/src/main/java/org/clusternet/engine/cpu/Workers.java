package org.clusternet.engine.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.clusternet.engine.cpu.foreign.NativeCalls;

/**
 * Splits a range of indices over a fixed number of threads, the caller among them.
 *
 * <p>The split depends only on the range and the number of threads, so that sums per part are the
 * same in every run.
 */
public final class Workers implements AutoCloseable {

  /** A part of the range, {@code from} inclusive to {@code to} exclusive. */
  @FunctionalInterface
  public interface Part {
    /** Does the part. */
    void run(long from, long to);
  }

  private final int threads;
  private final ExecutorService helpers;

  /** Workers on {@code threads} threads, at least 1. */
  public Workers(int threads) {
    this.threads = threads;
    this.helpers =
        Executors.newFixedThreadPool(
            Math.max(1, threads - 1),
            task -> {
              Thread thread = new Thread(task, "clusternet-cpu");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Number of threads. */
  public int threads() {
    return threads;
  }

  /**
   * Runs {@code part} over {@code [0, count)}.
   *
   * @param count number of indices
   * @param grain fewest indices worth a thread of their own
   * @param part what to do
   */
  public void run(long count, long grain, Part part) {
    int parts = (int) Math.min(threads, Math.max(1, count / Math.max(1, grain)));
    List<Future<?>> pending = new ArrayList<>(parts - 1);
    for (int p = 1; p < parts; p++) {
      long from = count * p / parts;
      long to = count * (p + 1) / parts;
      pending.add(helpers.submit(() -> part.run(from, to)));
    }
    part.run(0, count / parts);
    for (Future<?> future : pending) {
      join(future);
    }
  }

  private static void join(Future<?> future) {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw NativeCalls.rethrow(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a kernel was running", e);
    }
  }

  @Override
  public void close() {
    helpers.shutdownNow();
  }
}
