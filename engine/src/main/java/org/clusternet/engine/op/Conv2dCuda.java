package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;
import static org.clusternet.engine.cuda.launch.CudaOperands.element;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.api.ConvolutionProblem.Pass;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.Conv2dLaunch;

/**
 * cuDNN's convolutions on channels-last memory. They want all operands of one type: beside BF16
 * activations an F32 weight is rounded to BF16 on the way in, and its gradient, which cuDNN sums in
 * F32 and rounds to BF16, widened on the way out. Each is a pass of its own, so a model gives BF16
 * weights, all rounded at once; see {@link org.clusternet.engine.spi.Device#roundsWeights}.
 */
final class Conv2dCuda {
  private Conv2dCuda() {}

  static void forward(Conv2d op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Tensor y = out[0];
    try (Scope scratch = cuda.scratch()) {
      Tensor w = weight(in[1], y.dtype(), scratch, cuda);
      cuda.convolve(Pass.FORWARD, in[0], w, y, op.stride(), op.padding());
    }
    if (in.length == 3) {
      addBias(y, in[2], cuda);
    }
  }

  static void backwardInput(Conv2d.BackwardInput op, Tensor[] in, Tensor[] out, Cuda cuda) {
    try (Scope scratch = cuda.scratch()) {
      Tensor w = weight(in[0], in[1].dtype(), scratch, cuda);
      cuda.convolve(Pass.BACKWARD_DATA, out[0], w, in[1], op.stride(), op.padding());
    }
  }

  static void backwardWeight(Conv2d.BackwardWeight op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Tensor upstream = in[1];
    DType type = upstream.dtype();
    try (Scope scratch = cuda.scratch()) {
      boolean same = out[0].dtype() == type;
      Tensor w = same ? out[0] : scratch.allocate(out[0].type().as(type));
      cuda.convolve(Pass.BACKWARD_FILTER, in[0], w, upstream, op.stride(), op.padding());
      if (!same) {
        cast(w, out[0], cuda);
      }
    }
    if (op.bias()) {
      cuda.launch(
          new Conv2dLaunch.BiasGradient(
              element(type),
              address(upstream),
              address(out[1]),
              upstream.elements() / upstream.dim(1),
              upstream.dim(1),
              cuda.block()));
    }
  }

  private static Tensor weight(Tensor weight, DType type, Scope scratch, Cuda cuda) {
    if (weight.dtype() == type) {
      return weight;
    }
    Tensor rounded = scratch.allocate(weight.type().as(type));
    cast(weight, rounded, cuda);
    return rounded;
  }

  private static void cast(Tensor from, Tensor to, Cuda cuda) {
    CastCuda.run(new Cast(to.dtype()), new Tensor[] {from}, new Tensor[] {to}, cuda);
  }

  /** Adds a bias to every row of y, whose dimension 1 is the innermost in memory. */
  static void addBias(Tensor y, Tensor bias, Cuda cuda) {
    cuda.launch(
        new Conv2dLaunch.AddBias(
            element(y.dtype()),
            address(y),
            address(bias),
            y.elements(),
            y.dim(1),
            cuda.gridFor(y.elements()),
            cuda.block()));
  }
}
