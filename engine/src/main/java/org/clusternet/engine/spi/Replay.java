package org.clusternet.engine.spi;

/** A recorded step, ready to be run again. See {@link Device#record}. */
public interface Replay extends AutoCloseable {

  /** Starts the step once more, on what its tensors hold now. */
  void run();

  /** Ends the replay and releases the memory that it holds. */
  @Override
  void close();

  /** A replay that runs the step itself. */
  static Replay again(Runnable step) {
    return new Replay() {
      @Override
      public void run() {
        step.run();
      }

      @Override
      public void close() {
        // Nothing was recorded.
      }
    };
  }
}
