package org.clusternet.engine.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.clusternet.engine.cpu.foreign.NativeCalls;
import org.jspecify.annotations.Nullable;

/** The caller and threads of Java, where there is no oneDNN whose threads could be shared. */
final class ThreadTeam implements Team {
  private final ExecutorService helpers;

  ThreadTeam(int threads) {
    this.helpers =
        Executors.newFixedThreadPool(
            Math.max(1, threads - 1),
            task -> {
              Thread thread = new Thread(task, "clusternet-cpu");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void run(int parts, IntConsumer part) {
    List<Future<?>> others = new ArrayList<>(parts - 1);
    for (int p = 1; p < parts; p++) {
      int number = p;
      others.add(helpers.submit(() -> part.accept(number)));
    }
    Throwable failure = caught(() -> part.accept(0));
    for (Future<?> other : others) {
      Throwable thrown = caught(() -> join(other));
      failure = failure == null ? thrown : failure;
    }
    if (failure != null) {
      throw NativeCalls.rethrow(failure);
    }
  }

  private static @Nullable Throwable caught(Runnable work) {
    try {
      work.run();
      return null;
    } catch (RuntimeException | Error e) {
      return e;
    }
  }

  private static void join(Future<?> future) {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw NativeCalls.rethrow(Objects.requireNonNullElse(e.getCause(), e));
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
