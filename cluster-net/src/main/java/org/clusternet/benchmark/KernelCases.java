package org.clusternet.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.engine.op.AdamStep;
import org.clusternet.engine.op.Affine;
import org.clusternet.engine.op.BatchNorm;
import org.clusternet.engine.op.Binary;
import org.clusternet.engine.op.BinaryFunction;
import org.clusternet.engine.op.BoundingBox;
import org.clusternet.engine.op.CamWeighting;
import org.clusternet.engine.op.Cast;
import org.clusternet.engine.op.CropResize;
import org.clusternet.engine.op.Fill;
import org.clusternet.engine.op.GaussianMap;
import org.clusternet.engine.op.GlobalAveragePool;
import org.clusternet.engine.op.MaskCombine;
import org.clusternet.engine.op.MaxPool;
import org.clusternet.engine.op.MinMaxNormalise;
import org.clusternet.engine.op.ResizeBilinear;
import org.clusternet.engine.op.SumTo;
import org.clusternet.engine.op.Threshold;
import org.clusternet.engine.op.Unary;
import org.clusternet.engine.op.UnaryFunction;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.TensorType;

/**
 * The memory-bound ops at the network's channel counts and image sides, over as many images as give
 * tensors of a given size: larger than the caches, so that memory is measured.
 */
final class KernelCases {
  /** Channels and side of the feature maps of ResNet-18 on 256 x 256. */
  private static final int[][] MAPS = {{64, 128}, {64, 64}, {128, 32}, {256, 16}, {512, 8}};

  private static final int IMAGE = 256;

  /** Positions in a window of 3 x 3 that are never padding in the network's pooling. */
  static final List<Integer> WINNERS = List.of(4, 5, 7, 8);

  /** Parameters of the three-headed network. */
  private static final int PARAMETERS = 22_359_177;

  private final long elements;
  private final List<KernelCase> cases = new ArrayList<>();

  private KernelCases(long elements) {
    this.elements = elements;
  }

  /** The cases, with tensors of about this many elements; Adam's have the network's number. */
  static List<KernelCase> of(long elements) {
    KernelCases all = new KernelCases(elements);
    for (DType dtype : List.of(DType.F32, DType.BF16)) {
      for (int[] map : MAPS) {
        all.batchNorm(dtype, map[0], map[1]);
      }
      all.residual(dtype);
      all.pooling(dtype);
      all.pointwise(dtype);
    }
    all.casts();
    all.parameters();
    all.crop();
    return all.cases;
  }

  /** A copy on the device, with which the others are compared. */
  static KernelCase copy(long elements) {
    return KernelCase.once("copy F32", new Cast(DType.F32), flat(DType.F32, elements));
  }

  private static TensorType flat(DType dtype, long elements) {
    return TensorType.of(dtype, Math.toIntExact(elements));
  }

  private TensorType maps(DType dtype, int channels, int side) {
    int samples = (int) Math.max(2, elements / ((long) channels * side * side));
    return TensorType.of(dtype, samples, channels, side, side);
  }

  private void add(String name, Op op, double bytes, TensorType... in) {
    cases.add(new KernelCase(name, op, List.of(in), bytes, KernelCase.BITS));
  }

  private void batchNorm(DType dtype, int channels, int side) {
    TensorType x = maps(dtype, channels, side);
    TensorType c = TensorType.of(DType.F32, channels);
    String at = " %s %dx%dx%d".formatted(dtype, channels, side, side);
    add("batch norm relu" + at, new BatchNorm(1e-5, 0.1, true), 3.0 * x.bytes(), x, c, c, c, c);
    add(
        "batch norm relu backward" + at,
        new BatchNorm.Backward(1e-5, false),
        5.0 * x.bytes(),
        x,
        c,
        c,
        c,
        x,
        x,
        c);
  }

