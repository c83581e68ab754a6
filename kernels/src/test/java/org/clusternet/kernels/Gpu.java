package org.clusternet.kernels;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.clusternet.kernels.emulator.Emulator;
import org.clusternet.kernels.emulator.LaunchReport;
import org.clusternet.kernels.emulator.PtxModule;

/** Numbers in the memory of an emulated GPU, and launches over them. */
final class Gpu {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  private final Emulator emulator;
  private final Map<String, PtxModule> modules = new HashMap<>();

  /** A GPU that runs blocks in the order of their indices. */
  Gpu() {
    this(Emulator.Settings.standard());
  }

  Gpu(Emulator.Settings settings) {
    this.emulator = new Emulator(settings);
  }

  /** A GPU that runs blocks in an order that the seed chooses. */
  static Gpu shuffled(long seed) {
    return new Gpu(Emulator.Settings.standard().withBlockSeed(seed));
  }

  /** Normally distributed numbers that the element type holds exactly. */
  static double[] normal(Element element, int n, long seed) {
    Random random = new Random(seed);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = rounded(element, random.nextGaussian());
    }
    return values;
  }

  /** The nearest number that the element type holds. */
  static double rounded(Element element, double value) {
    return switch (element) {
      case F64 -> value;
      case F32 -> (float) value;
      case BF16 -> widened(narrowed((float) value));
    };
  }

  private static short narrowed(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
  }

  private static float widened(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** Memory that nothing was written to, {@code offset} elements off a multiple of 256 bytes. */
  long empty(Element element, long n, int offset) {
    long address = emulator.memory().allocate((n + offset) * element.bytes());
    return address + (long) offset * element.bytes();
  }

  long empty(Element element, long n) {
    return empty(element, n, 0);
  }

  /** Memory with numbers, rounded to the element type. */
  long of(Element element, double[] values, int offset) {
    long address = empty(element, values.length, offset);
    byte[] bytes = new byte[values.length * element.bytes()];
    MemorySegment host = MemorySegment.ofArray(bytes);
    for (int i = 0; i < values.length; i++) {
      switch (element) {
        case F64 -> host.set(DOUBLE, 8L * i, values[i]);
        case F32 -> host.set(FLOAT, 4L * i, (float) values[i]);
        case BF16 -> host.set(SHORT, 2L * i, narrowed((float) values[i]));
      }
    }
    emulator.memory().write(address, host);
    return address;
  }

  long of(Element element, double... values) {
    return of(element, values, 0);
  }

  long ints(int... values) {
    long address = emulator.memory().allocate(4L * values.length);
    emulator.memory().write(address, MemorySegment.ofArray(values));
    return address;
  }

  long bytes(byte... values) {
    long address = emulator.memory().allocate(values.length);
    emulator.memory().write(address, MemorySegment.ofArray(values));
    return address;
  }

  long emptyBytes(long n) {
    return emulator.memory().allocate(n);
  }

  byte[] readBytes(long address, int n) {
    byte[] bytes = new byte[n];
    emulator.memory().read(address, MemorySegment.ofArray(bytes));
    return bytes;
  }

  int[] readInts(long address, int n) {
    int[] values = new int[n];
    emulator.memory().read(address, MemorySegment.ofArray(values));
    return values;
  }

  double[] read(Element element, long address, int n) {
    MemorySegment host = MemorySegment.ofArray(readBytes(address, n * element.bytes()));
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] =
          switch (element) {
            case F64 -> host.get(DOUBLE, 8L * i);
            case F32 -> host.get(FLOAT, 4L * i);
            case BF16 -> widened(host.get(SHORT, 2L * i));
          };
    }
    return values;
  }

  LaunchReport launch(Launch launch) {
    PtxModule module =
        modules.computeIfAbsent(launch.module(), stem -> emulator.load(Ptx.text(stem)));
    return emulator.launch(module, launch);
  }
}
