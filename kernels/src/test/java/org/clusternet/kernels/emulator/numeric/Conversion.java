package org.clusternet.kernels.emulator.numeric;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.clusternet.kernels.emulator.syntax.Type;

/** {@code cvt} between all types, with its rounding, saturation and flushing. */
public final class Conversion {
  private Conversion() {}

  /** The conversion that types and modifiers ask for. */
  public static Functions.Unary of(Type to, Type from, List<String> modifiers) {
    if (to.isFloat()) {
      return from.isFloat()
          ? floatToFloat(to, from, modifiers)
          : integerToFloat(to, from, modifiers);
    }
    return from.isFloat()
        ? floatToInteger(to, from, modifiers)
        : integerToInteger(to, from, modifiers.contains("sat"));
  }

  private static Functions.Unary integerToInteger(Type to, Type from, boolean saturate) {
    if (!saturate) {
      return a -> Integers.extend(Integers.extend(a, from), to);
    }
    BigInteger low = lowest(to);
    BigInteger high = highest(to);
    return a -> exact(a, from).max(low).min(high).longValue();
  }

  private static BigInteger lowest(Type type) {
    return type.signed() ? BigInteger.ONE.shiftLeft(type.bits() - 1).negate() : BigInteger.ZERO;
  }

  private static BigInteger highest(Type type) {
    return BigInteger.ONE
        .shiftLeft(type.signed() ? type.bits() - 1 : type.bits())
        .subtract(BigInteger.ONE);
  }

  private static BigInteger exact(long a, Type from) {
    long value = Integers.extend(a, from);
    return from.signed() || value >= 0
        ? BigInteger.valueOf(value)
        : BigInteger.valueOf(value).add(BigInteger.ONE.shiftLeft(64));
  }

  private static Functions.Unary integerToFloat(Type to, Type from, List<String> modifiers) {
    Rounding mode = Rounding.of(modifiers);
    boolean saturate = modifiers.contains("sat");
    boolean plain = mode == Rounding.NEAREST && (from.signed() || from.bits() < 64);
    if (plain && to == Type.F32 && !saturate) {
      return a -> Single.bits((float) Integers.extend(a, from));
    }
    if (plain && to == Type.F64 && !saturate) {
      return a -> DoublePrecision.bits((double) Integers.extend(a, from));
    }
    return a -> {
      BigInteger value = exact(a, from);
      if (to == Type.F64) {
        double nearest = value.doubleValue();
        int error = new BigDecimal(value).compareTo(new BigDecimal(nearest));
        double result = mode.apply(nearest, error);
        return DoublePrecision.bits(saturate ? Math.max(0, Math.min(1, result)) : result);
      }
      float nearest = value.floatValue();
      int error = new BigDecimal(value).compareTo(new BigDecimal(nearest));
      float result = mode.apply(nearest, error);
      result = saturate ? Single.saturate(result) : result;
      return to == Type.F32 ? Single.bits(result) : Half.encode(result, to);
    };
  }

  private static double decode(long a, Type from, boolean ftz) {
    return switch (from) {
      case F64 -> DoublePrecision.of(a);
      case F32 -> ftz ? Single.flush(Single.of(a)) : Single.of(a);
      default -> Half.decode(a, from);
    };
  }

  private static Functions.Unary floatToInteger(Type to, Type from, List<String> modifiers) {
    boolean ftz = modifiers.contains("ftz");
    long nan = from == Type.F64 || to.bits() == 64 ? 1L << (to.bits() - 1) : 0;
    Functions.Unary clamp = clamp(to);
    return a -> {
      double value = decode(a, from, ftz);
      if (Double.isNaN(value)) {
        return Integers.extend(nan, to);
      }
      return clamp.apply(DoublePrecision.bits(integral(value, modifiers)));
    };
  }

  private static Functions.Unary clamp(Type to) {
    if (to == Type.S64 || to == Type.B64) {
      return bits -> (long) DoublePrecision.of(bits);
    }
    if (to == Type.U64) {
      return bits -> unsigned(DoublePrecision.of(bits));
    }
    double low = lowest(to).doubleValue();
    double high = highest(to).doubleValue();
    return bits -> (long) Math.max(low, Math.min(high, DoublePrecision.of(bits)));
  }

  private static long unsigned(double value) {
    if (!(value > 0)) {
      return 0;
    }
    if (value >= 0x1p64) {
      return -1;
    }
    return value < 0x1p63 ? (long) value : (long) (value - 0x1p63) + Long.MIN_VALUE;
  }

  private static double integral(double value, List<String> modifiers) {
    if (modifiers.contains("rni") || modifiers.contains("rn")) {
      return Math.rint(value);
    }
    if (modifiers.contains("rmi") || modifiers.contains("rm")) {
      return Math.floor(value);
    }
    if (modifiers.contains("rpi") || modifiers.contains("rp")) {
      return Math.ceil(value);
    }
    return value < 0 ? Math.ceil(value) : Math.floor(value);
  }

  private static Functions.Unary floatToFloat(Type to, Type from, List<String> modifiers) {
    boolean ftz = modifiers.contains("ftz");
    boolean saturate = modifiers.contains("sat");
    boolean integral = modifiers.stream().anyMatch(List.of("rni", "rzi", "rmi", "rpi")::contains);
    Rounding mode = Rounding.of(modifiers);
    return a -> {
      double value = decode(a, from, ftz);
      if (integral) {
        value = integral(value, modifiers);
      }
      if (saturate) {
        value = value > 0 ? Math.min(value, 1) : 0;
      }
      return encode(value, to, mode, ftz);
    };
  }

  private static long encode(double value, Type to, Rounding mode, boolean ftz) {
    if (to == Type.F64) {
      return DoublePrecision.bits(value);
    }
    if (to != Type.F32) {
      return Half.encode(value, to);
    }
    float nearest = (float) value;
    if (mode != Rounding.NEAREST && Double.isFinite(value)) {
      nearest = mode.apply(nearest, Double.compare(value, nearest));
    }
    return Single.bits(ftz ? Single.flush(nearest) : nearest);
  }
}
