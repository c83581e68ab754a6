package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.region.GaussianBell;
import org.clusternet.engine.region.ThresholdLevel;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.kernels.AttentionCropLaunch;
import org.clusternet.kernels.AttentionCropLaunch.Addresses;
import org.clusternet.kernels.AttentionCropLaunch.Mode;
import org.clusternet.kernels.AttentionCropLaunch.Problem;
import org.clusternet.kernels.Dim;
import org.clusternet.kernels.FillLaunch;

/** One launch, after a fill of the few words by which its blocks hand results to each other. */
final class AttentionCropCuda {
  /** Bytes of images that are searched before the first of them is cropped from the L2 cache. */
  private static final long AHEAD = 16L << 20;

  private AttentionCropCuda() {}

  static void run(AttentionCrop op, Tensor[] in, Tensor[] out, Cuda cuda) {
    try (Scope scratch = cuda.scratch()) {
      Problem problem = problem(op, in, out, scratch);
      Tensor image = in[0];
      int samples = image.dim(0);
      int words = Math.toIntExact(AttentionCropLaunch.Tasks.stateWords(samples));
      Tensor state = scratch.allocate(TensorType.of(DType.F64, words));
      cuda.launch(
          new FillLaunch(Long.SIZE, address(state), words, 0, cuda.gridFor(words), cuda.block()));
      long imageBytes = image.type().bytes() / samples;
      int ahead = (int) Math.max(1, Math.min(samples, AHEAD / imageBytes));
      Dim grid = Dim.of(Math.min(problem.tasks(), cuda.residentBlocks()));
      cuda.launch(
          new AttentionCropLaunch.Tasks(
              problem, address(state), ahead, grid, ResizeBilinearCuda.block(cuda)));
    }
  }

  private static Problem problem(AttentionCrop op, Tensor[] in, Tensor[] out, Scope scratch) {
    TensorType image = in[0].type();
    TensorType features = op.region().attention() ? in[1].type() : image;
    int at = op.peaksOperand();
    long peaks = in.length > at ? address(in[at]) : 0;
    Addresses addresses =
        op.region().attention()
            ? addresses(in, peaks, out, scratch)
            : new Addresses(address(in[0]), 0, 0, 0, 0, peaks, address(out[0]), address(out[1]), 0);
    return new Problem(
        CudaOperands.element(op, in[0]),
        CudaOperands.element(features.dtype()),
        addresses,
        ResizeBilinearCuda.extents(image, out[0].type()),
        op.region().attention() ? in[2].dim(0) : 0,
        features.dim(1),
        features.dim(2),
        features.dim(3),
        Mode.valueOf(op.region().name()),
        ThresholdLevel.bound(op.tau1()),
        ThresholdLevel.bound(op.tau2()),
        op.lambda(),
        GaussianBell.peak(image.dim(2), image.dim(3), op.lambda()));
  }

  private static Addresses addresses(Tensor[] in, long peaks, Tensor[] out, Scope scratch) {
    TensorType features = in[1].type();
    Tensor map =
        scratch.allocate(
            TensorType.of(DType.F32, features.dim(0), features.dim(2), features.dim(3)));
    boolean given = in[3].dtype() == DType.I32;
    return new Addresses(
        address(in[0]),
        address(in[1]),
        address(in[2]),
        given ? address(in[3]) : 0,
        given ? 0 : address(in[3]),
        peaks,
        address(out[0]),
        address(out[1]),
        address(map));
  }
}
