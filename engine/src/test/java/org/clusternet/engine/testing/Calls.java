package org.clusternet.engine.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.spi.OpException;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/** Single calls of ops on numbers, for tests that work a result out by hand. */
public final class Calls {
  private Calls() {}

  /** Numbers with a type, in row-major order of the dimensions. */
  public record Numbers(TensorType type, double... values) {}

  /** F64 numbers of a shape. */
  public static Numbers f64(int[] dims, double... values) {
    return new Numbers(TensorType.of(DType.F64, dims), values);
  }

  /** I32 numbers of a shape. */
  public static Numbers i32(int[] dims, double... values) {
    return new Numbers(TensorType.of(DType.I32, dims), values);
  }

  /** Extents, for readability. */
  public static int[] dims(int... dims) {
    return dims;
  }

  /** All outputs of a call. */
  public static double[][] run(Device device, Op op, Numbers... inputs) {
    try (Scope scope = device.scope()) {
      Tensor[] outputs = new Eager(device, scope).run(op, tensors(device, scope, inputs));
      double[][] values = new double[outputs.length][];
      for (int k = 0; k < values.length; k++) {
        values[k] = Tensors.values(device, outputs[k]);
      }
      return values;
    }
  }

  /** The gradient of one input of a call for the given upstream gradient of output 0. */
  public static double[] gradient(
      Device device, Op op, int input, double[] upstream, Numbers... inputs) {
    try (Scope scope = device.scope();
        Tape tape = new Tape(device)) {
      Tensor[] tensors = tensors(device, scope, inputs);
      tape.watch(tensors[input]);
      Tensor y = tape.apply(op, tensors);
      tape.backward(y, Tensors.of(device, scope, y.type(), upstream));
      return Tensors.values(device, tape.gradient(tensors[input]));
    }
  }

  private static Tensor[] tensors(Device device, Scope scope, Numbers[] inputs) {
    Tensor[] tensors = new Tensor[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      tensors[i] = Tensors.of(device, scope, inputs[i].type(), inputs[i].values());
    }
    return tensors;
  }

  /** Asserts that the op refuses operands of these types with this message. */
  public static void assertRefused(String message, Op op, TensorType... types) {
    OpException e = assertThrows(OpException.class, () -> op.infer(List.of(types)));
    assertEquals(message, e.getMessage());
  }
}
