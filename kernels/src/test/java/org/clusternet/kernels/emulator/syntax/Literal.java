package org.clusternet.kernels.emulator.syntax;

/** Constants of PTX. */
final class Literal {
  private Literal() {}

  /** An integer: decimal, {@code 0x}, {@code 0b} or octal, perhaps with {@code U} behind it. */
  static long integer(Token token) {
    String text = token.text();
    if (text.endsWith("U")) {
      text = text.substring(0, text.length() - 1);
    }
    try {
      if (text.startsWith("0x") || text.startsWith("0X")) {
        return Long.parseUnsignedLong(text.substring(2), 16);
      }
      if (text.startsWith("0b") || text.startsWith("0B")) {
        return Long.parseUnsignedLong(text.substring(2), 2);
      }
      if (text.length() > 1 && text.startsWith("0")) {
        return Long.parseUnsignedLong(text.substring(1), 8);
      }
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw new PtxSyntaxException(token.line(), "'" + token.text() + "' is no integer");
    }
  }

  /** A constant of any type, the sign already taken off. */
  static Operand operand(Token token, boolean negative) {
    String text = token.text();
    int sign = negative ? -1 : 1;
    if (text.startsWith("0f") || text.startsWith("0F")) {
      return new Operand.Single(
          sign * Float.intBitsToFloat(Integer.parseUnsignedInt(text.substring(2), 16)));
    }
    if (text.startsWith("0d") || text.startsWith("0D")) {
      return new Operand.Real(
          sign * Double.longBitsToDouble(Long.parseUnsignedLong(text.substring(2), 16)));
    }
    if (text.indexOf('.') >= 0 || (text.indexOf('e') > 0 && !text.startsWith("0x"))) {
      return new Operand.Real(sign * Double.parseDouble(text));
    }
    return new Operand.Int(sign * integer(token));
  }
}
