package org.clusternet.nn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.nn.parameter.Parameter;
import org.clusternet.nn.parameter.Parameters;
import org.clusternet.nn.testing.Expect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** ResNet-18's names, shapes and initial values against torchvision's, written out by rule. */
class ResNetDefinitionTest {
  private static Device device;
  private static Parameters parameters;

  @BeforeAll
  static void build() {
    device = Devices.cpu(2);
    parameters = new Parameters(device, DType.F32);
    assertEquals(
        512, new ResNet(parameters.root(), ResNetConfig.resNet18(1000)).config().features());
    parameters.initialise(42);
  }

  @AfterAll
  static void close() {
    parameters.close();
    device.close();
  }

  /** The state dictionary of torchvision's resnet18, in its order, but for num_batches_tracked. */
  private static Map<String, Shape> torchvision() {
    Map<String, Shape> keys = new LinkedHashMap<>();
    keys.put("conv1.weight", Shape.of(64, 3, 7, 7));
    batchNorm(keys, "bn1", 64);
    for (int stage = 1; stage <= 4; stage++) {
      int out = 32 << stage;
      for (int block = 0; block < 2; block++) {
        int in = stage == 1 || block == 1 ? out : out / 2;
        String name = "layer" + stage + "." + block;
        keys.put(name + ".conv1.weight", Shape.of(out, in, 3, 3));
        batchNorm(keys, name + ".bn1", out);
        keys.put(name + ".conv2.weight", Shape.of(out, out, 3, 3));
        batchNorm(keys, name + ".bn2", out);
        if (stage > 1 && block == 0) {
          keys.put(name + ".downsample.0.weight", Shape.of(out, in, 1, 1));
          batchNorm(keys, name + ".downsample.1", out);
        }
      }
    }
    keys.put("fc.weight", Shape.of(1000, 512));
    keys.put("fc.bias", Shape.of(1000));
    return keys;
  }

  private static void batchNorm(Map<String, Shape> keys, String name, int channels) {
    for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
      keys.put(name + "." + part, Shape.of(channels));
    }
  }

  @Test
  void keysAndShapesAreThoseOfTorchvision() {
    Map<String, Shape> expected = torchvision();
    Map<String, Shape> actual = new LinkedHashMap<>();
    parameters.all().forEach(p -> actual.put(p.key(), p.shape()));
    assertEquals(List.copyOf(expected.entrySet()), List.copyOf(actual.entrySet()));
    // torchvision's has 122 keys: these and num_batches_tracked of each of 20 normalisations.
    assertEquals(122, actual.size() + 20);
    assertEquals(62, parameters.all().stream().filter(Parameter::isTrainable).count());
    parameters
        .all()
        .forEach(p -> assertEquals(!p.key().contains("running"), p.isTrainable(), p.key()));
  }

  @Test
  void numberOfParametersIsAsPublished() {
    assertEquals(11_689_512, parameters.count());
  }

  @Test
  void convolutionsStartNormalByTheFanOut() {
    for (Parameter p : parameters.all()) {
      if (p.shape().rank() == 4) {
        double[] w = HostValues.get(device, p.value());
        double expected = Math.sqrt(2.0 / (p.shape().dim(0) * p.shape().dim(2) * p.shape().dim(3)));
        double mean = Arrays.stream(w).average().orElseThrow();
        double variance = Arrays.stream(w).map(x -> x * x).average().orElseThrow();
        double kurtosis = Arrays.stream(w).map(x -> x * x * x * x).average().orElseThrow();
        double error = 5 / Math.sqrt(w.length);
        assertEquals(0, mean / expected, error, p.key());
        assertEquals(1, variance / (expected * expected), error * Math.sqrt(2), p.key());
        assertEquals(3, kurtosis / Math.pow(expected, 4), error * Math.sqrt(96), p.key());
      }
    }
  }

  @Test
  void normalisationsStartAsTheIdentity() {
    for (Parameter p : parameters.all()) {
      boolean one = p.key().endsWith("running_var") || p.key().matches(".*(bn\\d|sample.1).weight");
      boolean zero = p.key().endsWith("running_mean") || p.key().matches(".*(bn\\d|sample.1).bias");
      if (one || zero) {
        double expected = one ? 1 : 0;
        assertTrue(
            Arrays.stream(HostValues.get(device, p.value())).allMatch(x -> x == expected), p.key());
      }
    }
  }

  @Test
  void linearLayerStartsUniformByTheFanIn() {
    double bound = 1 / Math.sqrt(512);
    for (String key : List.of("fc.weight", "fc.bias")) {
      double[] w = HostValues.get(device, Expect.present(parameters.tensors(), key));
      double largest = Arrays.stream(w).map(Math::abs).max().orElseThrow();
      double variance = Arrays.stream(w).map(x -> x * x).average().orElseThrow();
      assertTrue(largest <= bound && largest > 0.99 * bound, key + ": largest=" + largest);
      assertEquals(1, 3 * variance / (bound * bound), 5 * Math.sqrt(0.8 / w.length), key);
    }
  }

  @Test
  void rejectsInvalidSizes() {
    assertEquals(
        "ResNet: widths=[4, 8], blocks=[1]; one of each is needed per stage",
        refusal(3, List.of(4, 8), List.of(1), 3));
    assertEquals(
        "ResNet: channels=3, widths=[4], blocks=[0], classes=3; all must be at least 1",
        refusal(3, List.of(4), List.of(0), 3));
    assertEquals(
        "ResNet: channels=0, widths=[4], blocks=[1], classes=3; all must be at least 1",
        refusal(0, List.of(4), List.of(1), 3));
  }

  private static String refusal(int channels, List<Integer> widths, List<Integer> blocks, int k) {
    return Expect.refusal(
        IllegalArgumentException.class, () -> new ResNetConfig(channels, widths, blocks, k));
  }
}
