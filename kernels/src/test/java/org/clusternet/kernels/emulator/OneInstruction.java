package org.clusternet.kernels.emulator;

import java.util.Arrays;
import org.clusternet.kernels.Arguments;

/** Runs one instruction, written as text, over arrays of operands: one thread for each element. */
final class OneInstruction {
  private static final int THREADS = 128;

  private final TestDevice device;

  /**
   * An instruction with operands {@code %d, %a, %b, %c} of the types given (PTX register types;
   * {@code pred} for the result is given back as 0 or 1).
   */
  OneInstruction(String instruction, String d, String... sources) {
    this(new Emulator(), instruction, d, sources);
  }

  OneInstruction(Emulator emulator, String instruction, String d, String... sources) {
    StringBuilder code = new StringBuilder();
    code.append(".version 6.3\n.target sm_75\n.address_size 64\n.visible .entry k(\n");
    code.append(".param .u64 pd, .param .u64 pa, .param .u64 pb, .param .u64 pc, .param .u32 n)\n");
    code.append("{\n.reg .b64 %rd<8>;\n.reg .b32 %r<8>;\n.reg .pred %p<4>;\n");
    code.append(".reg .").append(d).append(" %d;\n");
    for (int i = 0; i < sources.length; i++) {
      code.append(".reg .").append(sources[i]).append(" %").append((char) ('a' + i)).append(";\n");
    }
    code.append("mov.u32 %r0, %ctaid.x;\nmov.u32 %r1, %ntid.x;\nmov.u32 %r2, %tid.x;\n");
    code.append("mad.lo.s32 %r3, %r0, %r1, %r2;\nld.param.u32 %r4, [n];\n");
    code.append("setp.ge.u32 %p0, %r3, %r4;\n@%p0 bra DONE;\n");
    for (int i = 0; i < sources.length; i++) {
      load(code, (char) ('a' + i), sources[i]);
    }
    code.append(instruction).append('\n');
    code.append("ld.param.u64 %rd0, [pd];\nmad.wide.u32 %rd0, %r3, 8, %rd0;\n");
    if (d.equals("pred")) {
      code.append("selp.b32 %r5, 1, 0, %d;\nst.global.b32 [%rd0], %r5;\n");
    } else {
      code.append("st.global.").append(d).append(" [%rd0], %d;\n");
    }
    code.append("DONE:\nret;\n}\n");
    device = TestDevice.ofText(emulator, code.toString());
  }

  private static void load(StringBuilder code, char name, String type) {
    code.append("ld.param.u64 %rd0, [p").append(name).append("];\n");
    code.append("mad.wide.u32 %rd0, %r3, 8, %rd0;\n");
    if (type.equals("pred")) {
      code.append("ld.global.b32 %r5, [%rd0];\nsetp.ne.u32 %").append(name).append(", %r5, 0;\n");
    } else {
      code.append("ld.global.").append(type).append(" %").append(name).append(", [%rd0];\n");
    }
  }

  /** Results, raw bits with zeros above. */
  long[] run(long[]... sources) {
    int n = sources[0].length;
    long d = device.empty(8L * n);
    device.memory().fill(d, 8L * n, (byte) 0);
    Arguments arguments = new Arguments().address(d);
    for (int i = 0; i < 3; i++) {
      arguments.address(i < sources.length ? device.longs(sources[i]) : 0);
    }
    arguments.i32(n);
    device.run("k", (n + THREADS - 1) / THREADS, THREADS, arguments);
    return device.longs(d, n);
  }

  /** All pairs of values, as two arrays. */
  static long[][] pairs(long... values) {
    int n = values.length;
    long[][] pairs = new long[2][n * n];
    for (int i = 0; i < n * n; i++) {
      pairs[0][i] = values[i / n];
      pairs[1][i] = values[i % n];
    }
    return pairs;
  }

  /** All triples of values, as three arrays. */
  static long[][] triples(long... values) {
    int n = values.length;
    long[][] triples = new long[3][n * n * n];
    for (int i = 0; i < n * n * n; i++) {
      triples[0][i] = values[i / n / n];
      triples[1][i] = values[i / n % n];
      triples[2][i] = values[i % n];
    }
    return triples;
  }

  static long[] bits(float... values) {
    long[] bits = new long[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]) & 0xffffffffL;
    }
    return bits;
  }

  static long[] bits(double... values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }
}
