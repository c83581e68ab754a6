package org.clusternet.kernels.emulator.syntax;

/** PTX text that the parser does not understand. */
public final class PtxSyntaxException extends RuntimeException {
  /** An error at a line, counted from 1. */
  public PtxSyntaxException(int line, String message) {
    super("PTX line " + line + ": " + message);
  }
}
