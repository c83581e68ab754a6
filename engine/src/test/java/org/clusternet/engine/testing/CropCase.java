package org.clusternet.engine.testing;

import java.util.Arrays;
import java.util.Random;
import org.clusternet.engine.op.ArgMax;
import org.clusternet.engine.op.AttentionCrop;
import org.clusternet.engine.op.AttentionCrop.Region;
import org.clusternet.engine.op.BoundingBox;
import org.clusternet.engine.op.CamWeighting;
import org.clusternet.engine.op.CropResize;
import org.clusternet.engine.op.GaussianMap;
import org.clusternet.engine.op.MaskCombine;
import org.clusternet.engine.op.MinMaxNormalise;
import org.clusternet.engine.op.ResizeBilinear;
import org.clusternet.engine.op.Threshold;
import org.clusternet.engine.op.family.SampleValues;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * One call of the fused crop, which can also be made of single ops: sizes, types, thresholds and
 * numbers of which many are there to cause trouble.
 */
public record CropCase(
    AttentionCrop op,
    TensorType image,
    TensorType features,
    int classes,
    boolean byLogits,
    double[] pixels,
    double[] activations,
    double[] weights,
    double[] choice) {

  /** Bits of what a call gave. */
  public record Result(double[] box, double[] crop) {

    /** Whether every box is the whole image. */
    public boolean isWholeImage(CropCase of) {
      for (int i = 0; i < box.length; i += 4) {
        boolean whole =
            box[i] == 0
                && box[i + 1] == 0
                && box[i + 2] == of.image.dim(3) - 1
                && box[i + 3] == of.image.dim(2) - 1;
        if (!whole) {
          return false;
        }
      }
      return true;
    }
  }

  /** A random case of at most 50 pixels a side. */
  public static CropCase random(Region region, long seed) {
    Random random = new Random(seed);
    DType[][] types = {{DType.F32, DType.F32}, {DType.BF16, DType.BF16}, {DType.F32, DType.BF16}};
    DType[] type = types[random.nextInt(types.length)];
    int samples = 1 + random.nextInt(3);
    TensorType image =
        TensorType.of(
            type[0],
            samples,
            random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 3,
            1 + random.nextInt(50),
            1 + random.nextInt(50));
    TensorType features =
        TensorType.of(
            type[1],
            samples,
            1 + random.nextInt(random.nextInt(4) == 0 ? 300 : 20),
            1 + random.nextInt(9),
            1 + random.nextInt(9));
    double[] special = {0, 1, 1.2, -0.3, 1e-30};
    double[] thresholds = {0.7, 0.8, 0.9, random.nextDouble(), special[random.nextInt(5)]};
    double lambda = random.nextInt(4) == 0 ? Math.exp(8 * random.nextGaussian()) : 25;
    AttentionCrop op =
        new AttentionCrop(
            region,
            thresholds[random.nextInt(thresholds.length)],
            thresholds[random.nextInt(thresholds.length)],
            lambda,
            1 + random.nextInt(40),
            1 + random.nextInt(40));
    return of(op, image, features, 1 + random.nextInt(4), random);
  }

  /** A case of the network's shapes in F32, by logits. */
  public static CropCase network(int samples, int side, long seed) {
    Random random = new Random(seed);
    TensorType image = TensorType.of(DType.F32, samples, 3, side, side);
    TensorType features = TensorType.of(DType.F32, samples, 512, side / 32, side / 32);
    return new CropCase(
        new AttentionCrop(Region.UNION, 0.7, 0.7, 25, side, side),
        image,
        features,
        3,
        true,
        normal(image, random),
        normal(features, random),
        normal(TensorType.of(DType.F32, 3, 512), random),
        normal(TensorType.of(DType.F32, samples, 3), random));
  }

  private static CropCase of(
      AttentionCrop op, TensorType image, TensorType features, int classes, Random random) {
    double[] pixels = normal(image, random);
    double[] activations = normal(features, random);
    double[] weights = normal(TensorType.of(DType.F32, classes, features.dim(1)), random);
    trouble(pixels, random);
    trouble(activations, random);
    if (random.nextInt(6) == 0) {
      level(activations, weights, features, random);
    }
    boolean byLogits = random.nextBoolean();
    double[] choice =
        byLogits
            ? normal(TensorType.of(DType.F32, image.dim(0), classes), random)
            : random.doubles(image.dim(0), 0, classes).map(Math::floor).toArray();
    return new CropCase(
        op, image, features, classes, byLogits, pixels, activations, weights, choice);
  }

  private static double[] normal(TensorType type, Random random) {
    double[] values = new double[(int) type.shape().elements()];
    Arrays.setAll(values, i -> SampleValues.rounded(random.nextGaussian(), type.dtype()));
    return values;
  }

  /** Zeros, ties, NaN, infinities, huge and tiny numbers, in some of the cases. */
  private static void trouble(double[] values, Random random) {
    double[] nasty = {
      Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 3e38, -3e38, 1e-40, -0.0
    };
    switch (random.nextInt(16)) {
      case 0 -> Arrays.fill(values, random.nextInt(3) - 1);
      case 1, 2 -> Arrays.setAll(values, i -> Math.max(0, Math.rint(values[i])));
      case 3 -> values[random.nextInt(values.length)] = nasty[random.nextInt(nasty.length)];
      case 4 -> Arrays.fill(values, nasty[random.nextInt(nasty.length)]);
      case 5 ->
          Arrays.setAll(values, i -> random.nextInt(5) == 0 ? values[i] * 0x1p100 : values[i]);
      case 6 -> Arrays.setAll(values, i -> values[i] * 0x1p-130);
      default -> {}
    }
  }

  /** A map whose values differ by a few units in the last place: rounding decides on extremes. */
  private static void level(
      double[] activations, double[] weights, TensorType features, Random random) {
    int places = features.dim(2) * features.dim(3);
    float base = (float) (1 + random.nextDouble());
    Arrays.fill(weights, 1);
    for (int i = 0; i < activations.length; i++) {
      boolean first = i / places % features.dim(1) == 0;
      activations[i] = first ? base + random.nextInt(4) * Math.ulp(base) : 0;
    }
  }

  /** The inputs of the fused op on a device. */
  public Tensor[] inputs(Device device, Scope scope) {
    Tensor first = Tensors.of(device, scope, image, pixels);
    if (!op.region().attention()) {
      return new Tensor[] {first};
    }
    TensorType chosen =
        byLogits
            ? TensorType.of(DType.F32, image.dim(0), classes)
            : TensorType.of(DType.I32, image.dim(0));
    return new Tensor[] {
      first,
      Tensors.of(device, scope, features, activations),
      Tensors.of(device, scope, TensorType.of(DType.F32, classes, features.dim(1)), weights),
      Tensors.of(device, scope, chosen, choice)
    };
  }

  /** The fused op. */
  public Result fuse(Device device) {
    try (Scope scope = device.scope()) {
      Tensor[] out = new Eager(device, scope).run(op, inputs(device, scope));
      return new Result(Tensors.values(device, out[1]), Tensors.values(device, out[0]));
    }
  }

  /** The single ops. */
  public Result compose(Device device) {
    try (Scope scope = device.scope()) {
      Eager run = new Eager(device, scope);
      Tensor[] in = inputs(device, scope);
      Tensor mask = null;
      if (op.region().attention()) {
        Tensor chosen = byLogits ? run.apply(new ArgMax(), in[3]) : in[3];
        Tensor cam = run.apply(new CamWeighting(), in[1], in[2], chosen);
        Tensor heat = run.apply(new ResizeBilinear(image.dim(2), image.dim(3)), cam);
        mask = run.apply(new Threshold(op.tau1()), run.apply(new MinMaxNormalise(), heat));
      }
      if (op.region().gaussian()) {
        Tensor density = run.apply(new GaussianMap(op.lambda()), in[0]);
        Tensor second =
            run.apply(new Threshold(op.tau2()), run.apply(new MinMaxNormalise(), density));
        mask = mask == null ? second : run.apply(new MaskCombine(mode()), mask, second);
      }
      Tensor box = run.apply(new BoundingBox(), mask);
      Tensor crop = run.apply(new CropResize(op.height(), op.width()), in[0], box);
      return new Result(Tensors.values(device, box), Tensors.values(device, crop));
    }
  }

  private MaskCombine.Mode mode() {
    return op.region() == Region.UNION ? MaskCombine.Mode.UNION : MaskCombine.Mode.INTERSECTION;
  }

  /** Attributes and types, without the numbers. */
  @Override
  public String toString() {
    return op + " of " + image + ", " + features + ", classes=" + classes + ", logits=" + byLogits;
  }
}
