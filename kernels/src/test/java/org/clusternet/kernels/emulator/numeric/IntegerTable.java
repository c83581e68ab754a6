package org.clusternet.kernels.emulator.numeric;

import java.util.List;
import java.util.Optional;
import org.clusternet.kernels.emulator.syntax.Type;

/** Integer instructions by name. */
public final class IntegerTable {
  private IntegerTable() {}

  /** Instructions of one source. */
  public static Optional<Functions.Unary> unary(String opcode, List<String> modifiers, Type type) {
    return switch (opcode) {
      case "not" -> Optional.of(a -> ~a);
      case "cnot" -> Optional.of(a -> Integers.extend(a, type) == 0 ? 1 : 0);
      case "neg" -> Optional.of(a -> -a);
      case "abs" -> Optional.of(a -> Math.abs(Integers.extend(a, type)));
      case "popc" -> Optional.of(a -> Integers.count(a, type));
      case "clz" -> Optional.of(a -> Integers.leadingZeros(a, type));
      case "brev" -> Optional.of(a -> Integers.reverse(a, type));
      case "bfind" -> {
        boolean shift = modifiers.contains("shiftamt");
        yield Optional.of(a -> Integers.findHighest(a, type, shift));
      }
      default -> Optional.empty();
    };
  }

  /** Instructions of two sources. */
  public static Optional<Functions.Binary> binary(
      String opcode, List<String> modifiers, Type type) {
    return switch (opcode) {
      case "add" ->
          Optional.of(
              modifiers.contains("sat")
                  ? (a, b) -> Integers.clamp32((long) (int) a + (int) b)
                  : (a, b) -> a + b);
      case "sub" ->
          Optional.of(
              modifiers.contains("sat")
                  ? (a, b) -> Integers.clamp32((long) (int) a - (int) b)
                  : (a, b) -> a - b);
      case "mul" -> Optional.of(product(modifiers, type));
      case "mul24" ->
          Optional.of(
              modifiers.contains("hi")
                  ? (a, b) -> (narrow24(a, type) * narrow24(b, type)) >> 16
                  : (a, b) -> narrow24(a, type) * narrow24(b, type));
      case "div" -> Optional.of((a, b) -> Integers.div(a, b, type));
      case "rem" -> Optional.of((a, b) -> Integers.rem(a, b, type));
      case "min" -> Optional.of((a, b) -> Integers.extremum(a, b, type, false));
      case "max" -> Optional.of((a, b) -> Integers.extremum(a, b, type, true));
      case "and" -> Optional.of((a, b) -> a & b);
      case "or" -> Optional.of((a, b) -> a | b);
      case "xor" -> Optional.of((a, b) -> a ^ b);
      case "shl" -> Optional.of((a, b) -> Integers.shiftLeft(a, b, type));
      case "shr" -> Optional.of((a, b) -> Integers.shiftRight(a, b, type));
      default -> Optional.empty();
    };
  }

  private static long narrow24(long value, Type type) {
    return type.signed() ? (long) ((int) value << 8 >> 8) : value & 0xffffff;
  }

  private static Functions.Binary product(List<String> modifiers, Type type) {
    if (modifiers.contains("wide")) {
      return (a, b) -> Integers.mulWide(a, b, type);
    }
    if (modifiers.contains("hi")) {
      return (a, b) -> Integers.mulHigh(a, b, type);
    }
    return (a, b) -> a * b;
  }

  /** Instructions of three sources. */
  public static Optional<Functions.Ternary> ternary(
      String opcode, List<String> modifiers, Type type) {
    return switch (opcode) {
      case "mad" -> {
        Functions.Binary product = product(modifiers, type);
        yield Optional.of(
            modifiers.contains("sat")
                ? (a, b, c) -> Integers.clamp32((int) product.apply(a, b) + (long) (int) c)
                : (a, b, c) -> product.apply(a, b) + c);
      }
      case "mad24" -> Optional.of((a, b, c) -> narrow24(a, type) * narrow24(b, type) + c);
      case "sad" ->
          Optional.of(
              (a, b, c) ->
                  c + Integers.extremum(a, b, type, true) - Integers.extremum(a, b, type, false));
      case "bfe" -> Optional.of((a, b, c) -> Integers.extract(a, b, c, type));
      case "prmt" -> {
        String mode = modifiers.size() > 1 ? modifiers.get(1) : "";
        yield Optional.of((a, b, c) -> Integers.permute(a, b, c, mode));
      }
      case "shf" -> {
        boolean left = modifiers.contains("l");
        boolean clamp = modifiers.contains("clamp");
        yield Optional.of((a, b, c) -> Integers.funnel(a, b, c, left, clamp));
      }
      case "dp4a" -> Optional.of((a, b, c) -> dot4(a, b, c, modifiers));
      default -> Optional.empty();
    };
  }

  private static long dot4(long a, long b, long c, List<String> modifiers) {
    Type first = modifiers.get(0).equals("s32") ? Type.S8 : Type.U8;
    Type second = modifiers.get(1).equals("s32") ? Type.S8 : Type.U8;
    long sum = c;
    for (int i = 0; i < 32; i += 8) {
      sum += Integers.extend(a >>> i, first) * Integers.extend(b >>> i, second);
    }
    return sum;
  }

  /** Insertion of a bit field: of two values, the position and the length. */
  public static long insert(long a, long b, long position, long length, Type type) {
    return Integers.insert(a, b, position, length, type);
  }

  /** Three-input logic by a table of its 8 results. */
  public static Functions.Ternary logic(int table) {
    return (a, b, c) -> Integers.lop3(a, b, c, table);
  }
}
