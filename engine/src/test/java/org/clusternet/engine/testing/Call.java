package org.clusternet.engine.testing;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * One call of an op on numbers: {@code Call.of(device, op).with(F32, values, 1, 1, 2, 2).run()}.
 */
public final class Call {
  private final Device device;
  private final Op op;
  private final List<TensorType> types = new ArrayList<>();
  private final List<double[]> values = new ArrayList<>();

  private Call(Device device, Op op) {
    this.device = device;
    this.op = op;
  }

  /** A call without inputs so far. */
  public static Call of(Device device, Op op) {
    return new Call(device, op);
  }

  /** Adds an input with the given values in row-major order of the dimensions. */
  public Call with(DType dtype, double[] numbers, int... dims) {
    types.add(TensorType.of(dtype, dims));
    values.add(numbers);
    return this;
  }

  /** The values of output 0 in row-major order of the dimensions. */
  public double[] run() {
    try (Scope scope = device.scope()) {
      Tensor[] inputs = new Tensor[types.size()];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = Tensors.of(device, scope, types.get(i), values.get(i));
      }
      return Tensors.values(device, new Eager(device, scope).apply(op, inputs));
    }
  }
}
