package org.clusternet.engine.cpu;

import java.util.function.IntConsumer;

/** Threads that take a part of a loop each. */
interface Team extends AutoCloseable {
  /**
   * Runs {@code part} for 0 to {@code parts - 1}, at most one a thread, and returns when all have
   * ended; what one of them throws is thrown then. For one caller at a time.
   */
  void run(int parts, IntConsumer part);

  @Override
  default void close() {}
}
