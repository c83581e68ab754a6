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
 * <p>Threads take the next number when they are free. After the first failure no further task is
 * begun; when those under way have ended, the failure of the lowest number is thrown: tasks begin
 * in order, so it is the same one on any number of threads. Nothing runs on behind the caller's
 * back, and a folder that the tasks write to can be removed.
 */
public final class Batch {
  private Batch() {}

  /**
   * Runs all tasks and waits for them.
   *
   * @param count how many, at least 0
   * @param threads how many threads, at least 1
   * @param progress told after each task
   * @param task gets numbers from 0 to {@code count - 1}
   * @throws IllegalArgumentException if there is no thread
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
      run.fail(-1, new DataException("batch: interrupted before its end; run it again", e));
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      run.fail(-1, new IllegalStateException("batch: a worker ended by " + e.getCause(), e));
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
