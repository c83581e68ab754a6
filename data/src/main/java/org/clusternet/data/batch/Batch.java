package org.clusternet.data.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.clusternet.data.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks numbered from 0, each independent of the others, on a fixed number of threads.
 *
 * <p>A free thread takes the next number. After the first failure no further task is started; once
 * the running tasks have ended, the failure with the lowest number is thrown. Since tasks start in
 * order, that is the same failure for any number of threads. No task is still running when the call
 * returns, so a folder that tasks write to can be removed.
 */
public final class Batch {
  private Batch() {}

  /**
   * Runs all tasks and waits for them.
   *
   * @param count number of tasks, at least 0
   * @param threads number of threads, at least 1
   * @param progress called after each task
   * @param task called with the numbers from 0 to {@code count - 1}
   * @throws IllegalArgumentException if {@code threads} is below 1
   * @throws DataException if the calling thread is interrupted; what a task throws unchecked is
   *     passed on as it is
   */
  public static void run(int count, int threads, BatchProgress progress, IntConsumer task) {
    if (threads < 1) {
      throw new IllegalArgumentException("batch: threads=" + threads + " must be at least 1");
    }
    Run run = new Run(count, progress, task);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < Math.min(threads, count); i++) {
        workers.add(pool.submit(run::work));
      }
      for (Future<?> worker : workers) {
        await(worker, run);
      }
    }
    if (run.failure != null) {
      throw run.failure;
    }
  }

  private static void await(Future<?> worker, Run run) {
    try {
      worker.get();
    } catch (InterruptedException e) {
      run.fail(
          -1,
          new DataException("batch: interrupted before all tasks had finished; run it again", e));
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      run.fail(
          -1, new IllegalStateException("batch: a worker thread ended with " + e.getCause(), e));
    }
  }

  private static final class Run {
    private final int count;
    private final BatchProgress progress;
    private final IntConsumer task;
    private final AtomicInteger next = new AtomicInteger();
    private int done;
    private int failed;
    private volatile @Nullable RuntimeException failure;

    Run(int count, BatchProgress progress, IntConsumer task) {
      this.count = count;
      this.progress = progress;
      this.task = task;
    }

    void work() {
      while (failure == null) {
        int i = next.getAndIncrement();
        if (i >= count) {
          return;
        }
        try {
          task.accept(i);
          report();
        } catch (RuntimeException e) {
          fail(i, e);
        }
      }
    }

    synchronized void fail(int number, RuntimeException e) {
      if (failure == null || number < failed) {
        failure = e;
        failed = number;
      }
    }

    private synchronized void report() {
      progress.update(++done, count);
    }
  }
}
