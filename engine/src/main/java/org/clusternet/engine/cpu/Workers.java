package org.clusternet.engine.cpu;

/**
 * Splits a range of indices over a fixed number of threads, the caller among them.
 *
 * <p>The split depends only on the range and the number of threads, so that sums per part are the
 * same in every run.
 */
public final class Workers implements AutoCloseable {

  /** A part of the range, {@code from} inclusive to {@code to} exclusive. */
  @FunctionalInterface
  public interface Part {
    /** Does the part. */
    void run(long from, long to);
  }

  private final int threads;
  private final Team team;

  /** Workers on {@code threads} threads of {@code team}, at least 1. */
  Workers(int threads, Team team) {
    this.threads = threads;
    this.team = team;
  }

  /** Number of threads. */
  public int threads() {
    return threads;
  }

  /**
   * Runs {@code part} over {@code [0, count)}. A part must not call this again.
   *
   * @param count number of indices
   * @param grain fewest indices worth a thread of their own
   * @param part what to do
   */
  public void run(long count, long grain, Part part) {
    int parts = (int) Math.min(threads, Math.max(1, count / Math.max(1, grain)));
    if (parts == 1) {
      part.run(0, count);
    } else {
      team.run(parts, p -> part.run(count * p / parts, count * (p + 1) / parts));
    }
  }

  @Override
  public void close() {
    team.close();
  }
}
