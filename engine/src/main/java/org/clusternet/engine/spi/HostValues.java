package org.clusternet.engine.spi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.clusternet.engine.tensor.HostCodec;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * A tensor's content as an array in row-major order of the dimensions (N, C, H, W). For set-up,
 * files and small results: every element passes through a double.
 */
public final class HostValues {
  private HostValues() {}

  /**
   * A new tensor with the values given.
   *
   * @throws IllegalArgumentException if there is not one value per element
   */
  public static Tensor of(Device device, Scope scope, TensorType type, double... values) {
    Tensor tensor = scope.allocate(type);
    set(device, tensor, values);
    return tensor;
  }

  /** Reads a tensor, after waiting for what is in flight. */
  public static double[] get(Device device, Tensor tensor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(tensor.type().bytes(), Long.BYTES);
      device.download(tensor, host);
      return HostCodec.decode(tensor.type(), host);
    }
  }

  /**
   * Writes a tensor, rounding to its element type.
   *
   * @throws IllegalArgumentException if there is not one value per element
   */
  public static void set(Device device, Tensor tensor, double... values) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(tensor.type().bytes(), Long.BYTES);
      HostCodec.encode(tensor.type(), values, host);
      device.upload(host, tensor);
    }
  }
}
