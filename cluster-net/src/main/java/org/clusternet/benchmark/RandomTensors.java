package org.clusternet.benchmark;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * Tensors of random numbers for measurements, since processors handle zeros faster than other data.
 * Large tensors repeat one random part.
 */
final class RandomTensors {
  private static final int PART = 1 << 20;
  private static final int SEED = 11;

  private RandomTensors() {}

  /**
   * Uniform numbers in [0, 1) of a floating-point type, or random ones of the given integers.
   *
   * @param integers the integers to choose from
   */
  static Tensor of(Device device, Scope scope, TensorType type, List<Integer> integers) {
    Tensor tensor = scope.allocate(type);
    int size = type.dtype().bytes();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(type.bytes(), Long.BYTES);
      long part = Math.min(type.bytes(), (long) PART * size);
      fill(host.asSlice(0, part), type.dtype(), (int) (part / size), integers);
      for (long at = part; at < type.bytes(); at += part) {
        long bytes = Math.min(part, type.bytes() - at);
        MemorySegment.copy(host, 0, host, at, bytes);
      }
      device.upload(host, tensor);
    }
    return tensor;
  }

  /** The contents of a tensor of F32. */
  static float[] numbers(int elements) {
    float[] numbers = new float[elements];
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < elements; i++) {
      numbers[i] = i < PART ? (float) random.nextDouble() : numbers[i - PART];
    }
    return numbers;
  }

  private static void fill(
      MemorySegment memory, DType dtype, int elements, List<Integer> integers) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < elements; i++) {
      double value =
          dtype.isFloating() ? random.nextDouble() : integers.get(random.nextInt(integers.size()));
      dtype.set(memory, i, value);
    }
  }
}
