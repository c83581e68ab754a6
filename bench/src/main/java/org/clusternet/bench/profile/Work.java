package org.clusternet.bench.profile;

import java.util.Arrays;
import org.clusternet.engine.op.Conv2d;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;

/**
 * What a call must do at least: floating-point operations of convolutions (a multiplication and an
 * addition for each product of the direct method, those with padding included), which are all but
 * all of a network's, and bytes moved.
 *
 * @param flops floating-point operations; 0 where they are not counted
 * @param bytes bytes of all inputs, read once, and of all outputs, written once
 */
public record Work(double flops, double bytes) {

  /** The work of one call. */
  public static Work of(Op op, Tensor[] inputs, Tensor[] outputs) {
    return new Work(flops(op, inputs, outputs), bytes(inputs, outputs));
  }

  private static double flops(Op op, Tensor[] in, Tensor[] out) {
    if (op instanceof Conv2d) {
      return convolution(in[1].shape(), out[0]);
    } else if (op instanceof Conv2d.BackwardInput) {
      return convolution(in[0].shape(), in[1]);
    } else if (op instanceof Conv2d.BackwardWeight) {
      return convolution(out[0].shape(), in[1]);
    }
    return 0;
  }

  /** Each of the three passes meets every element of y with every weight of its channel. */
  private static double convolution(Shape weight, Tensor y) {
    return 2.0 * y.elements() * weight.elements() / weight.dim(0);
  }

  private static double bytes(Tensor[] in, Tensor[] out) {
    return bytes(in) + bytes(out);
  }

  private static double bytes(Tensor[] tensors) {
    return Arrays.stream(tensors).mapToDouble(t -> (double) t.type().bytes()).sum();
  }

  /** Both kinds of work of two calls. */
  public Work plus(Work other) {
    return new Work(flops + other.flops, bytes + other.bytes);
  }
}
