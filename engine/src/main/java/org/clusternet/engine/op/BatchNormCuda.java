package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.kernels.BatchNormBackwardLaunch;
import org.clusternet.kernels.BatchNormLaunch;
import org.clusternet.kernels.Columns;
import org.clusternet.kernels.Element;
import org.jspecify.annotations.Nullable;

/**
 * Three launches each way: partial sums that fill the GPU, a small one that finishes them, and the
 * pass over the images. Where nothing was added after the normalisation, the gradient finds the
 * mask of the ReLU from x and beta and does not read y.
 */
final class BatchNormCuda {
  private static final int RESIDUAL = 5;
  private static final int Y = 5;
  private static final int BETA = 6;

  private BatchNormCuda() {}

  static void forward(BatchNorm op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Element element = CudaOperands.element(op, in[0]);
    Columns layout =
        layout(element, cuda, in[0], out[0], in.length > RESIDUAL ? in[RESIDUAL] : in[0]);
    try (Scope scratch = cuda.scratch()) {
      long partial = address(partial(scratch, layout));
      cuda.launch(new BatchNormLaunch.Moments(element, address(in[0]), partial, layout));
      cuda.launch(
          new BatchNormLaunch.MomentsFinish(
              partial,
              address(out[1]),
              address(out[2]),
              address(out[3]),
              address(out[4]),
              layout,
              op.momentum(),
              cuda.block()));
    }
    normalise(element, in, out[1], out[2], out[0], op.eps(), op.relu(), layout, cuda);
  }

  static void inference(BatchNorm.Inference op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Element element = CudaOperands.element(op, in[0]);
    Columns layout =
        layout(element, cuda, in[0], out[0], in.length > RESIDUAL ? in[RESIDUAL] : in[0]);
    normalise(element, in, in[3], in[4], out[0], op.eps(), op.relu(), layout, cuda);
  }

  private static void normalise(
      Element element,
      Tensor[] in,
      Tensor mean,
      Tensor variance,
      Tensor y,
      double eps,
      boolean relu,
      Columns layout,
      Cuda cuda) {
    cuda.launch(
        new BatchNormLaunch.Normalise(
            element,
            address(in[0]),
            in.length > RESIDUAL ? address(in[RESIDUAL]) : 0,
            address(mean),
            address(variance),
            address(in[1]),
            address(in[2]),
            address(y),
            (float) eps,
            relu,
            layout));
  }

  /** {@code y = act(y + shift (+ residual))}: a normalisation of mean 0 and variance 1. */
  static void addInPlace(
      Element element, Tensor y, Tensor shift, @Nullable Tensor residual, boolean relu, Cuda cuda) {
    Columns layout = layout(element, cuda, y, residual == null ? y : residual);
    try (Scope scratch = cuda.scratch()) {
      Tensor zeros = filled(0, shift.type(), scratch, cuda);
      Tensor ones = filled(1, shift.type(), scratch, cuda);
      Tensor[] in =
          residual == null
              ? new Tensor[] {y, ones, shift, zeros, ones}
              : new Tensor[] {y, ones, shift, zeros, ones, residual};
      normalise(element, in, zeros, ones, y, 0, relu, layout, cuda);
    }
  }

  private static Tensor filled(double value, TensorType type, Scope scratch, Cuda cuda) {
    Tensor tensor = scratch.allocate(type);
    FillCuda.run(new Fill(type, value), new Tensor[0], new Tensor[] {tensor}, cuda);
    return tensor;
  }

  static void backward(BatchNorm.Backward op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Element element = CudaOperands.element(op, in[0]);
    boolean byBeta = in.length > BETA;
    Tensor y = in.length > Y && !byBeta ? in[Y] : null;
    Tensor residual = op.residual() ? out[3] : null;
    Columns layout =
        layout(
            element,
            cuda,
            in[0],
            in[4],
            out[0],
            y == null ? in[0] : y,
            residual == null ? in[0] : residual);
    BatchNormBackwardLaunch.Saved saved =
        new BatchNormBackwardLaunch.Saved(
            element,
            address(in[0]),
            address(in[4]),
            y == null ? 0 : address(y),
            address(in[2]),
            address(in[3]),
            address(in[1]),
            byBeta ? address(in[BETA]) : 0,
            (float) op.eps(),
            layout);
    long gammaGradient = address(out[1]);
    long betaGradient = address(out[2]);
    try (Scope scratch = cuda.scratch()) {
      long partial = address(partial(scratch, layout));
      cuda.launch(new BatchNormBackwardLaunch.Sums(saved, partial));
      cuda.launch(
          new BatchNormLaunch.SumsFinish(
              partial,
              address(in[3]),
              gammaGradient,
              betaGradient,
              layout,
              op.eps(),
              cuda.block()));
    }
    cuda.launch(
        new BatchNormBackwardLaunch.Apply(
            saved,
            gammaGradient,
            betaGradient,
            address(out[0]),
            residual == null ? 0 : address(residual)));
  }

  /** As many blocks as run at once beside their registers. */
  private static Columns layout(Element element, Cuda cuda, Tensor... images) {
    long[] addresses = new long[images.length];
    for (int i = 0; i < images.length; i++) {
      addresses[i] = address(images[i]);
    }
    int channels = images[0].dim(1);
    int threads = Math.min(cuda.blockSize(), BatchNormLaunch.MAX_THREADS);
    double resident = (double) cuda.residentBlocks() * cuda.blockSize() / threads;
    return Columns.of(
        images[0].elements() / channels,
        channels,
        element.lanes(channels, addresses),
        threads,
        (int) Math.max(1, resident * BatchNormLaunch.OCCUPANCY));
  }

  private static Tensor partial(Scope scratch, Columns layout) {
    return scratch.allocate(TensorType.of(DType.F32, 2, layout.splits(), (int) layout.channels()));
  }
}
