package org.clusternet.progress;

/**
 * Display of the progress of a long job.
 *
 * <p>Lasting information, such as the figures of an epoch, is a {@link #line}; a count of steps is
 * a {@link Task}, which a terminal shows as a bar and a log file not at all.
 */
public interface Progress {

  /** Shows nothing. */
  Progress SILENT = new LineProgress(text -> {});

  /** A piece of work whose steps are counted; closing it ends its display. */
  interface Task extends AutoCloseable {
    /**
     * Reports progress; called from one thread at a time.
     *
     * @param done number of finished steps, at most the total
     */
    void advanceTo(long done);

    /** Shows a short text beside the bar, such as the loss so far. */
    void detail(String text);

    @Override
    void close();
  }

  /** Writes a line that stays. */
  void line(String text);

  /**
   * Begins a task. One is shown at a time: close it before the next begins.
   *
   * @param name name of the task, one or two words
   * @param total number of its steps
   */
  Task begin(String name, long total);
}
