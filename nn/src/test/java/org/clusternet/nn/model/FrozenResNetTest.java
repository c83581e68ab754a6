package org.clusternet.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.clusternet.engine.Devices;
import org.clusternet.engine.op.Cast;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.nn.Mode;
import org.clusternet.nn.parameter.FrozenTensors;
import org.clusternet.nn.parameter.Parameters;
import org.clusternet.nn.testing.Expect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares a frozen network with the one that it was frozen from, after changing its statistics.
 */
class FrozenResNetTest {
  private static final ResNetConfig CONFIG =
      new ResNetConfig(3, List.of(16, 16, 32, 48), List.of(2, 1, 1, 1), 3);

  private static Device device;

  @BeforeAll
  static void open() {
    device = Devices.cpu(2);
  }

  @AfterEach
  void nothingIsLeft() {
    assertEquals(0, device.memory().liveBytes());
  }

  @AfterAll
  static void close() {
    device.close();
  }

  private record Numbers(double[] map, double[] logits) {
    static Numbers of(ResNet.Output out) {
      return new Numbers(HostValues.get(device, out.map()), HostValues.get(device, out.logits()));
    }
  }

  /** Gives all parameters random values other than their initial ones. */
  private static void randomise(Parameters parameters) {
    parameters.initialise(3);
    Random random = new Random(4);
    parameters
        .tensors()
        .forEach(
            (key, tensor) -> {
              double centre = key.endsWith("var") ? 2 : key.endsWith("weight") ? 1 : 0;
              if (tensor.shape().rank() == 1) {
                double[] values = new double[Math.toIntExact(tensor.elements())];
                Arrays.setAll(values, i -> centre + 1.8 * random.nextDouble() - 0.9);
                HostValues.set(device, tensor, values);
              }
            });
  }

  private static Tensor image(Scope scope, DType dtype, int... dims) {
    Tensor x = scope.allocate(TensorType.of(dtype, dims));
    double[] pixels = new Random(1).doubles(x.elements()).map(u -> (float) (2 * u - 1)).toArray();
    HostValues.set(device, x, pixels);
    return x;
  }

  private static Numbers unfolded(DType dtype, int... dims) {
    try (Parameters parameters = new Parameters(device, dtype);
        Scope scope = device.scope()) {
      ResNet net = new ResNet(parameters.root(), CONFIG);
      randomise(parameters);
      Tensor x = image(scope, dtype, dims);
      return Numbers.of(net.forward(new Eager(device, scope), Mode.INFERENCE, x));
    }
  }

  private static Numbers frozen(DType compute, int... dims) {
    DType dtype = compute == DType.F64 ? DType.F64 : DType.F32;
    try (FrozenTensors weights = new FrozenTensors(device, compute);
        Scope scope = device.scope()) {
      FrozenResNet net;
      try (Parameters parameters = new Parameters(device, dtype)) {
        ResNet model = new ResNet(parameters.root(), CONFIG);
        randomise(parameters);
        net = model.freeze(weights);
      }
      Eager run = new Eager(device, scope);
      Tensor x = image(scope, dtype, dims);
      ResNet.Output out = net.forward(run, compute == dtype ? x : run.apply(new Cast(compute), x));
      assertEquals(compute, out.map().dtype());
      assertEquals(dtype, out.logits().dtype());
      return Numbers.of(out);
    }
  }

  @ParameterizedTest
  @CsvSource({"F64, 1e-12", "F32, 1e-5", "BF16, 0.03"})
  void agreesWithTheUnfoldedOracle(DType compute, double bound) {
    for (int[] dims : new int[][] {{1, 3, 72, 64}, {4, 3, 65, 41}}) {
      Numbers oracle = unfolded(DType.F64, dims);
      Numbers actual = frozen(compute, dims);
      Expect.close("map", oracle.map(), actual.map(), bound);
      Expect.close("logits", oracle.logits(), actual.logits(), bound);
      for (int n = 0; n < dims[0]; n++) {
        assertEquals(argMax(oracle.logits(), n), argMax(actual.logits(), n), "image " + n);
      }
    }
  }

