package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.cuda.launch.Stretching;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.BinaryLaunch;
import org.clusternet.kernels.Element;

/** Equal shapes as flat runs of 16 bytes; anything else by strides. */
final class BinaryCuda {
  private BinaryCuda() {}

  private static BinaryLaunch.Function function(BinaryFunction f) {
    return BinaryLaunch.Function.valueOf(f.name());
  }

  private static boolean flat(Tensor[] in, Tensor out) {
    return in[0].shape().equals(out.shape()) && in[1].shape().equals(out.shape());
  }

  static void forward(Binary op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Element element = CudaOperands.element(op, in[0]);
    BinaryLaunch.Function function = function(op.function());
    long a = address(in[0]);
    long b = address(in[1]);
    long y = address(out[0]);
    if (flat(in, out[0])) {
      long n = out[0].elements();
      cuda.launch(
          new BinaryLaunch.Forward(
              function, element, a, b, y, n, cuda.gridFor(n / element.lanes()), cuda.block()));
      return;
    }
    for (Stretching.Part part : Stretching.of(out[0].shape(), in[0].shape(), in[1].shape())) {
      Addresses at = new Addresses(part, element, a, b, y);
      int lanes = at.lanes(element, part);
      cuda.launch(
          new BinaryLaunch.StridedForward(
              function,
              element,
              lanes,
              at.a,
              at.b,
              at.y,
              part.layout(),
              cuda.gridFor(part.layout().elements() / lanes),
              cuda.block()));
    }
  }

  static void backward(Binary.Backward op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Element element = CudaOperands.element(op, in[0]);
    BinaryLaunch.Function function = function(op.function());
    long a = address(in[0]);
    long b = address(in[1]);
    long u = address(in[2]);
    long y = address(out[0]);
    if (flat(in, out[0])) {
      long n = out[0].elements();
      cuda.launch(
          new BinaryLaunch.Backward(
              function,
              op.operand(),
              element,
              a,
              b,
              u,
              y,
              n,
              cuda.gridFor(n / element.lanes()),
              cuda.block()));
      return;
    }
    for (Stretching.Part part : Stretching.of(out[0].shape(), in[0].shape(), in[1].shape())) {
      Addresses at = new Addresses(part, element, a, b, y);
      long upstream = u + at.y - y;
      int lanes = element.lanes(0, upstream) == 1 ? 1 : at.lanes(element, part);
      cuda.launch(
          new BinaryLaunch.StridedBackward(
              function,
              op.operand(),
              element,
              lanes,
              at.a,
              at.b,
              upstream,
              at.y,
              part.layout(),
              cuda.gridFor(part.layout().elements() / lanes),
              cuda.block()));
    }
  }

  /** Where a part begins in the operands and in what has the large shape. */
  private record Addresses(long a, long b, long y) {

    Addresses(Stretching.Part part, Element element, long a, long b, long y) {
      this(
          a + part.operands()[0] * element.bytes(),
          b + part.operands()[1] * element.bytes(),
          y + part.at() * element.bytes());
    }

    int lanes(Element element, Stretching.Part part) {
      return part.layout().lanes(element.lanes(0, a, b, y));
    }
  }
}
