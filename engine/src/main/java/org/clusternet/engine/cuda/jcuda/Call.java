package org.clusternet.engine.cuda.jcuda;

/** A call of a library in words, put together only where it has failed. */
final class Call {
  private Call() {}

  /** An address. */
  private record Hex(long value) {
    @Override
    public String toString() {
      return "0x" + Long.toHexString(value);
    }
  }

  /** A number to be shown as an address. */
  static Object hex(long value) {
    return new Hex(value);
  }

  /**
   * For instance {@code cuMemAlloc(bytes=4096)}.
   *
   * @param function name
   * @param arguments names and values by turns
   */
  static String text(String function, Object... arguments) {
    StringBuilder text = new StringBuilder(function);
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      text.append(i == 0 ? "(" : ", ").append(arguments[i]).append('=').append(arguments[i + 1]);
    }
    return text.append(arguments.length == 0 ? "" : ")").toString();
  }
}
