package org.clusternet.kernels.emulator.decode;

import org.clusternet.kernels.emulator.syntax.Statement;

/** An instruction that the emulator does not know, or whose operands make no sense. */
public final class DecodeException extends RuntimeException {
  DecodeException(Statement.Code code, String message) {
    super("PTX line " + code.line() + ": " + message + " in '" + code.text() + "'");
  }

  DecodeException(String message) {
    super(message);
  }

  static DecodeException unknown(Statement.Code code) {
    return new DecodeException(code, "unknown instruction '" + code.name() + "'");
  }
}
