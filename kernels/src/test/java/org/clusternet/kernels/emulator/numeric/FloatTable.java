package org.clusternet.kernels.emulator.numeric;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import org.clusternet.kernels.emulator.syntax.Type;

/** Floating-point instructions by name. */
public final class FloatTable {
  private final Approximation approximation;

  /** With the errors that approximate instructions make. */
  public FloatTable(Approximation approximation) {
    this.approximation = approximation;
  }

  /** Instructions of one source. */
  public Optional<Functions.Unary> unary(String opcode, List<String> modifiers, Type type) {
    Optional<Functions.Unary> sign = sign(opcode, modifiers, type);
    if (sign.isPresent()) {
      return sign;
    }
    if (type == Type.F64) {
      return unary64(opcode, modifiers);
    }
    if (type == Type.F32) {
      return unary32(opcode, modifiers).map(f -> Single.unary(modifiers, f));
    }
    return Optional.empty();
  }

  private static Optional<Functions.Unary> sign(String opcode, List<String> modifiers, Type type) {
    long top = 1L << (type.bits() - 1);
    boolean ftz = modifiers.contains("ftz");
    return switch (opcode) {
      case "neg" -> Optional.of(ftz ? Single.unary(modifiers, a -> -a) : a -> a ^ top);
      case "abs" -> Optional.of(ftz ? Single.unary(modifiers, Math::abs) : a -> a & ~top);
      default -> Optional.empty();
    };
  }

  private Optional<Single.FloatUnary> unary32(String opcode, List<String> modifiers) {
    boolean approximate = modifiers.contains("approx");
    Rounding mode = Rounding.of(modifiers);
    return switch (opcode) {
      case "rcp" -> Optional.of(approximate ? approximation::rcp : a -> Single.div(1, a, mode));
      case "sqrt" -> Optional.of(approximate ? approximation::sqrt : a -> Single.sqrt(a, mode));
      case "rsqrt" -> Optional.of(approximation::rsqrt);
      case "sin" -> Optional.of(approximation::sin);
      case "cos" -> Optional.of(approximation::cos);
      case "lg2" -> Optional.of(approximation::lg2);
      case "ex2" -> Optional.of(approximation::ex2);
      case "tanh" -> Optional.of(approximation::tanh);
      default -> Optional.empty();
    };
  }

  private Optional<Functions.Unary> unary64(String opcode, List<String> modifiers) {
    boolean approximate = modifiers.contains("approx");
    Rounding mode = Rounding.of(modifiers);
    return switch (opcode) {
      case "rcp" ->
          Optional.of(
              approximate
                  ? a -> DoublePrecision.bits(approximation.rcp64(DoublePrecision.of(a)))
                  : a -> DoublePrecision.bits(DoublePrecision.div(1, DoublePrecision.of(a), mode)));
      case "sqrt" ->
          Optional.of(a -> DoublePrecision.bits(DoublePrecision.sqrt(DoublePrecision.of(a), mode)));
      case "rsqrt" ->
          Optional.of(a -> DoublePrecision.bits(approximation.rsqrt64(DoublePrecision.of(a))));
      default -> Optional.empty();
    };
  }

  /** Instructions of two sources. */
  public Optional<Functions.Binary> binary(String opcode, List<String> modifiers, Type type) {
    if (opcode.equals("copysign")) {
      long top = 1L << (type.bits() - 1);
      return Optional.of((a, b) -> (a & top) | (b & ~top));
    }
    if (type == Type.F64) {
      return binary64(opcode, modifiers);
    }
    if (type == Type.F32) {
      return binary32(opcode, modifiers).map(f -> Single.binary(modifiers, f));
    }
    return Optional.empty();
  }

  private Optional<Single.FloatBinary> binary32(String opcode, List<String> modifiers) {
    Rounding mode = Rounding.of(modifiers);
    boolean nan = modifiers.contains("NaN");
    boolean nearest = mode == Rounding.NEAREST;
    return switch (opcode) {
      case "add" -> Optional.of(nearest ? (a, b) -> a + b : (a, b) -> Single.add(a, b, mode));
      case "sub" -> Optional.of(nearest ? (a, b) -> a - b : (a, b) -> Single.add(a, -b, mode));
      case "mul" -> Optional.of(nearest ? (a, b) -> a * b : (a, b) -> Single.mul(a, b, mode));
      case "div" -> Optional.of(quotient(modifiers, mode));
      case "min" -> Optional.of((a, b) -> Single.extremum(a, b, false, nan));
      case "max" -> Optional.of((a, b) -> Single.extremum(a, b, true, nan));
      default -> Optional.empty();
    };
  }

  private Single.FloatBinary quotient(List<String> modifiers, Rounding mode) {
    if (modifiers.contains("approx")) {
      return approximation::divApprox;
    }
    if (modifiers.contains("full")) {
      return approximation::divFull;
    }
    return (a, b) -> Single.div(a, b, mode);
  }

  private static Optional<Functions.Binary> binary64(String opcode, List<String> modifiers) {
    Rounding mode = Rounding.of(modifiers);
    return switch (opcode) {
      case "add" -> Optional.of(wide((a, b) -> DoublePrecision.add(a, b, mode)));
      case "sub" -> Optional.of(wide((a, b) -> DoublePrecision.add(a, -b, mode)));
      case "mul" -> Optional.of(wide((a, b) -> DoublePrecision.mul(a, b, mode)));
      case "div" -> Optional.of(wide((a, b) -> DoublePrecision.div(a, b, mode)));
      case "min" -> Optional.of(wide((a, b) -> DoublePrecision.extremum(a, b, false)));
      case "max" -> Optional.of(wide((a, b) -> DoublePrecision.extremum(a, b, true)));
      default -> Optional.empty();
    };
  }

  private static Functions.Binary wide(DoubleBinaryOperator f) {
    return (a, b) ->
        DoublePrecision.bits(f.applyAsDouble(DoublePrecision.of(a), DoublePrecision.of(b)));
  }

  /** Instructions of three sources: {@code fma}, and {@code mad}, which is the same. */
  public Optional<Functions.Ternary> ternary(String opcode, List<String> modifiers, Type type) {
    if (!opcode.equals("fma") && !opcode.equals("mad")) {
      return Optional.empty();
    }
    Rounding mode = Rounding.of(modifiers);
    if (type == Type.F64) {
      return Optional.of(
          (a, b, c) ->
              DoublePrecision.bits(
                  DoublePrecision.fma(
                      DoublePrecision.of(a), DoublePrecision.of(b), DoublePrecision.of(c), mode)));
    }
    return type == Type.F32
        ? Optional.of(Single.ternary(modifiers, (a, b, c) -> Single.fma(a, b, c, mode)))
        : Optional.empty();
  }
}
