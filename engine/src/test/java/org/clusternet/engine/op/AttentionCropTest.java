package org.clusternet.engine.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.clusternet.engine.Devices;
import org.clusternet.engine.op.AttentionCrop.Region;
import org.clusternet.engine.region.GaussianBell;
import org.clusternet.engine.region.ThresholdLevel;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.spi.OpException;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.engine.testing.CropCase;
import org.clusternet.engine.testing.Messages;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fused crop against the ops that it is made of, bit for bit, on random and nasty cases. */
class AttentionCropTest {
  private static final Device CPU = Devices.cpu(2);
  private static final int CASES = 400;

  @AfterAll
  static void close() {
    CPU.close();
  }

  @ParameterizedTest
  @EnumSource(Region.class)
  void givesTheBitsOfTheComposition(Region region) {
    int whole = 0;
    for (int seed = 0; seed < CASES; seed++) {
      CropCase each = CropCase.random(region, seed);
      CropCase.Result expected = each.compose(CPU);
      CropCase.Result actual = each.fuse(CPU);
      assertArrayEquals(expected.box(), actual.box(), () -> "box of " + each);
      assertArrayEquals(expected.crop(), actual.crop(), () -> "crop of " + each);
      whole += expected.isWholeImage(each) ? 1 : 0;
    }
    assertTrue(whole < CASES * 0.6, "too many cases without a box: " + whole);
  }

  /** Peaks of (-1, -1) change no bit of what there is without peaks. */
  @ParameterizedTest
  @EnumSource(
      value = Region.class,
      names = {"GAUSSIAN", "UNION", "INTERSECTION"})
  void withoutAPeakTheBrightestPixelIsTaken(Region region) {
    for (int seed = 0; seed < 100; seed++) {
      CropCase each = CropCase.random(region, seed).withPeaks();
      double[] none = new double[2 * each.image().dim(0)];
      Arrays.fill(none, -1);
      CropCase.Result expected = each.fuse(CPU);
      CropCase.Result actual = each.withPeaks(none).fuse(CPU);
      assertArrayEquals(expected.box(), actual.box(), () -> "box of " + each);
      assertArrayEquals(expected.crop(), actual.crop(), () -> "crop of " + each);
    }
  }

  /** A hot pixel in a corner draws the box of the Gaussian there, unless the peak is given. */
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32", "BF16"})
  void aPeakKeepsTheBoxAwayFromABrighterPixel(DType dtype) {
    double[] image = new double[41 * 51];
    image[20 * 51 + 30] = 1;
    image[0] = 9;
    AttentionCrop op = new AttentionCrop(Region.GAUSSIAN, 0.7, 0.7, 100, 8, 8);
    // sigma = (5.1, 4.1), and exp(-d^2 / 2 sigma^2) >= 0.7 up to d = 0.844 sigma
    assertArrayEquals(new double[] {0, 0, 4, 3}, box(dtype, op, image));
    assertArrayEquals(new double[] {26, 17, 34, 23}, box(dtype, op, image, 30, 20));
  }

  private static double[] box(DType dtype, AttentionCrop op, double[] image, double... peak) {
    try (Scope scope = CPU.scope()) {
      List<Tensor> in = new ArrayList<>();
      in.add(HostValues.of(CPU, scope, TensorType.of(dtype, 1, 1, 41, 51), image));
      if (peak.length > 0) {
        in.add(HostValues.of(CPU, scope, TensorType.of(DType.I32, 1, 2), peak));
      }
      Tensor[] out = new Eager(CPU, scope).run(op, in.toArray(Tensor[]::new));
      return HostValues.get(CPU, out[1]);
    }
  }

