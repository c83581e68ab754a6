package org.clusternet.kernels.emulator;

/** A fault of a kernel or of a call of the emulator. */
public final class EmulatorException extends RuntimeException {
  /** With what happened and where. */
  public EmulatorException(String message, Throwable cause) {
    super(message, cause);
  }

  /** With what happened. */
  public EmulatorException(String message) {
    super(message);
  }
}
