package org.clusternet.progress;

/**
 * Where a long job tells people how far it is.
 *
 * <p>What should stay, such as the figures of an epoch, is a {@link #line}; what is of interest
 * only while it lasts is a {@link Task}, which a terminal shows as a bar and a log file not at all.
 */
public interface Progress {

  /** Tells nobody anything. */
  Progress SILENT = new LineProgress(text -> {});

  /** A piece of work whose steps are counted; closing it ends its display. */
  interface Task extends AutoCloseable {
    /**
     * Tells how far the task is; called from one thread at a time.
     *
     * @param done steps finished, at most the total
     */
    void advanceTo(long done);

    /** Shows a short text beside the bar, such as the loss so far. */
    void detail(String text);

    @Override
    void close();
  }

  /** Says something that stays. */
  void line(String text);

  /**
   * Begins a task. One is shown at a time: close it before the next begins.
   *
   * @param name a word or two
   * @param total its number of steps
   */
  Task begin(String name, long total);
}
