package org.clusternet.engine.check;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.HostCodec;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/** Tensors from numbers and back, on any device. */
public final class Tensors {
  private Tensors() {}

  /** A tensor with the given values in row-major order of the dimensions. */
  public static Tensor of(Device device, Scope scope, TensorType type, double... values) {
    Tensor tensor = scope.allocate(type);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(type.bytes(), Long.BYTES);
      HostCodec.encode(type, values, host);
      device.upload(host, tensor);
    }
    return tensor;
  }

  /** The values in row-major order of the dimensions. */
  public static double[] values(Device device, Tensor tensor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(tensor.type().bytes(), Long.BYTES);
      device.download(tensor, host);
      return HostCodec.decode(tensor.type(), host);
    }
  }
}
