package org.clusternet.engine.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.clusternet.engine.Devices;
import org.clusternet.engine.op.MaskCombine.Mode;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.engine.testing.Closeness;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ops one after the other as the network runs them: logits and features to box and crop. */
class CropPipelineTest {
  private static final Device CPU = Devices.cpu(2);
  private static final int SAMPLES = 4;
  private static final int CHANNELS = 32;
  private static final int SIZE = 96;
  private static final double TAU = 0.7;
  private static final double LAMBDA = 25;

  @AfterAll
  static void close() {
    CPU.close();
  }

  private record Inputs(double[] image, double[] features, double[] weight, double[] logits) {
    /** Numbers that BF16 holds exactly. */
    static Inputs random(long seed) {
      Random random = new Random(seed);
      return new Inputs(
          rounded(random, SAMPLES * 3 * SIZE * SIZE),
          rounded(random, SAMPLES * CHANNELS * 9),
          rounded(random, 3 * CHANNELS),
          rounded(random, SAMPLES * 3));
    }

    private static double[] rounded(Random random, int count) {
      double[] values = new double[count];
      Arrays.setAll(
          values, i -> DType.bf16ToFloat(DType.floatToBf16((float) random.nextGaussian())));
      return values;
    }
  }

  private record Result(double[] h1, double[] h2, double[] mask, double[] box, double[] crop) {}

  private static Result run(Inputs in, DType dtype, Mode mode) {
    DType parameter = dtype == DType.F64 ? DType.F64 : DType.F32;
    try (Scope scope = CPU.scope()) {
      Eager eager = new Eager(CPU, scope);
      Tensor image = tensor(scope, dtype, in.image(), SAMPLES, 3, SIZE, SIZE);
      Tensor features = tensor(scope, dtype, in.features(), SAMPLES, CHANNELS, 3, 3);
      Tensor weight = tensor(scope, parameter, in.weight(), 3, CHANNELS);
      Tensor predicted =
          eager.apply(new ArgMax(), tensor(scope, parameter, in.logits(), SAMPLES, 3));
      Tensor cam = eager.apply(new CamWeighting(), features, weight, predicted);
      Tensor resized = eager.apply(new ResizeBilinear(SIZE, SIZE), cam);
      Tensor h1 = eager.apply(new MinMaxNormalise(), resized);
      Tensor b1 = eager.apply(new Threshold(TAU), h1);
      Tensor gaussian = eager.apply(new GaussianMap(LAMBDA), image);
      Tensor h2 = eager.apply(new MinMaxNormalise(), gaussian);
      Tensor b2 = eager.apply(new Threshold(TAU), h2);
      Tensor mask = eager.apply(new MaskCombine(mode), b1, b2);
      Tensor box = eager.apply(new BoundingBox(), mask);
      Tensor crop = eager.apply(new CropResize(SIZE, SIZE), image, box);
      return new Result(values(h1), values(h2), values(mask), values(box), values(crop));
    }
  }

  private static Tensor tensor(Scope scope, DType dtype, double[] values, int... dims) {
    return HostValues.of(CPU, scope, TensorType.of(dtype, dims), values);
  }

  private static double[] values(Tensor tensor) {
    return HostValues.get(CPU, tensor);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "BF16"})
  void findsTheMasksAndBoxesOfTheOracle(DType dtype) {
    for (long seed = 1; seed <= 10; seed++) {
      Inputs in = Inputs.random(seed);
      Mode mode = seed % 2 == 0 ? Mode.UNION : Mode.INTERSECTION;
      Result expected = run(in, DType.F64, mode);
      Result actual = run(in, dtype, mode);
      Closeness.assertClose("H1", expected.h1(), actual.h1(), 1e-6, 0);
      Closeness.assertClose("H2", expected.h2(), actual.h2(), 1e-6, 0);
      assertArrayEquals(expected.mask(), actual.mask(), "mask, seed " + seed);
      assertArrayEquals(expected.box(), actual.box(), "box, seed " + seed);
      double rounding = dtype == DType.F32 ? 1e-6 : 1.0 / 256;
      Closeness.assertClose("crop", expected.crop(), actual.crop(), rounding, 0);
    }
  }

  /**
   * With features that do not differ from place to place the attention mask is empty, and the box
   * is that of the Gaussian: along each axis {@code d^2 <= -2 sigma^2 ln(m + tau (1 - m))}, where m
   * is the least of the map over its peak.
   */
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32", "BF16"})
  void boxOfTheGaussianAloneIsAnalytic(DType dtype) {
    Inputs in = Inputs.random(99);
    for (int i = 0; i < in.features().length; i++) {
      in.features()[i] = in.features()[i / 9 * 9];
    }
    Result result = run(in, dtype, Mode.UNION);
    assertTrue(Arrays.stream(result.h1()).allMatch(v -> v == 0), "H1 of a flat map is zero");
    for (int n = 0; n < SAMPLES; n++) {
      int peak = brightest(in.image(), n * 3 * SIZE * SIZE);
      int muX = peak % SIZE;
      int muY = peak / SIZE;
      double sigma = SIZE / Math.sqrt(LAMBDA);
      int farX = Math.max(muX, SIZE - 1 - muX);
      int farY = Math.max(muY, SIZE - 1 - muY);
      double least = Math.exp(-(farX * farX + farY * farY) / (2 * sigma * sigma));
      double level = least + TAU * (1 - least);
      int reach = (int) Math.floor(sigma * Math.sqrt(-2 * Math.log(level)));
      double[] expected = {
        Math.max(0, muX - reach),
        Math.max(0, muY - reach),
        Math.min(SIZE - 1, muX + reach),
        Math.min(SIZE - 1, muY + reach)
      };
      assertArrayEquals(expected, Arrays.copyOfRange(result.box(), 4 * n, 4 * n + 4));
    }
  }

  private static int brightest(double[] image, int start) {
    int best = 0;
    for (int i = 1; i < SIZE * SIZE; i++) {
      best = image[start + i] > image[start + best] ? i : best;
    }
    return best;
  }

  @Test
  void leavesNoMemoryBehindAndAsksForNoneTheSecondTime() {
    Inputs in = Inputs.random(7);
    long live = CPU.memory().liveBytes();
    run(in, DType.F32, Mode.UNION);
    long allocations = CPU.memory().sourceAllocations();
    run(in, DType.F32, Mode.UNION);
    assertEquals(allocations, CPU.memory().sourceAllocations());
    assertEquals(live, CPU.memory().liveBytes());
  }
}
