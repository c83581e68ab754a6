package org.clusternet.engine.cuda.emulated;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.clusternet.engine.tensor.DType;
import org.clusternet.kernels.emulator.DeviceMemory;

/** Arrays of numbers in emulated memory. */
final class DeviceArrays {
  private final DeviceMemory memory;

  DeviceArrays(DeviceMemory memory) {
    this.memory = memory;
  }

  double[] read(DType dtype, long address, long count) {
    double[] values = new double[Math.toIntExact(count)];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(count * dtype.bytes(), Long.BYTES);
      memory.read(address, host);
      for (int i = 0; i < values.length; i++) {
        values[i] = dtype.get(host, i);
      }
    }
    return values;
  }

  void write(DType dtype, long address, double[] values) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate((long) values.length * dtype.bytes(), Long.BYTES);
      for (int i = 0; i < values.length; i++) {
        dtype.set(host, i, values[i]);
      }
      memory.write(address, host);
    }
  }

  /** The factors of a product as the arithmetic sees them: F32 rounded to TF32 where that is on. */
  static void roundToTf32(double[] values) {
    final int dropped = 13;
    for (int i = 0; i < values.length; i++) {
      int bits = Float.floatToRawIntBits((float) values[i]);
      int half = (1 << (dropped - 1)) - 1 + ((bits >>> dropped) & 1);
      values[i] = Float.intBitsToFloat((bits + half) & -(1 << dropped));
    }
  }
}
