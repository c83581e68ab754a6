package org.clusternet.engine.testing;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.TensorType;

/**
 * One call of an op on numbers, input by input: {@code Call.of(device, op).with(F32, values, 1, 1,
 * 2, 2).run()}.
 */
public final class Call {
  private final Device device;
  private final Op op;
  private final List<Calls.Numbers> inputs = new ArrayList<>();

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
    inputs.add(new Calls.Numbers(TensorType.of(dtype, dims), numbers));
    return this;
  }

  /** The values of output 0 in row-major order of the dimensions. */
  public double[] run() {
    return Calls.run(device, op, inputs.toArray(Calls.Numbers[]::new))[0];
  }
}
