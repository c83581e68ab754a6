package org.clusternet.kernels.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Integer instructions against Java and BigInteger. */
class IntegerInstructionTest {
  private static final long[] VALUES = {
    0,
    1,
    2,
    3,
    5,
    31,
    32,
    33,
    63,
    64,
    65,
    100,
    255,
    256,
    0x7fff,
    0x8000,
    0xffff,
    0x10000,
    0x7fffffffL,
    0x80000000L,
    0x80000001L,
    0xffffffffL,
    0x100000000L,
    0x123456789abcdefL,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1,
    -2,
    -100,
    -0x80000000L
  };

  interface TriFunction {
    long apply(long a, long b, long c);
  }

  private static Arguments unary(String code, int bits, LongUnaryOperator f) {
    return Arguments.of(code, bits, (TriFunction) (a, b, c) -> f.applyAsLong(a));
  }

  private static Arguments binary(String code, int bits, LongBinaryOperator f) {
    return Arguments.of(code, bits, (TriFunction) (a, b, c) -> f.applyAsLong(a, b));
  }

  private static Arguments ternary(String code, int bits, TriFunction f) {
    return Arguments.of(code, bits, f);
  }

  private static long amount(long b) {
    return b & 0xffffffffL;
  }

  static Stream<Arguments> instructions() {
    return Stream.of(
        binary("add.s32 %d, %a, %b;", 32, (a, b) -> (int) a + (int) b),
        binary("sub.s64 %d, %a, %b;", 64, (a, b) -> a - b),
        binary("add.s16 %d, %a, %b;", 16, (a, b) -> (short) (a + b)),
        binary(
            "add.sat.s32 %d, %a, %b;",
            32,
            (a, b) -> Math.clamp((long) (int) a + (int) b, Integer.MIN_VALUE, Integer.MAX_VALUE)),
        binary(
            "sub.sat.s32 %d, %a, %b;",
            32,
            (a, b) -> Math.clamp((long) (int) a - (int) b, Integer.MIN_VALUE, Integer.MAX_VALUE)),
        binary("mul.lo.s32 %d, %a, %b;", 32, (a, b) -> a * b),
        binary("mul.hi.s32 %d, %a, %b;", 32, (a, b) -> ((long) (int) a * (int) b) >> 32),
        binary("mul.hi.u32 %d, %a, %b;", 32, (a, b) -> (amount(a) * amount(b)) >>> 32),
        binary("mul.hi.u16 %d, %a, %b;", 16, (a, b) -> ((a & 0xffff) * (b & 0xffff)) >>> 16),
        binary("mul.hi.u64 %d, %a, %b;", 64, Math::unsignedMultiplyHigh),
        binary("mul.hi.s64 %d, %a, %b;", 64, Math::multiplyHigh),
        binary("min.s32 %d, %a, %b;", 32, (a, b) -> Math.min((int) a, (int) b)),
        binary("max.u32 %d, %a, %b;", 32, (a, b) -> Math.max(amount(a), amount(b))),
        binary("max.s64 %d, %a, %b;", 64, Math::max),
        binary("min.u64 %d, %a, %b;", 64, (a, b) -> Long.compareUnsigned(a, b) < 0 ? a : b),
        binary("and.b32 %d, %a, %b;", 32, (a, b) -> a & b),
        binary("or.b64 %d, %a, %b;", 64, (a, b) -> a | b),
        binary("xor.b16 %d, %a, %b;", 16, (a, b) -> a ^ b),
        unary("not.b32 %d, %a;", 32, a -> ~a),
        unary("cnot.b32 %d, %a;", 32, a -> (int) a == 0 ? 1 : 0),
        unary("neg.s64 %d, %a;", 64, a -> -a),
        unary("abs.s32 %d, %a;", 32, a -> Math.abs((int) a)),
        unary("popc.b32 %d, %a;", 32, a -> Integer.bitCount((int) a)),
        unary("clz.b32 %d, %a;", 32, a -> Integer.numberOfLeadingZeros((int) a)),
        unary("brev.b32 %d, %a;", 32, a -> Integer.reverse((int) a)),
        unary("brev.b64 %d, %a;", 64, Long::reverse),
        unary("bfind.u32 %d, %a;", 32, a -> 31 - Integer.numberOfLeadingZeros((int) a)),
        unary(
            "bfind.s32 %d, %a;",
            32, a -> 31 - Integer.numberOfLeadingZeros((int) a < 0 ? ~(int) a : (int) a)),
        unary(
            "bfind.shiftamt.u32 %d, %a;",
            32, a -> (int) a == 0 ? -1 : Integer.numberOfLeadingZeros((int) a)),
        binary("shl.b32 %d, %a, %b;", 32, (a, b) -> amount(b) > 31 ? 0 : (int) a << b),
        binary("shr.u32 %d, %a, %b;", 32, (a, b) -> amount(b) > 31 ? 0 : (int) a >>> b),
        binary("shr.s32 %d, %a, %b;", 32, (a, b) -> (int) a >> Math.min(amount(b), 31)),
        binary("shr.s16 %d, %a, %r6;", 16, (a, b) -> (short) a >> 3),
        ternary("mad.lo.s32 %d, %a, %b, %c;", 32, (a, b, c) -> a * b + c),
        ternary(
            "mad.hi.u32 %d, %a, %b, %c;", 32, (a, b, c) -> ((amount(a) * amount(b)) >>> 32) + c),
        ternary("sad.s32 %d, %a, %b, %c;", 32, (a, b, c) -> c + Math.abs((long) (int) a - (int) b)),
        ternary("lop3.b32 %d, %a, %b, %c, 0x96;", 32, (a, b, c) -> a ^ b ^ c),
        ternary("lop3.b32 %d, %a, %b, %c, 0xE8;", 32, (a, b, c) -> (a & b) | (b & c) | (a & c)),
        ternary("lop3.b32 %d, %a, %b, %c, 0xCA;", 32, (a, b, c) -> (a & b) | (~a & c)),
        ternary(
            "shf.l.wrap.b32 %d, %a, %b, %c;",
            32, (a, b, c) -> ((b << 32 | amount(a)) << (c & 31)) >>> 32),
        ternary(
            "shf.r.clamp.b32 %d, %a, %b, %c;",
            32, (a, b, c) -> (b << 32 | amount(a)) >>> Math.min(amount(c), 32)),
        ternary("slct.b32.s32 %d, %a, %b, %c;", 32, (a, b, c) -> (int) c >= 0 ? a : b),
        ternary("bfe.u32 %d, %a, %b, %c;", 32, (a, b, c) -> field(amount(a), 32, b, c, false)),
        ternary("bfe.s32 %d, %a, %b, %c;", 32, (a, b, c) -> field(amount(a), 32, b, c, true)),
        ternary("prmt.b32 %d, %a, %b, %c;", 32, IntegerInstructionTest::permute),
        ternary(
            "bfi.b32 %d, %a, %b, %c, 5;",
            32,
            (a, b, c) -> {
              long position = c & 255;
              long result = b;
              for (long i = 0; i < 5 && position + i < 32; i++) {
                long bit = a >>> i & 1;
                result = (result & ~(1L << (position + i))) | bit << (position + i);
              }
              return result;
            }));
  }

