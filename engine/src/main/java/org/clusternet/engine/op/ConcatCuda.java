package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.ConcatLaunch;

/**
 * Copies of blocks, in the largest unit up to 16 bytes that their sizes and addresses allow, in any
 * element type. Padding writes zeros and content in one pass.
 */
final class ConcatCuda {
  private ConcatCuda() {}

  static void run(Concat op, Tensor[] in, Tensor[] out, Cuda cuda) {
    int at = 0;
    for (Tensor part : in) {
      copy(op.axis(), part, 0, out[0], at, part.dim(op.axis()), cuda);
      at += part.dim(op.axis());
    }
  }

  static void slice(Concat.Slice op, Tensor[] in, Tensor[] out, Cuda cuda) {
    copy(op.axis(), in[0], op.from(), out[0], 0, op.to() - op.from(), cuda);
  }

  /** Copies {@code count} indices of the axis from one tensor to another. */
  private static void copy(
      int axis, Tensor source, int from, Tensor target, int to, int count, Cuda cuda) {
    long index = source.shape().stride(axis) * source.dtype().bytes();
    long fromStep = source.dim(axis) * index;
    long toStep = target.dim(axis) * index;
    long rows = source.type().bytes() / fromStep;
    long a = address(source) + from * index;
    long b = address(target) + to * index;
    long run = count * index;
    int unit = ConcatLaunch.unit(a, b, run, rows > 1 ? fromStep | toStep : 0);
    cuda.launch(
        new ConcatLaunch.Copy(
            unit,
            a,
            fromStep,
            b,
            toStep,
            run,
            rows,
            cuda.gridFor(run * rows / unit),
            cuda.block()));
  }

  static void pad(Concat.Pad op, Tensor[] in, Tensor[] out, Cuda cuda) {
    long index = in[0].shape().stride(op.axis()) * in[0].dtype().bytes();
    long run = in[0].dim(op.axis()) * index;
    long toStep = out[0].dim(op.axis()) * index;
    long before = op.before() * index;
    long x = address(in[0]);
    long y = address(out[0]);
    int unit = ConcatLaunch.unit(x, y, run, toStep, before);
    cuda.launch(
        new ConcatLaunch.Pad(
            unit,
            x,
            run,
            y,
            toStep,
            before,
            in[0].type().bytes() / run,
            cuda.gridFor(out[0].type().bytes() / unit),
            cuda.block()));
  }
}
