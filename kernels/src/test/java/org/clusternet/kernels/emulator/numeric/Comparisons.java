package org.clusternet.kernels.emulator.numeric;

import java.util.Optional;
import org.clusternet.kernels.emulator.syntax.Type;

/** Comparisons of {@code setp} and {@code set}, and the classes of {@code testp}. */
public final class Comparisons {
  private Comparisons() {}

  /** The comparison of an operator for a type. */
  public static Optional<Functions.Comparison> of(String operator, Type type, boolean ftz) {
    return type.isFloat() ? floating(operator, type, ftz) : integer(operator, type);
  }

  private static Optional<Functions.Comparison> integer(String operator, Type type) {
    return switch (operator) {
      case "eq" -> Optional.of((a, b) -> Integers.extend(a, type) == Integers.extend(b, type));
      case "ne" -> Optional.of((a, b) -> Integers.extend(a, type) != Integers.extend(b, type));
      case "lt", "lo" -> Optional.of((a, b) -> compare(a, b, type) < 0);
      case "le", "ls" -> Optional.of((a, b) -> compare(a, b, type) <= 0);
      case "gt", "hi" -> Optional.of((a, b) -> compare(a, b, type) > 0);
      case "ge", "hs" -> Optional.of((a, b) -> compare(a, b, type) >= 0);
      default -> Optional.empty();
    };
  }

  private static int compare(long a, long b, Type type) {
    long x = Integers.extend(a, type);
    long y = Integers.extend(b, type);
    return type.signed() ? Long.compare(x, y) : Long.compareUnsigned(x, y);
  }

  private static double decode(long a, Type type, boolean ftz) {
    return switch (type) {
      case F64 -> DoublePrecision.of(a);
      case F32 -> ftz ? Single.flush(Single.of(a)) : Single.of(a);
      default -> Half.decode(a, type);
    };
  }

  private static Optional<Functions.Comparison> floating(String operator, Type type, boolean ftz) {
    return ordered(operator)
        .map(test -> (a, b) -> test.test(decode(a, type, ftz), decode(b, type, ftz)));
  }

  @FunctionalInterface
  private interface DoubleTest {
    boolean test(double a, double b);
  }

  private static Optional<DoubleTest> ordered(String operator) {
    return switch (operator) {
      case "eq" -> Optional.of((a, b) -> a == b);
      case "ne" -> Optional.of((a, b) -> a < b || a > b);
      case "lt" -> Optional.of((a, b) -> a < b);
      case "le" -> Optional.of((a, b) -> a <= b);
      case "gt" -> Optional.of((a, b) -> a > b);
      case "ge" -> Optional.of((a, b) -> a >= b);
      case "equ" -> Optional.of((a, b) -> !(a < b || a > b));
      case "neu" -> Optional.of((a, b) -> a != b);
      case "ltu" -> Optional.of((a, b) -> !(a >= b));
      case "leu" -> Optional.of((a, b) -> !(a > b));
      case "gtu" -> Optional.of((a, b) -> !(a <= b));
      case "geu" -> Optional.of((a, b) -> !(a < b));
      case "num" -> Optional.of((a, b) -> !Double.isNaN(a) && !Double.isNaN(b));
      case "nan" -> Optional.of((a, b) -> Double.isNaN(a) || Double.isNaN(b));
      default -> Optional.empty();
    };
  }

  /** The class of a number that {@code testp} asks for. */
  public static Optional<Functions.Comparison> classOf(String property, Type type) {
    double least = type == Type.F64 ? Double.MIN_NORMAL : Float.MIN_NORMAL;
    return switch (property) {
      case "finite" -> Optional.of((a, b) -> Double.isFinite(decode(a, type, false)));
      case "infinite" -> Optional.of((a, b) -> Double.isInfinite(decode(a, type, false)));
      case "number" -> Optional.of((a, b) -> !Double.isNaN(decode(a, type, false)));
      case "notanumber" -> Optional.of((a, b) -> Double.isNaN(decode(a, type, false)));
      case "normal" ->
          Optional.of(
              (a, b) -> {
                double value = Math.abs(decode(a, type, false));
                return value >= least && Double.isFinite(value);
              });
      case "subnormal" ->
          Optional.of(
              (a, b) -> {
                double value = Math.abs(decode(a, type, false));
                return value > 0 && value < least;
              });
      default -> Optional.empty();
    };
  }
}