  private void residual(DType dtype) {
    TensorType x = maps(dtype, 64, 64);
    TensorType c = TensorType.of(DType.F32, 64);
    String at = " " + dtype + " 64x64x64";
    add(
        "batch norm residual relu" + at,
        new BatchNorm(1e-5, 0.1, true),
        4.0 * x.bytes(),
        x,
        c,
        c,
        c,
        c,
        x);
    add(
        "batch norm residual relu backward" + at,
        new BatchNorm.Backward(1e-5, true),
        8.0 * x.bytes(),
        x,
        c,
        c,
        c,
        x,
        x);
    add(
        "batch norm relu inference" + at,
        new BatchNorm.Inference(1e-5, true),
        2.0 * x.bytes(),
        x,
        c,
        c,
        c,
        c);
  }

  private void pooling(DType dtype) {
    TensorType x = maps(dtype, 64, 128);
    MaxPool pool = new MaxPool(3, 2, 1);
    List<TensorType> out = pool.infer(List.of(x));
    cases.add(KernelCase.once("max-pool " + dtype, pool, x));
    cases.add(
        KernelCase.once(
            "max-pool backward " + dtype,
            new MaxPool.Backward(pool, x),
            WINNERS,
            out.get(1),
            out.get(0)));
    TensorType last = maps(dtype, 512, 8);
    GlobalAveragePool average = new GlobalAveragePool();
    cases.add(KernelCase.once("average pool " + dtype, average, last));
    cases.add(
        KernelCase.once(
            "average pool backward " + dtype,
            new GlobalAveragePool.Backward(last),
            average.infer(List.of(last)).get(0)));
  }

  private void pointwise(DType dtype) {
    TensorType x = maps(dtype, 64, 64);
    cases.add(KernelCase.once("relu " + dtype, new Unary(UnaryFunction.RELU), x));
    cases.add(KernelCase.once("add " + dtype, new Binary(BinaryFunction.ADD), x, x));
    cases.add(KernelCase.once("scale " + dtype, new Affine(0.5, 1), x));
    cases.add(KernelCase.once("sum " + dtype, new SumTo(Shape.SCALAR), x));
    cases.add(KernelCase.once("sum by channel " + dtype, new SumTo(Shape.of(1, 64, 1, 1)), x));
    cases.add(KernelCase.once("fill " + dtype, new Fill(x, 0.5)));
  }

  private void casts() {
    TensorType f32 = flat(DType.F32, elements);
    TensorType bf16 = flat(DType.BF16, elements);
    cases.add(KernelCase.once("cast F32 to BF16", new Cast(DType.BF16), f32));
    cases.add(KernelCase.once("cast BF16 to F32", new Cast(DType.F32), bf16));
  }

  private void parameters() {
    TensorType p = flat(DType.F32, PARAMETERS);
    TensorType schedule = flat(DType.F32, 3);
    cases.add(KernelCase.once("Adam", new AdamStep(0.9, 0.999, 1e-8), p, p, p, p, schedule));
  }

  private void crop() {
    TensorType image = maps(DType.F32, 3, IMAGE);
    TensorType map = maps(DType.F32, 1, IMAGE);
    TensorType mask = new TensorType(DType.U8, map.shape());
    TensorType features = maps(DType.F32, 512, 8);
    TensorType weight = TensorType.of(DType.F32, 3, 512);
    TensorType classes = TensorType.of(DType.I32, features.dim(0));
    TensorType small = TensorType.of(DType.F32, map.dim(0), 1, 8, 8);
    TensorType box = TensorType.of(DType.I32, image.dim(0), 4);
    cases.add(
        KernelCase.once(
            "CAM weighting", new CamWeighting(), List.of(0, 1, 2), features, weight, classes));
    cases.add(KernelCase.once("resize 8 to 256", new ResizeBilinear(IMAGE, IMAGE), small));
    add("min-max", new MinMaxNormalise(), 3.0 * map.bytes(), map);
    cases.add(KernelCase.once("threshold", new Threshold(0.7), map));
    cases.add(KernelCase.once("union", new MaskCombine(MaskCombine.Mode.UNION), mask, mask));
    cases.add(KernelCase.once("bounding box", new BoundingBox(), mask));
    cases.add(KernelCase.once("Gaussian map", new GaussianMap(25), image));
    cases.add(KernelCase.once("crop-resize 256 to 256", new CropResize(IMAGE, IMAGE), image, box));
  }
}
