package org.clusternet.kernels.emulator.numeric;

/** Functions of register values; bits beyond an operand's type mean nothing on either side. */
public final class Functions {
  private Functions() {}

  /** Of one value. */
  @FunctionalInterface
  public interface Unary {
    /** Result for a value. */
    long apply(long a);
  }

  /** Of two values. */
  @FunctionalInterface
  public interface Binary {
    /** Result for two values. */
    long apply(long a, long b);
  }

  /** Of three values. */
  @FunctionalInterface
  public interface Ternary {
    /** Result for three values. */
    long apply(long a, long b, long c);
  }

  /** A comparison. */
  @FunctionalInterface
  public interface Comparison {
    /** Whether it holds. */
    boolean test(long a, long b);
  }
}