  private static int argMax(double[] logits, int row) {
    int best = 0;
    for (int k = 1; k < 3; k++) {
      best = logits[3 * row + k] > logits[3 * row + best] ? k : best;
    }
    return best;
  }

  @Test
  void changingTheModelDoesNotChangeTheFrozenCopy() {
    try (Parameters parameters = new Parameters(device, DType.F32);
        FrozenTensors weights = new FrozenTensors(device, DType.F32);
        Scope scope = device.scope()) {
      ResNet model = new ResNet(parameters.root(), CONFIG);
      randomise(parameters);
      FrozenResNet net = model.freeze(weights);
      Eager run = new Eager(device, scope);
      Tensor x = image(scope, DType.F32, 1, 3, 64, 64);
      double[] before = Numbers.of(net.forward(run, x)).logits();
      parameters.initialise(9);
      assertArrayEquals(before, Numbers.of(net.forward(run, x)).logits());
    }
  }

  @Test
  void laterPassesAllocateNoMemory() {
    try (Parameters parameters = new Parameters(device, DType.F32);
        FrozenTensors weights = new FrozenTensors(device, DType.F32);
        Scope scope = device.scope()) {
      ResNet model = new ResNet(parameters.root(), CONFIG);
      randomise(parameters);
      FrozenResNet net = model.freeze(weights);
      Tensor x = image(scope, DType.F32, 1, 3, 64, 64);
      long live = 0;
      long asked = 0;
      for (int pass = 0; pass < 4; pass++) {
        try (Scope inner = device.scope()) {
          net.forward(new Eager(device, inner), x);
        }
        assertTrue(pass < 1 || live == device.memory().liveBytes(), "pass " + pass);
        assertTrue(pass < 2 || asked == device.memory().sourceAllocations(), "pass " + pass);
        live = device.memory().liveBytes();
        asked = device.memory().sourceAllocations();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "layer2.0.conv1.weight, NaN, 1 of 2304",
    "layer1.1.bn2.bias, Infinity, 1 of 16",
    "layer1.0.bn1.running_var, -5, 144 of 2304",
    "fc.weight, NaN, 1 of 144"
  })
  void rejectsParametersThatAreNotFinite(String key, double value, String count) {
    try (Parameters parameters = new Parameters(device, DType.F32);
        FrozenTensors weights = new FrozenTensors(device, DType.F32)) {
      ResNet model = new ResNet(parameters.root(), CONFIG);
      randomise(parameters);
      Tensor tensor = Expect.present(parameters.tensors(), key);
      double[] values = HostValues.get(device, tensor);
      values[2] = value;
      HostValues.set(device, tensor, values);
      String named = key.contains("running_var") ? "layer1.0.conv1.weight" : key;
      String message = Expect.refusal(IllegalArgumentException.class, () -> model.freeze(weights));
      assertEquals(
          "freeze: key="
              + named
              + ": "
              + count
              + " numbers are not finite after folding; weights or running statistics are damaged,"
              + " or the training diverged",
          message);
    }
  }

  @Test
  void errorsAboutImagesNameTheLayer() {
    try (Parameters parameters = new Parameters(device, DType.F32);
        FrozenTensors weights = new FrozenTensors(device, DType.BF16);
        Scope scope = device.scope()) {
      ResNet model = new ResNet(parameters.under("primary"), CONFIG);
      randomise(parameters);
      FrozenResNet net = model.freeze(weights);
      Tensor x = image(scope, DType.F32, 1, 3, 32, 32);
      String message =
          Expect.refusal(
              IllegalArgumentException.class, () -> net.forward(new Eager(device, scope), x));
      assertEquals(
          "primary.conv1: FusedConv2d[stride=2, padding=3, relu=true] of F32(1, 3, 32, 32),"
              + " BF16(16, 3, 7, 7), F32(16): operand 1 must be F32",
          message);
    }
  }
}
