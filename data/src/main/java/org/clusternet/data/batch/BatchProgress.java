package org.clusternet.data.batch;

/** Reports the progress of a batch of tasks, such as for a progress bar. */
@FunctionalInterface
public interface BatchProgress {
  /** Reports nothing. */
  BatchProgress NONE = (done, total) -> {};

  /**
   * Called after each task, by one thread at a time; {@code done} grows by one with each call.
   *
   * @param done number of finished tasks, from 1 to {@code total}
   * @param total number of all tasks
   */
  void update(int done, int total);
}
