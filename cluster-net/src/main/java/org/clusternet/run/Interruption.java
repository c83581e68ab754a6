package org.clusternet.run;

import org.clusternet.progress.Progress;

/**
 * The orderly end of a run when the process is asked to end (Ctrl-C, or the signal TERM): the
 * present step is finished and a checkpoint written before the JVM ends, with its usual exit code
 * of 128 plus the number of the signal. Each run has its own instance, so that several runs in one
 * process end together.
 *
 * <p>It is a shutdown hook, since Java has no supported signal handler. Hooks run concurrently, so
 * that an action that must come last, such as deleting unfinished files, is part of this one.
 */
final class Interruption implements AutoCloseable {
  private final Progress progress;
  private final Runnable last;
  private final Thread hook = new Thread(this::shutDown, "end of a run");
  private volatile boolean asked;
  private boolean busy;

  /**
   * Registers the hook.
   *
   * @param progress is told that the run is about to end
   * @param last action at the very end of the process
   */
  Interruption(Progress progress, Runnable last) {
    this.progress = progress;
    this.last = last;
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already: this run must not begin.
      asked = true;
    }
  }

  /** Whether the process is ending. */
  boolean isAsked() {
    return asked;
  }

  /** Delays the end of the process until {@link #leave}. */
  synchronized void enter() {
    busy = true;
  }

  /** Lets the process end. */
  synchronized void leave() {
    busy = false;
    notifyAll();
  }

  private synchronized void shutDown() {
    asked = true;
    if (busy) {
      progress.line("asked to end: finishing this step, then writing a checkpoint");
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

  /** Removes the hook. */
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
