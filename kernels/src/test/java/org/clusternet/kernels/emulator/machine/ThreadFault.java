package org.clusternet.kernels.emulator.machine;

/** A fault with the place where it happened. */
public final class ThreadFault extends RuntimeException {
  /** Fault of one thread at an instruction. */
  public ThreadFault(String place, Instruction instruction, Throwable cause) {
    super(place + ", at " + instruction + ": " + cause.getMessage(), cause);
  }

  /** Fault of a block as a whole. */
  public ThreadFault(String place, String what) {
    super(place + ": " + what);
  }
}
