package org.clusternet.kernels.emulator.syntax;

/**
 * A token of PTX.
 *
 * @param kind what it is
 * @param text its characters
 * @param line where it stands, counted from 1
 */
record Token(Kind kind, String text, int line) {
  /** Kinds of token; the dot belongs to names, so that an opcode with its modifiers is one. */
  enum Kind {
    NAME,
    NUMBER,
    STRING,
    MARK,
    END
  }

  boolean is(String other) {
    return text.equals(other) && kind != Kind.STRING;
  }
}
