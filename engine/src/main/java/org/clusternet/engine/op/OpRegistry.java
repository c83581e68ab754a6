package org.clusternet.engine.op;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.engine.cpu.CpuKernel;
import org.clusternet.engine.cuda.CudaKernel;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.spi.Op;

/** Every op that there is, one line each. */
public final class OpRegistry {
  private static final List<OpFamily> FAMILIES =
      List.of(
          AdamStep.FAMILY,
          Affine.FAMILY,
          ArgMax.FAMILY,
          AttentionCrop.FAMILY,
          BatchNorm.FAMILY,
          Binary.FAMILY,
          BoundingBox.FAMILY,
          CamWeighting.FAMILY,
          Cast.FAMILY,
          Concat.FAMILY,
          Conv2d.FAMILY,
          CramerDistance.FAMILY,
          CropResize.FAMILY,
          Fill.FAMILY,
          FusedConv2d.FAMILY,
          GatherImages.FAMILY,
          GaussianMap.FAMILY,
          GlobalAveragePool.FAMILY,
          Linear.FAMILY,
          MaskCombine.FAMILY,
          MatMul.FAMILY,
          MaxPool.FAMILY,
          MinMaxNormalise.FAMILY,
          ResizeBilinear.FAMILY,
          Softmax.FAMILY,
          SumTo.FAMILY,
          Threshold.FAMILY,
          Unary.FAMILY,
          WeightedCrossEntropy.FAMILY);

  private OpRegistry() {}

  /** All ops. */
  public static List<OpFamily> families() {
    return FAMILIES;
  }

  /** How the CPU computes each class of ops. */
  public static Map<Class<? extends Op>, CpuKernel<?>> cpuKernels() {
    Map<Class<? extends Op>, CpuKernel<?>> kernels = new HashMap<>();
    for (OpFamily family : FAMILIES) {
      for (OpFamily.Entry<?> entry : family.entries()) {
        if (kernels.put(entry.op(), entry.cpu()) != null) {
          throw new IllegalStateException(entry.op() + " is registered twice");
        }
      }
    }
    return kernels;
  }

  /** How CUDA computes each class of ops. */
  public static Map<Class<? extends Op>, CudaKernel<?>> cudaKernels() {
    Map<Class<? extends Op>, CudaKernel<?>> kernels = new HashMap<>();
    for (OpFamily family : FAMILIES) {
      for (OpFamily.Entry<?> entry : family.entries()) {
        kernels.put(entry.op(), entry.cuda());
      }
    }
    return kernels;
  }
}
