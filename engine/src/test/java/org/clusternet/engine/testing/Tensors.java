package org.clusternet.engine.testing;

import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/** {@link org.clusternet.engine.check.Tensors} under the name that the tests use. */
public final class Tensors {
  private Tensors() {}

  /** A tensor with the given values in row-major order of the dimensions. */
  public static Tensor of(Device device, Scope scope, TensorType type, double... values) {
    return org.clusternet.engine.check.Tensors.of(device, scope, type, values);
  }

  /** The values in row-major order of the dimensions. */
  public static double[] values(Device device, Tensor tensor) {
    return org.clusternet.engine.check.Tensors.values(device, tensor);
  }
}
