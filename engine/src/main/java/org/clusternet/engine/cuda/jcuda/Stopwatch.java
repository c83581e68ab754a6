package org.clusternet.engine.cuda.jcuda;

import java.util.function.IntSupplier;
import org.clusternet.engine.cuda.api.Driver;
import org.clusternet.engine.cuda.api.Event;
import org.clusternet.engine.cuda.api.Stream;

/**
 * How long a call of a library keeps the GPU: the mean of a few runs after a first one, started
 * back to back so that the GPU need not wait for the next.
 */
final class Stopwatch {
  private static final int RUNS = 5;

  private Stopwatch() {}

  /**
   * Milliseconds of one run.
   *
   * @param call starts a run on the stream; 0 if the library took it
   * @return NaN if the library did not take it
   */
  static double milliseconds(Driver driver, Stream stream, IntSupplier call) {
    if (call.getAsInt() != 0) {
      return Double.NaN;
    }
    Event from = driver.createEvent();
    Event to = driver.createEvent();
    try {
      int status = 0;
      driver.record(from, stream);
      for (int i = 0; i < RUNS; i++) {
        status |= call.getAsInt();
      }
      driver.record(to, stream);
      driver.synchronize(to);
      return status == 0 ? driver.milliseconds(from, to) / (double) RUNS : Double.NaN;
    } finally {
      driver.destroy(to);
      driver.destroy(from);
    }
  }
}
