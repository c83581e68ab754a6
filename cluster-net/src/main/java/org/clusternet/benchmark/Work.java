package org.clusternet.benchmark;

import java.util.Arrays;
import java.util.List;
import org.clusternet.engine.op.Conv2d;
import org.clusternet.engine.op.FusedConv2d;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * The least work of a call: floating-point operations of convolutions (a multiplication and an
 * addition for each product of the direct method, those with padding included), which are nearly
 * all of a network's, and bytes moved. A kernel that needs fewer products, such as Winograd's, is
 * credited with those of the direct method: its rate may then exceed the limit of the direct
 * method.
 *
 * @param flops number of floating-point operations; 0 where they are not counted
 * @param bytes bytes of all inputs, read once, and of all outputs, written once
 */
public record Work(double flops, double bytes) {

  /** The work of one call. */
  public static Work of(Op op, Tensor[] inputs, Tensor[] outputs) {
    return of(op, types(inputs), types(outputs));
  }

  /** The work of one call on tensors of these types. */
  public static Work of(Op op, List<TensorType> inputs, List<TensorType> outputs) {
    return new Work(flops(op, inputs, outputs), bytes(inputs) + bytes(outputs));
  }

  private static List<TensorType> types(Tensor[] tensors) {
    return Arrays.stream(tensors).map(Tensor::type).toList();
  }

  private static double flops(Op op, List<TensorType> in, List<TensorType> out) {
    if (op instanceof Conv2d || op instanceof FusedConv2d) {
      return convolution(in.get(1), out.get(0));
    } else if (op instanceof Conv2d.BackwardInput) {
      return convolution(in.get(0), in.get(1));
    } else if (op instanceof Conv2d.BackwardWeight) {
      return convolution(out.get(0), in.get(1));
    }
    return 0;
  }

  /** Each of the three passes multiplies every element of y by every weight of its channel. */
  private static double convolution(TensorType weight, TensorType y) {
    return 2.0 * y.shape().elements() * weight.shape().elements() / weight.dim(0);
  }

  private static double bytes(List<TensorType> types) {
    return types.stream().mapToDouble(TensorType::bytes).sum();
  }

  /** The sum of the work of two calls. */
  public Work plus(Work other) {
    return new Work(flops + other.flops, bytes + other.bytes);
  }
}
