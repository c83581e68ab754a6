package org.clusternet.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.benchmark.step.StepTask;
import org.clusternet.engine.op.AttentionCrop;
import org.clusternet.engine.op.BoundingBox;
import org.clusternet.engine.op.CamWeighting;
import org.clusternet.engine.op.CropResize;
import org.clusternet.engine.op.GaussianMap;
import org.clusternet.engine.op.MaskCombine;
import org.clusternet.engine.op.MinMaxNormalise;
import org.clusternet.engine.op.ResizeBilinear;
import org.clusternet.engine.op.Threshold;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.TensorType;

/**
 * The kernels of the attention crop (paper, III-B and III-C) one by one, and {@link AttentionCrop},
 * which does all of it: from features, weights, logits and image to box and crop.
 */
public final class CropCases {
  /** Name of the case of the whole crop. */
  public static final String FUSED = "fused crop";

  private static final int FEATURES = 512;
  private static final double TAU = 0.7;
  private static final double LAMBDA = 25;

  private CropCases() {}

  /** The floating-point numbers of every input of a case, for a peer to use the same. */
  public static float[] input(int elements) {
    return RandomTensors.numbers(elements);
  }

  /** The cases, in the order of the paper. */
  public static List<BenchCase> of(BenchTask task) {
    int side = task.size();
    int small = task.side(Integer.numberOfTrailingZeros(BenchTask.STRIDE));
    TensorType image = TensorType.of(DType.F32, task.batch(), StepTask.CHANNELS, side, side);
    TensorType map = TensorType.of(DType.F32, task.batch(), 1, side, side);
    TensorType cam = TensorType.of(DType.F32, task.batch(), 1, small, small);
    TensorType mask = new TensorType(DType.U8, map.shape());
    TensorType features = TensorType.of(task.compute(), task.batch(), FEATURES, small, small);
    TensorType weight = TensorType.of(DType.F32, StepTask.CLASSES, FEATURES);
    TensorType classes = TensorType.of(DType.I32, task.batch());
    TensorType logits = TensorType.of(DType.F32, task.batch(), StepTask.CLASSES);
    TensorType box = TensorType.of(DType.I32, task.batch(), 4);
    List<KernelCase> kernels = new ArrayList<>();
    kernels.add(
        KernelCase.once(
            "CAM weighting", new CamWeighting(), List.of(0, 1, 2), features, weight, classes));
    kernels.add(KernelCase.once("resize", new ResizeBilinear(side, side), cam));
    kernels.add(KernelCase.once("min-max", new MinMaxNormalise(), map));
    kernels.add(KernelCase.once("threshold", new Threshold(TAU), map));
    kernels.add(KernelCase.once("Gaussian map", new GaussianMap(LAMBDA), image));
    kernels.add(KernelCase.once("mask union", new MaskCombine(MaskCombine.Mode.UNION), mask, mask));
    kernels.add(KernelCase.once("bounding box", new BoundingBox(), mask));
    kernels.add(KernelCase.once("crop-resize", new CropResize(side, side), image, box));
    kernels.add(
        KernelCase.once(
            FUSED,
            new AttentionCrop(AttentionCrop.Region.UNION, TAU, TAU, LAMBDA, side, side),
            image,
            features,
            weight,
            logits));
    return kernels.stream().map(kernel -> BenchCase.of(kernel, task.batch())).toList();
  }
}