  /** The level found from the extremes against the two ops, at every value near the threshold. */
  @Test
  void levelSetsWhatNormalisingAndComparingSets() {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      float a = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(12) - 6));
      float least = random.nextInt(4) == 0 ? a : a - Math.abs((float) random.nextGaussian());
      float largest = random.nextInt(8) == 0 ? Math.nextUp(a) : a + Math.abs(a * 0.5f);
      double[] taus = {
        random.nextDouble(), 0, 1, 0.7, 1e-40, -0.1, 1.1, (float) random.nextDouble()
      };
      double tau = taus[random.nextInt(taus.length)];
      ThresholdLevel level = ThresholdLevel.of(least, largest, ThresholdLevel.bound(tau));
      float at =
          Math.min(largest, Math.max(least, (float) (least + tau * ((double) largest - least))));
      for (float v : new float[] {least, largest, at, Math.nextUp(least), Math.nextDown(largest)}) {
        assertEquals(isSet(v, least, largest, tau), level.holds(v), () -> v + " in " + least);
      }
      for (int step = 0; step < 40; step++) {
        at = step < 20 ? Math.max(least, Math.nextDown(at)) : Math.min(largest, Math.nextUp(at));
        assertEquals(isSet(at, least, largest, tau), level.holds(at));
      }
    }
  }

  private static boolean isSet(float v, float least, float largest, double tau) {
    double heat = largest > least ? (float) (((double) v - least) / ((double) largest - least)) : 0;
    return heat >= tau;
  }

  @Test
  void exponentialIsThatOfTheLibrary() {
    for (double x = 0; x > -690; x -= 0.0371) {
      double expected = StrictMath.exp(x);
      assertEquals(expected, GaussianBell.exponential(x), 2 * Math.ulp(expected), "exp(" + x + ")");
    }
    assertEquals(1, GaussianBell.exponential(-0.0));
    assertEquals(0, GaussianBell.exponential(-1e9));
  }

  @Test
  void asksForNoMapsOfTheImagesSize() {
    CropCase each = CropCase.network(4, 128, 7);
    long pixels = 4L * 128 * 128;
    try (Scope scope = CPU.scope()) {
      Tensor[] inputs = each.inputs(CPU, scope);
      new Eager(CPU, scope).run(each.op(), inputs);
      long before = CPU.memory().sourceAllocations();
      new Eager(CPU, scope).run(each.op(), inputs);
      long made = CPU.memory().sourceAllocations() - before;
      assertTrue(made <= 2, "allocations for crop and box only, not " + made + " over " + pixels);
    }
  }

  @Test
  void namesAClassThatDoesNotExist() {
    AttentionCrop op = new AttentionCrop(Region.UNION, 0.7, 0.7, 25, 4, 4);
    try (Scope scope = CPU.scope()) {
      Tensor[] inputs = {
        scope.allocate(TensorType.of(DType.F32, 1, 1, 4, 4)),
        scope.allocate(TensorType.of(DType.F32, 1, 2, 2, 2)),
        scope.allocate(TensorType.of(DType.F32, 3, 2)),
        HostValues.of(CPU, scope, TensorType.of(DType.I32, 1), 3)
      };
      OpException e = assertThrows(OpException.class, () -> new Eager(CPU, scope).run(op, inputs));
      assertTrue(
          Messages.of(e).endsWith("classIndex of sample 0 is 3; the classes are 0 to 2"),
          Messages.of(e));
    }
  }

  @Test
  void anErrorSaysWhichOperandIsWrong() {
    AttentionCrop op = new AttentionCrop(Region.UNION, 0.7, 0.7, 25, 4, 4);
    String name =
        "AttentionCrop[region=UNION, tau1=0.7, tau2=0.7, lambda=25.0, height=4, width=4] of ";
    TensorType image = TensorType.of(DType.BF16, 2, 3, 8, 8);
    TensorType features = TensorType.of(DType.BF16, 2, 5, 2, 2);
    TensorType weight = TensorType.of(DType.F32, 3, 5);
    TensorType logits = TensorType.of(DType.F32, 2, 3);
    assertFails(op, name + "BF16(2, 3, 8, 8): operands=1; it takes 4 to 5", image);
    assertFails(
        op,
        name
            + "BF16(2, 3, 8, 8), F32(2, 5, 2, 2), F32(3, 5), F32(2, 3):"
            + " the image must have the type of the features, or F32 beside BF16",
        image,
        features.as(DType.F32),
        weight,
        logits);
    assertFails(
        op,
        name
            + "BF16(2, 3, 8, 8), BF16(2, 5, 2, 2), F32(3, 5), F32(2, 4):"
            + " operand 3 must have shape (2, 3)",
        image,
        features,
        weight,
        TensorType.of(DType.F32, 2, 4));
    assertFails(
        op,
        name
            + "BF16(2, 3, 8, 8), BF16(2, 5, 2, 2), F32(3, 5), F32(2, 3), I32(2):"
            + " operand 4 must have shape (2, 2)",
        image,
        features,
        weight,
        logits,
        TensorType.of(DType.I32, 2));
    assertFails(
        new AttentionCrop(Region.GAUSSIAN, 0.7, 0.7, 0, 4, 4),
        "AttentionCrop[region=GAUSSIAN, tau1=0.7, tau2=0.7, lambda=0.0, height=4, width=4] of"
            + " BF16(2, 3, 8, 8): lambda must be positive, and lambda / (2 pi H W) finite in F32",
        image);
    assertFails(
        new AttentionCrop(Region.GAUSSIAN, 0.7, Double.NaN, 25, 4, 4),
        "AttentionCrop[region=GAUSSIAN, tau1=0.7, tau2=NaN, lambda=25.0, height=4, width=4] of"
            + " BF16(2, 3, 8, 8): tau1 and tau2 must be numbers",
        image);
  }

  private static void assertFails(AttentionCrop op, String message, TensorType... types) {
    OpException e = assertThrows(OpException.class, () -> op.infer(Arrays.asList(types)));
    assertEquals(message, Messages.of(e));
  }

  @Test
  void infersCropAndBox() {
    AttentionCrop op = new AttentionCrop(Region.UNION, 0.7, 0.7, 25, 6, 5);
    assertEquals(
        List.of(TensorType.of(DType.F32, 2, 3, 6, 5), TensorType.of(DType.I32, 2, 4)),
        op.infer(
            List.of(
                TensorType.of(DType.F32, 2, 3, 8, 8),
                TensorType.of(DType.BF16, 2, 5, 2, 2),
                TensorType.of(DType.F32, 3, 5),
                TensorType.of(DType.I32, 2))));
  }
}
