package org.clusternet.run;

import org.clusternet.progress.Progress;

/**
 * What happens to a run when the process is told to end (Ctrl-C, or the signal TERM): the step that
 * is on is finished and a checkpoint written before the JVM ends, with its usual exit code of 128
 * plus the number of the signal. Each run has one of its own, so that several in one process end
 * together.
 *
 * <p>It is a shutdown hook and no signal handler, which Java has no supported one of. Hooks run
 * beside each other, so what must come last, such as deleting what was being written, is part of
 * this one.
 */
final class Interruption implements AutoCloseable {
  private final Progress progress;
  private final Runnable last;
  private final Thread hook = new Thread(this::shutDown, "end of a run");
  private volatile boolean asked;
  private boolean busy;

  /**
   * Watches from now on.
   *
   * @param progress hears that the run is about to end
   * @param last done at the very end of the process
   */
  Interruption(Progress progress, Runnable last) {
    this.progress = progress;
    this.last = last;
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already: this run is not to begin.
      asked = true;
    }
  }

  /** Whether the process is ending. */
  boolean isAsked() {
    return asked;
  }

  /** From now on the process does not end before {@link #leave}. */
  synchronized void enter() {
    busy = true;
  }

  /** What had to be finished is finished. */
  synchronized void leave() {
    busy = false;
    notifyAll();
  }

  private synchronized void shutDown() {
    asked = true;
    if (busy) {
      progress.line("told to end: finishing this step, then writing a checkpoint");
    }
    try {
      while (busy) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    last.run();
  }

  /** Ends the watch. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook runs.
      return;
    }
  }
}
