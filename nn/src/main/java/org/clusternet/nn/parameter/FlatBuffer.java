package org.clusternet.nn.parameter;

import org.clusternet.engine.op.Fill;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * The layout of a flat buffer: slices one after the other, each beginning at a multiple of {@value
 * #ALIGNMENT} bytes, which is a cache line and the widest vector. The gaps between them stay zero.
 */
final class FlatBuffer {
  static final int ALIGNMENT = 64;

  private final DType dtype;
  private long end;

  FlatBuffer(DType dtype) {
    this.dtype = dtype;
  }

  /** Places a parameter after those placed before. */
  void append(Parameter parameter) {
    long step = ALIGNMENT / dtype.bytes();
    long offset = (end + step - 1) / step * step;
    end = offset + parameter.shape().elements();
    parameter.placeAt(offset);
  }

  /** Number of elements placed so far, gaps included. */
  int end() {
    return Math.toIntExact(end);
  }

  boolean isEmpty() {
    return end == 0;
  }

  /** Allocates memory for the whole layout, filled with zeros. */
  Tensor allocate(Device device, Scope scope, String name) {
    TensorType type = TensorType.of(dtype, end());
    Tensor tensor = scope.allocate(type).named(name);
    device.run(new Fill(type, 0), new Tensor[0], new Tensor[] {tensor});
    return tensor;
  }
}
