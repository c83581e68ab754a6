package org.clusternet.data.batch;

/** Told how far a batch of tasks has come; a command line draws a bar from it. */
@FunctionalInterface
public interface BatchProgress {
  /** Tells nobody. */
  BatchProgress NONE = (done, total) -> {};

  /**
   * Called after each task, never by two threads at once, {@code done} growing by one a call.
   *
   * @param done finished tasks, from 1 to {@code total}
   * @param total all tasks
   */
  void update(int done, int total);
}
