package org.clusternet.progress;

import org.jspecify.annotations.Nullable;

/** A task whose number of steps becomes known with its first step. */
public final class Counter implements AutoCloseable {
  private final Progress progress;
  private final String name;
  private Progress.@Nullable Task task;

  /** A task that begins with the first update. */
  public Counter(Progress progress, String name) {
    this.progress = progress;
    this.name = name;
  }

  /** Reports {@code done} of {@code total} steps; called from one thread at a time. */
  public void update(int done, int total) {
    if (task == null) {
      task = progress.begin(name, total);
    }
    task.advanceTo(done);
  }

  @Override
  public void close() {
    if (task != null) {
      task.close();
    }
  }
}