  /** Bit by bit, as the manual's pseudo-code. */
  private static long field(long a, int width, long b, long c, boolean signed) {
    int position = (int) b & 255;
    int length = (int) c & 255;
    long sign = 0;
    if (signed && length > 0) {
      sign = a >>> Math.min(position + length - 1, width - 1) & 1;
    }
    long result = 0;
    for (int i = 0; i < width; i++) {
      long bit = i < length && position + i < width ? a >>> (position + i) & 1 : sign;
      result |= bit << i;
    }
    return result;
  }

  private static long permute(long a, long b, long c) {
    byte[] bytes = BigInteger.valueOf(b << 32 | amount(a)).toByteArray();
    long result = 0;
    for (int i = 0; i < 4; i++) {
      int selector = (int) (c >>> (4 * i)) & 15;
      int at = bytes.length - 1 - (selector & 7);
      int value = (at >= 0 ? bytes[at] : bytes[0] < 0 ? -1 : 0) & 255;
      value = (selector & 8) != 0 ? (value >= 128 ? 255 : 0) : value;
      result |= (long) value << (8 * i);
    }
    return result;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("instructions")
  void instruction(String code, int bits, TriFunction reference) {
    String type = "b" + bits;
    String prologue = code.contains("%r6") ? "mov.u32 %r6, 3; " : "";
    long[][] in = OneInstruction.triples(VALUES);
    long[] got = new OneInstruction(prologue + code, type, type, type, type).run(in);
    long mask = bits == 64 ? -1 : (1L << bits) - 1;
    for (int i = 0; i < got.length; i++) {
      long expected = reference.apply(in[0][i], in[1][i], in[2][i]) & mask;
      String what = "%s of %x, %x, %x".formatted(code, in[0][i], in[1][i], in[2][i]);
      assertEquals(expected, got[i], what);
    }
  }

  @Test
  void divisions() {
    long[][] in = OneInstruction.pairs(VALUES);
    long[] quotient = new OneInstruction("div.s32 %d, %a, %b;", "b32", "b32", "b32").run(in);
    long[] remainder = new OneInstruction("rem.u32 %d, %a, %b;", "b32", "b32", "b32").run(in);
    long[] wide = new OneInstruction("div.u64 %d, %a, %b;", "b64", "b64", "b64").run(in);
    for (int i = 0; i < quotient.length; i++) {
      if ((int) in[1][i] != 0) {
        assertEquals((int) in[0][i] / (int) in[1][i], (int) quotient[i]);
        assertEquals(amount(in[0][i]) % amount(in[1][i]), remainder[i]);
      }
      if (in[1][i] != 0) {
        assertEquals(Long.divideUnsigned(in[0][i], in[1][i]), wide[i]);
      }
    }
  }

  @Test
  void wideProducts() {
    long[][] in = OneInstruction.pairs(VALUES);
    long[] signed = new OneInstruction("mul.wide.s32 %d, %a, %b;", "b64", "b32", "b32").run(in);
    long[] unsigned = new OneInstruction("mul.wide.u32 %d, %a, %b;", "b64", "b32", "b32").run(in);
    long[] small = new OneInstruction("mul.wide.s16 %d, %a, %b;", "b32", "b16", "b16").run(in);
    for (int i = 0; i < signed.length; i++) {
      assertEquals((long) (int) in[0][i] * (int) in[1][i], signed[i]);
      assertEquals(amount(in[0][i]) * amount(in[1][i]), unsigned[i]);
      assertEquals((short) in[0][i] * (short) in[1][i], (int) small[i]);
    }
  }

  @Test
  void sumsOf128Bits() {
    String code =
        """
        add.cc.u64 %rd1, %a, %b; addc.cc.u64 %rd2, %a, %c; addc.u64 %rd3, 0, 0;
        xor.b64 %rd4, %rd1, %rd2; shl.b64 %rd3, %rd3, 63; xor.b64 %d, %rd4, %rd3;
        """;
    long[][] in = OneInstruction.triples(VALUES);
    long[] got = new OneInstruction(code, "b64", "b64", "b64", "b64").run(in);
    BigInteger two64 = BigInteger.ONE.shiftLeft(64);
    for (int i = 0; i < got.length; i++) {
      BigInteger a = BigInteger.valueOf(in[0][i]).mod(two64);
      BigInteger high = a.shiftLeft(64);
      BigInteger low = a;
      BigInteger other =
          BigInteger.valueOf(in[2][i])
              .mod(two64)
              .shiftLeft(64)
              .add(BigInteger.valueOf(in[1][i]).mod(two64));
      BigInteger sum = high.add(low).add(other);
      long expected =
          sum.longValue() ^ sum.shiftRight(64).longValue() ^ (sum.testBit(128) ? 1L << 63 : 0);
      assertEquals(expected, got[i]);
    }
  }

  @Test
  void differencesOf96Bits() {
    String code =
        """
        sub.cc.u32 %r5, %a, %b; subc.cc.u32 %r6, %a, %c; subc.u32 %r7, 7, 0;
        xor.b32 %r5, %r5, %r6; xor.b32 %d, %r5, %r7;
        """;
    long[][] in = OneInstruction.triples(VALUES);
    long[] got = new OneInstruction(code, "b32", "b32", "b32", "b32").run(in);
    for (int i = 0; i < got.length; i++) {
      BigInteger a = BigInteger.valueOf(amount(in[0][i]));
      BigInteger from = BigInteger.valueOf(7).shiftLeft(64).add(a.shiftLeft(32)).add(a);
      BigInteger by =
          BigInteger.valueOf(amount(in[2][i]))
              .shiftLeft(32)
              .add(BigInteger.valueOf(amount(in[1][i])));
      BigInteger rest = from.subtract(by);
      int expected =
          rest.intValue() ^ rest.shiftRight(32).intValue() ^ rest.shiftRight(64).intValue();
      assertEquals(expected, (int) got[i]);
    }
  }

  @Test
  void packingAndUnpacking() {
    long[][] in = OneInstruction.pairs(VALUES);
    long[] packed = new OneInstruction("mov.b64 %d, {%a, %b};", "b64", "b32", "b32").run(in);
    long[] high = new OneInstruction("mov.b64 {_, %d}, %a;", "b32", "b64").run(in[0]);
    long[] halves =
        new OneInstruction("mov.b32 {%a, %b}, %r3; mov.b32 %d, {%b, %a};", "b32", "b16", "b16")
            .run(in);
    for (int i = 0; i < packed.length; i++) {
      assertEquals(in[1][i] << 32 | amount(in[0][i]), packed[i]);
      assertEquals(in[0][i] >>> 32, high[i]);
      assertEquals(Integer.rotateLeft(i, 16), (int) halves[i]);
    }
  }

  @Test
  void comparisonsJoinedWithAPredicate() {
    long[][] in = OneInstruction.pairs(VALUES);
    String code =
        """
        setp.ne.b32 %p1, %a, 5; setp.lt.and.s32 %p2|%p3, %a, %b, !%p1;
        xor.pred %d, %p2, %p3;
        """;
    long[] got = new OneInstruction(code, "pred", "b32", "b32").run(in);
    long[] unsigned = new OneInstruction("setp.hi.u32 %d, %a, %b;", "pred", "b32", "b32").run(in);
    long[] set = new OneInstruction("set.ge.u32.s64 %d, %a, %b;", "b32", "b64", "b64").run(in);
    for (int i = 0; i < got.length; i++) {
      assertEquals((int) in[0][i] == 5 ? 1 : 0, got[i]);
      assertEquals(amount(in[0][i]) > amount(in[1][i]) ? 1 : 0, unsigned[i]);
      assertEquals(in[0][i] >= in[1][i] ? 0xffffffffL : 0, set[i]);
    }
  }
}
