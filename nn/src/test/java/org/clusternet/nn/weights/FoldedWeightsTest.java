package org.clusternet.nn.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.nn.Mode;
import org.clusternet.nn.model.ResNet;
import org.clusternet.nn.model.ResNetConfig;
import org.clusternet.nn.parameter.KeyPath;
import org.clusternet.nn.parameter.Parameters;
import org.clusternet.nn.testing.Expect;
import org.clusternet.nn.testing.Training;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Folded weights made by folding a known network by the definition, and the genuine ones of
 * ImageNet where they are to be had.
 */
class FoldedWeightsTest {
  private static final Backbone.Options STRICT = new Backbone.Options(false, false, false);
  private static final Backbone.Options PARTIAL = new Backbone.Options(true, false, false);
  private static final String GENUINE = "data/weights/resnet18-bnfolded-partial";
  private static final double EPS = 1e-5;

  private static Device device;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    device = Devices.cpu(2);
  }

  @AfterAll
  static void close() {
    device.close();
  }

  /** NumPy's format, version 1. */
  private static byte[] npy(String extents, String descr, byte[] numbers) {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(descr, extents);
    header = header + " ".repeat(63 - (10 + header.length()) % 64) + "\n";
    return ByteBuffer.allocate(10 + header.length() + numbers.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) header.length())
        .put(header.getBytes(StandardCharsets.US_ASCII))
        .put(numbers)
        .array();
  }

  private void write(String key, List<Integer> shape, double[] values) throws IOException {
    ByteBuffer numbers = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      numbers.putDouble(value);
    }
    String extents = shape.toString().replace("[", "(").replace("]", ",)");
    Files.write(folder.resolve(key + ".npy"), npy(extents, "<f8", numbers.array()));
  }

  /** A network whose normalisations have random scales, shifts and statistics. */
  private static ResNet network(Parameters parameters, String prefix, @Nullable Random random) {
    KeyPath at = prefix.isEmpty() ? parameters.root() : parameters.under(prefix);
    ResNet net = new ResNet(at, Training.SMALL);
    parameters.initialise(9);
    if (random != null) {
      parameters.tensors().keySet().stream()
          .filter(
              k ->
                  Expect.present(parameters.tensors(), k).shape().rank() == 1 && !k.contains("fc."))
          .forEach(k -> randomise(Expect.present(parameters.tensors(), k), k, random));
    }
    return net;
  }

  private static void randomise(Tensor tensor, String key, Random random) {
    boolean positive = key.endsWith("weight") || key.endsWith("var");
    double[] values = random.doubles(tensor.elements()).toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = positive ? 0.5 + values[i] : values[i] - 0.5;
    }
    HostValues.set(device, tensor, values);
  }

  private void writeFolded(Parameters parameters) throws IOException {
    Map<String, Tensor> tensors = parameters.tensors();
    for (String key : tensors.keySet()) {
      if (Expect.present(tensors, key).shape().rank() != 4) {
        continue;
      }
      String conv = key.substring(0, key.length() - ".weight".length());
      String norm =
          conv.endsWith("downsample.0")
              ? conv.replace("downsample.0", "downsample.1")
              : conv.replace("conv", "bn");
      double[] w = HostValues.get(device, Expect.present(tensors, key));
      double[] bias = HostValues.get(device, Expect.present(tensors, norm + ".bias"));
      double[] gamma = HostValues.get(device, Expect.present(tensors, norm + ".weight"));
      double[] mean = HostValues.get(device, Expect.present(tensors, norm + ".running_mean"));
      double[] variance = HostValues.get(device, Expect.present(tensors, norm + ".running_var"));
      for (int o = 0; o < bias.length; o++) {
        double scale = gamma[o] / Math.sqrt(variance[o] + EPS);
        bias[o] -= mean[o] * scale;
        for (int i = 0; i < w.length / bias.length; i++) {
          w[o * (w.length / bias.length) + i] *= scale;
        }
      }
      int[] dims = Expect.present(tensors, key).shape().dims();
      write(key, List.of(dims[0], dims[1], dims[2], dims[3]), w);
      write(conv + ".bias", List.of(bias.length), bias);
    }
    write("fc.weight", List.of(2, 16), new double[32]);
  }

  private static Tensor images(Scope scope, int size, long seed) {
    Tensor x = scope.allocate(TensorType.of(DType.F32, 4, 3, size, size));
    HostValues.set(device, x, new Random(seed).doubles(x.elements()).toArray());
    return x;
  }

  private static double[] map(ResNet net, Mode mode, int size, long seed) {
    try (Scope scope = device.scope()) {
      Executor run = new Eager(device, scope);
      return HostValues.get(device, net.forward(run, mode, images(scope, size, seed)).map());
    }
  }

  @Test
  void foldedNetworkComputesTheOriginalFunction() throws IOException {
    try (Parameters original = new Parameters(device, DType.F32);
        Parameters imported = new Parameters(device, DType.F32)) {
      ResNet before = network(original, "", new Random(4));
      writeFolded(original);
      ResNet after = network(imported, "primary", null);
      double[] expected = map(before, Mode.INFERENCE, 64, 1);
      double[] other = map(before, Mode.INFERENCE, 64, 2);
      try (PretrainedWeights file = PretrainedWeights.open(folder)) {
        assertTrue(file.isFolded());
        Backbone.Outcome outcome = Backbone.load(file, imported, "primary", STRICT);
        Expect.close("as loaded", expected, map(after, Mode.INFERENCE, 64, 1), 1e-5);
        try (Scope scope = device.scope()) {
          Tensor batch = images(scope, 64, 1);
          int norms = Calibration.run(after, imported, "primary", outcome.taken(), batch);
          assertEquals(12, norms);
        }
      }
      Expect.close("calibrated", expected, map(after, Mode.INFERENCE, 64, 1), 1e-4);
      Expect.close("another image", other, map(after, Mode.INFERENCE, 64, 2), 1e-4);
      Expect.close("by batch statistics", expected, map(after, Mode.TRAINING, 64, 1), 1e-3);
    }
  }

  /** ImageNet's own, without the four 3 x 3 convolutions of layer4. */
  @Test
  void partialImageNetWeightsAreLoadedAndTheRestListed() throws IOException {
    Path genuine = Shared.folder(GENUINE);
    try (PretrainedWeights file = PretrainedWeights.open(genuine);
        Parameters parameters = new Parameters(device, DType.F32)) {
      ResNet net = new ResNet(parameters.root(), ResNetConfig.resNet18(3));
      parameters.initialise(3);
      String message =
          Expect.refusal(WeightsException.class, () -> Backbone.load(file, parameters, "", STRICT));
      assertTrue(message.contains("20 missing: layer4.0.conv1.weight"), message);
      assertTrue(
          message.endsWith(
              "4 unexpected: layer4.0.conv1.bias, layer4.0.conv2.bias, layer4.1.conv1.bias, layer4.1.conv2.bias"),
          message);
      Backbone.Outcome outcome = Backbone.load(file, parameters, "", PARTIAL);
      Set<String> layers = new HashSet<>();
      outcome.fresh().forEach(k -> layers.add(k.substring(0, "layer4.0.xxx".length())));
      assertEquals(
          Set.of(
              "layer4.0.con",
              "layer4.0.bn1",
              "layer4.0.bn2",
              "layer4.1.con",
              "layer4.1.bn1",
              "layer4.1.bn2"),
          layers);
      assertEquals(100 - 20, outcome.taken().size());
      assertArrayEquals(
          NpyFile.read(genuine.resolve("conv1.weight.npy"), "conv1.weight").values(),
          HostValues.get(device, Expect.present(parameters.tensors(), "conv1.weight")));
      double[] expected = map(net, Mode.INFERENCE, 64, 1);
      double[] other = map(net, Mode.INFERENCE, 96, 2);
      try (Scope scope = device.scope()) {
        Tensor batch = images(scope, 64, 1);
        assertEquals(16, Calibration.run(net, parameters, "", outcome.taken(), batch));
      }
      Expect.close("calibrated", expected, map(net, Mode.INFERENCE, 64, 1), 1e-4);
      Expect.close("another image", other, map(net, Mode.INFERENCE, 96, 2), 1e-4);
    }
  }

  @Test
  void rejectsInvalidNpyFiles() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    byte[] good = npy("(2, 2)", "<f4", new byte[16]);
    files.put("is not an NPY file", "PK".getBytes(StandardCharsets.US_ASCII));
    files.put("header length=", Arrays.copyOf(good, 40));
    files.put("shape=(2, 2) of F32 does not fit 15 bytes", Arrays.copyOf(good, 143));
    files.put("descr=|O fortran_order=False", npy("(2,)", "|O", new byte[16]));
    files.put("descr=>f4", npy("(4,)", ">f4", new byte[16]));
    String huge = "(99999999999, 99999999999)";
    files.put("shape=" + huge + " of F32 does not fit 16", npy(huge, "<f4", new byte[16]));
    files.put("shape=(9999999999999999999)", npy("(9999999999999999999)", "<f4", new byte[16]));
    files.put("has a header that does not describe", npy("(-4,)", "<f4", new byte[16]));
    for (Map.Entry<String, byte[]> e : files.entrySet()) {
      Path path = folder.resolve("bad.npy");
      Files.write(path, e.getValue());
      String message = Expect.refusal(WeightsException.class, () -> PretrainedWeights.open(folder));
      assertTrue(message.startsWith(path + ": " + e.getKey()), message);
    }
    Files.write(folder.resolve("bad.npy"), good);
    try (PretrainedWeights file = PretrainedWeights.open(folder)) {
      assertEquals("bad F32[2, 2]", Expect.present(file.tensors(), "bad").toString());
    }
  }
}
