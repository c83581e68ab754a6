package org.clusternet.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.clusternet.engine.Devices;
import org.clusternet.engine.op.Cast;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.nn.Mode;
import org.clusternet.nn.parameter.Parameters;
import org.clusternet.nn.testing.Expect;
import org.clusternet.nn.testing.Training;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResNetForwardTest {
  private static Device device;

  @BeforeAll
  static void open() {
    device = Devices.cpu(1);
  }

  @AfterAll
  static void close() {
    device.close();
  }

  /** Map, pooled features and logits as numbers. */
  private record Numbers(double[] map, double[] pooled, double[] logits) {}

  private static Numbers forward(DType compute, Mode mode, int... dims) {
    DType dtype = compute == DType.F64 ? DType.F64 : DType.F32;
    try (Parameters parameters = new Parameters(device, dtype);
        Scope scope = device.scope()) {
      ResNet net = new ResNet(parameters.root(), Training.SMALL);
      parameters.initialise(3);
      Eager run = new Eager(device, scope);
      Tensor x = image(scope, dtype, dims);
      Tensor cast = compute == dtype ? x : run.apply(new Cast(compute), x);
      ResNet.Output out = net.forward(run, mode, cast);
      assertEquals(compute, out.map().dtype());
      assertEquals(dtype, out.pooled().dtype());
      assertEquals(dtype, out.logits().dtype());
      return new Numbers(
          HostValues.get(device, out.map()),
          HostValues.get(device, out.pooled()),
          HostValues.get(device, out.logits()));
    }
  }

  private static Tensor image(Scope scope, DType dtype, int... dims) {
    Tensor x = scope.allocate(TensorType.of(dtype, dims));
    HostValues.set(
        device, x, new Random(1).doubles(x.elements()).map(u -> (float) (2 * u - 1)).toArray());
    return x;
  }

  @ParameterizedTest
  @CsvSource({"64, 64", "256, 256", "33, 47", "31, 97", "1, 1", "224, 5"})
  void outputShapesFollowFromTheImage(int height, int width) {
    try (Parameters parameters = new Parameters(device, DType.F32);
        Scope scope = device.scope()) {
      ResNet net = new ResNet(parameters.root(), Training.SMALL);
      parameters.initialise(3);
      Tensor x = image(scope, DType.F32, 2, 3, height, width);
      ResNet.Output out = net.forward(new Eager(device, scope), Mode.INFERENCE, x);
      int h = (height + 31) / 32;
      int w = (width + 31) / 32;
      assertEquals(Shape.of(2, 16, h, w), out.map().shape());
      assertEquals(Shape.of(2, 16), out.pooled().shape());
      assertEquals(Shape.of(2, 3), out.logits().shape());
      Expect.finite("logits", HostValues.get(device, out.logits()));
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void agreesWithTheOracle(Mode mode) {
    Numbers oracle = forward(DType.F64, mode, 3, 3, 65, 41);
    Numbers f32 = forward(DType.F32, mode, 3, 3, 65, 41);
    Expect.close("map", oracle.map(), f32.map(), 1e-4);
    Expect.close("pooled", oracle.pooled(), f32.pooled(), 1e-4);
    Expect.close("logits", oracle.logits(), f32.logits(), 1e-4);
  }

  /** Inference has no division by a batch deviation that would amplify rounding. */
  @Test
  void bf16AgreesWithTheOracleWithinItsPrecision() {
    Numbers oracle = forward(DType.F64, Mode.INFERENCE, 3, 3, 65, 41);
    Numbers bf16 = forward(DType.BF16, Mode.INFERENCE, 3, 3, 65, 41);
    Expect.close("map", oracle.map(), bf16.map(), 0.03);
    Expect.close("logits", oracle.logits(), bf16.logits(), 0.03);
  }

  @Test
  void pooledOutputIsTheAverageOfTheFeatureMap() {
    Numbers numbers = forward(DType.F64, Mode.INFERENCE, 1, 3, 65, 41);
    int pixels = 3 * 2;
    for (int c = 0; c < 16; c++) {
      double mean =
          Arrays.stream(numbers.map(), c * pixels, (c + 1) * pixels).average().orElseThrow();
      assertEquals(mean, numbers.pooled()[c], 1e-12);
    }
  }

  @Test
  void onlyTrainingUpdatesRunningStatistics() {
    try (Parameters parameters = new Parameters(device, DType.F32);
        Scope scope = device.scope()) {
      ResNet net = new ResNet(parameters.root(), Training.SMALL);
      parameters.initialise(3);
      Tensor x = image(scope, DType.F32, 2, 3, 64, 64);
      Eager run = new Eager(device, scope);
      for (Mode mode : new Mode[] {Mode.INFERENCE, Mode.TRAINING}) {
        net.forward(run, mode, x);
        parameters
            .tensors()
            .forEach(
                (key, tensor) -> {
                  if (key.contains("running")) {
                    double initial = key.endsWith("mean") ? 0 : 1;
                    double[] now = HostValues.get(device, tensor);
                    boolean moved = Arrays.stream(now).anyMatch(v -> v != initial);
                    assertEquals(mode == Mode.TRAINING, moved, key + " after " + mode);
                  }
                });
      }
    }
  }

  @Test
  void inferenceDiscardsIntermediateResults() {
    try (Parameters parameters = new Parameters(device, DType.F32);
        Scope scope = device.scope()) {
      ResNet net = new ResNet(parameters.under("primary"), Training.SMALL);
      parameters.initialise(3);
      Tensor x = image(scope, DType.F32, 2, 3, 64, 64);
      long before = device.memory().liveBytes();
      ResNet.Output out = net.forward(new Eager(device, scope), Mode.INFERENCE, x);
      long kept = device.memory().liveBytes() - before;
      assertEquals(out.map().type().bytes() + 2 * 256, kept, "map, pooled, logits");
      assertTrue(x.isLive(), "the image is the caller's");
    }
  }

  @Test
  void prefixChangesOnlyTheKeys() {
    try (Parameters parameters = new Parameters(device, DType.F32)) {
      ResNet primary = new ResNet(parameters.under("primary"), Training.SMALL);
      ResNet auxiliary = new ResNet(parameters.under("auxiliary"), Training.SMALL);
      parameters.initialise(3);
      assertEquals("primary.fc.weight", primary.fc().weight().key());
      double[] a = HostValues.get(device, primary.fc().weight().value());
      double[] b = HostValues.get(device, auxiliary.fc().weight().value());
      assertFalse(Arrays.equals(a, b), "two branches start alike");
    }
  }

  @Test
  void twoPassesGiveTheSameBits() {
    assertArrayEquals(
        forward(DType.F32, Mode.TRAINING, 2, 3, 64, 64).logits(),
        forward(DType.F32, Mode.TRAINING, 2, 3, 64, 64).logits());
  }

  @Test
  void errorsAboutOperandsNameTheLayer() {
    try (Parameters parameters = new Parameters(device, DType.F32);
        Scope scope = device.scope()) {
      ResNet net = new ResNet(parameters.under("primary"), Training.SMALL);
      parameters.initialise(3);
      Eager run = new Eager(device, scope);
      assertEquals(
          "primary.conv1: Conv2d[stride=2, padding=3] of F32(2, 1, 32, 32), F32(4, 3, 7, 7):"
              + " channels of x=1, of weight=3",
          refusal(net, run, image(scope, DType.F32, 2, 1, 32, 32)));
      assertEquals(
          "primary.conv1: Conv2d[stride=2, padding=3] of F64(2, 3, 32, 32), F32(4, 3, 7, 7):"
              + " operand 1 must be F64",
          refusal(net, run, image(scope, DType.F64, 2, 3, 32, 32)));
      assertTrue(
          refusal(net, run, image(scope, DType.F32, 1, 3, 32, 32))
              .startsWith("primary.layer4.0.bn1: BatchNorm["),
          "one value per channel");
    }
  }

  private static String refusal(ResNet net, Eager run, Tensor x) {
    return Expect.refusal(IllegalArgumentException.class, () -> net.forward(run, Mode.TRAINING, x));
  }
}
