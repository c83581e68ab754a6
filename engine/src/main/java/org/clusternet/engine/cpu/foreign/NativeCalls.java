package org.clusternet.engine.cpu.foreign;

/** What every call through a method handle needs. */
public final class NativeCalls {
  private NativeCalls() {}

  /** Rethrows what a method handle threw: errors and unchecked exceptions as they are. */
  public static RuntimeException rethrow(Throwable t) {
    if (t instanceof Error error) {
      throw error;
    }
    return t instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(t);
  }
}
