package org.clusternet.nn.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.nn.Mode;
import org.clusternet.nn.model.ResNet;
import org.clusternet.nn.model.ResNetConfig;
import org.clusternet.nn.parameter.Parameter;
import org.clusternet.nn.parameter.Parameters;
import org.clusternet.nn.safetensors.SafetensorsWriter;
import org.clusternet.nn.safetensors.StoredTensor;
import org.clusternet.nn.safetensors.StoredType;
import org.clusternet.nn.testing.Expect;
import org.clusternet.nn.testing.Training;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackboneTest {
  private static final Backbone.Options STRICT = new Backbone.Options(false, false, false);
  private static final Backbone.Options PARTIAL = new Backbone.Options(true, false, false);
  private static final Backbone.Options WITH_HEAD = new Backbone.Options(false, true, false);
  private static final Backbone.Options FOLDING = new Backbone.Options(false, false, true);

  private static Device device;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    device = Devices.cpu(1);
  }

  @AfterAll
  static void close() {
    device.close();
  }

  private static ResNetConfig config(int channels, int classes) {
    ResNetConfig small = Training.SMALL;
    return new ResNetConfig(channels, small.widths(), small.blocks(), classes);
  }

  /** Tensors of another training, of 1000 classes, with PyTorch's counters, in F32. */
  private static Map<String, StoredTensor> trained() {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    try (Parameters parameters = new Parameters(device, DType.F32)) {
      new ResNet(parameters.root(), config(3, 1000));
      parameters.initialise(77);
      for (Parameter p : parameters.all()) {
        List<Long> shape = new ArrayList<>();
        for (int extent : p.shape().dims()) {
          shape.add((long) extent);
        }
        double[] values = HostValues.get(device, p.value());
        put(tensors, StoredTensor.of(p.key(), StoredType.F32, shape, values));
        if (p.key().endsWith("running_var")) {
          String counter = p.key().replace("running_var", "num_batches_tracked");
          put(tensors, StoredTensor.of(counter, StoredType.I64, List.of(), 100_000));
        }
      }
    }
    return tensors;
  }

  private static void put(Map<String, StoredTensor> tensors, StoredTensor tensor) {
    tensors.put(tensor.key(), tensor);
  }

  private PretrainedWeights file(Map<String, StoredTensor> tensors, UnaryOperator<String> names)
      throws IOException {
    Path path = folder.resolve("weights.safetensors");
    SafetensorsWriter.write(
        path,
        Map.of(),
        tensors.values().stream()
            .map(t -> new StoredTensor(names.apply(t.key()), t.type(), t.shape(), t.data()))
            .toList());
    return PretrainedWeights.open(path);
  }

  private PretrainedWeights file(Map<String, StoredTensor> tensors) throws IOException {
    return file(tensors, k -> k);
  }

  /** A network with two branches, whose parameters have been initialised. */
  private static Parameters twoBranches(int channels, int classes) {
    Parameters parameters = new Parameters(device, DType.F32);
    new ResNet(parameters.under("primary"), config(channels, classes));
    new ResNet(parameters.under("auxiliary"), config(channels, classes));
    parameters.initialise(5);
    return parameters;
  }

  private static double[] values(Parameters parameters, String key) {
    return HostValues.get(device, Expect.present(parameters.tensors(), key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "module.", "backbone.", "module.backbone."})
  void branchIsLoadedAndItsHeadLeftUnchanged(String prefix) throws IOException {
    Map<String, StoredTensor> trained = trained();
    try (PretrainedWeights file = file(trained, k -> prefix + k);
        Parameters parameters = twoBranches(3, 3);
        Parameters before = twoBranches(3, 3)) {
      Backbone.Outcome outcome = Backbone.load(file, parameters, "primary", STRICT);
      assertEquals(60, outcome.taken().size(), "all but fc");
      assertEquals(List.of(), outcome.fresh());
      assertEquals(List.of(), outcome.ignored());
      for (Parameter p : parameters.all()) {
        String key = p.key().substring(p.key().indexOf('.') + 1);
        double[] expected =
            p.key().startsWith("primary.") && !key.startsWith("fc.")
                ? Expect.present(trained, key).values()
                : values(before, p.key());
        assertArrayEquals(expected, HostValues.get(device, p.value()), p.key());
      }
    }
  }

  @Test
  void headIsLoadedOnRequest() throws IOException {
    Map<String, StoredTensor> trained = trained();
    try (PretrainedWeights file = file(trained);
        Parameters parameters = twoBranches(3, 1000)) {
      Backbone.load(file, parameters, "auxiliary", WITH_HEAD);
      assertArrayEquals(
          Expect.present(trained, "fc.weight").values(), values(parameters, "auxiliary.fc.weight"));
    }
  }

  @Test
  void misfitListsAllKeysAndChangesNothing() throws IOException {
    Map<String, StoredTensor> trained = trained();
    trained.remove("bn1.bias");
    trained.remove("layer4.0.conv2.weight");
    put(trained, StoredTensor.of("layer2.0.bn1.weight", StoredType.F32, List.of(2L), 1, 2));
    put(trained, StoredTensor.of("bn1.weight", StoredType.I64, List.of(4L), 1, 2, 3, 4));
    put(trained, StoredTensor.of("layer5.0.conv1.weight", StoredType.F32, List.of(1L), 3));
    try (PretrainedWeights file = file(trained);
        Parameters parameters = twoBranches(3, 3)) {
      double[] before = HostValues.get(device, parameters.values());
      String message =
          Expect.refusal(
              WeightsException.class, () -> Backbone.load(file, parameters, "primary", STRICT));
      assertEquals(
          file.path()
              + ": does not fit the model: 2 missing: bn1.bias, layer4.0.conv2.weight; "
              + "2 of another shape or type: bn1.weight (file I64[4], model [4]), "
              + "layer2.0.bn1.weight (file F32[2], model [8]); "
              + "1 unexpected: layer5.0.conv1.weight",
          message);
      assertArrayEquals(before, HostValues.get(device, parameters.values()));
      Backbone.Outcome outcome = Backbone.load(file, parameters, "primary", PARTIAL);
      assertEquals(
          List.of("bn1.weight", "bn1.bias", "layer2.0.bn1.weight", "layer4.0.conv2.weight"),
          outcome.fresh());
      assertEquals(
          List.of("bn1.weight", "layer2.0.bn1.weight", "layer5.0.conv1.weight"), outcome.ignored());
      assertArrayEquals(
          Expect.present(trained, "conv1.weight").values(),
          values(parameters, "primary.conv1.weight"));
    }
  }

  @Test
  void fileWithoutFittingKeysIsAnErrorEvenInPartialMode() throws IOException {
    Map<String, StoredTensor> other = new LinkedHashMap<>();
    put(other, StoredTensor.of("embedding.weight", StoredType.F32, List.of(2L), 1, 2));
    try (PretrainedWeights file = file(other);
        Parameters parameters = twoBranches(3, 3)) {
      String message =
          Expect.refusal(
              WeightsException.class, () -> Backbone.load(file, parameters, "primary", PARTIAL));
      assertTrue(message.contains("60 missing: conv1.weight, bn1.weight"), message);
      assertTrue(message.endsWith("; 1 unexpected: embedding.weight"), message);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void numbersThatAreNotFiniteAreRejectedNamingTheTensor(double broken) throws IOException {
    Map<String, StoredTensor> trained = trained();
    double[] bias = Expect.present(trained, "layer1.0.bn2.bias").values();
    bias[2] = broken;
    put(trained, StoredTensor.of("layer1.0.bn2.bias", StoredType.F32, List.of(4L), bias));
    try (PretrainedWeights file = file(trained);
        Parameters parameters = twoBranches(3, 3)) {
      double[] before = HostValues.get(device, parameters.values());
      String message =
          Expect.refusal(
              WeightsException.class, () -> Backbone.load(file, parameters, "primary", PARTIAL));
      assertEquals(
          file.path()
              + ": key=layer1.0.bn2.bias: 1 of 4 numbers are not finite (element 2 is "
              + broken
              + "); the file is damaged, or the training diverged",
          message);
      assertArrayEquals(before, HostValues.get(device, parameters.values()));
    }
  }

  @Test
  void rejectsNegativeVariances() throws IOException {
    Map<String, StoredTensor> trained = trained();
    put(trained, StoredTensor.of("bn1.running_var", StoredType.F32, List.of(4L), 1, 1, -1, 1));
    try (PretrainedWeights file = file(trained);
        Parameters parameters = twoBranches(3, 3)) {
      String message =
          Expect.refusal(
              WeightsException.class, () -> Backbone.load(file, parameters, "primary", STRICT));
      assertTrue(message.contains("key=bn1.running_var: a variance is -1.0"), message);
    }
  }

  @Test
  void summedChannelsGiveTheSameFunctionAsThreeEqualChannels() throws IOException {
    try (PretrainedWeights file = file(trained());
        Parameters three = new Parameters(device, DType.F32);
        Parameters one = new Parameters(device, DType.F32)) {
      ResNet colour = new ResNet(three.root(), config(3, 3));
      ResNet grey = new ResNet(one.root(), config(1, 3));
      three.initialise(1);
      one.initialise(1);
      assertThrows(WeightsException.class, () -> Backbone.load(file, one, "", STRICT));
      Backbone.load(file, three, "", FOLDING);
      Backbone.load(file, one, "", FOLDING);
      double[] image = new Random(3).doubles(2 * 32 * 32).toArray();
      double[] repeated = new double[3 * image.length];
      for (int i = 0; i < repeated.length; i++) {
        repeated[i] = image[i / (3 * 1024) * 1024 + i % 1024];
      }
      Expect.close("logits", logits(colour, 3, repeated), logits(grey, 1, image), 1e-5);
    }
  }

  private static double[] logits(ResNet net, int channels, double[] pixels) {
    try (Scope scope = device.scope()) {
      Tensor x = scope.allocate(TensorType.of(DType.F32, 2, channels, 32, 32));
      HostValues.set(device, x, pixels);
      return HostValues.get(
          device, net.forward(new Eager(device, scope), Mode.INFERENCE, x).logits());
    }
  }

  @Test
  void rejectsAKeyWithAndWithoutPrefix() {
    Map<String, StoredTensor> twice = new LinkedHashMap<>();
    put(twice, StoredTensor.of("bn1.bias", StoredType.F32, List.of(), 1));
    put(twice, StoredTensor.of("module.bn1.bias", StoredType.F32, List.of(), 2));
    String message = Expect.refusal(WeightsException.class, () -> file(twice));
    assertTrue(message.contains("key=bn1.bias occurs twice"), message);
  }

  @Test
  void rejectsFilesOfUnknownFormat() throws IOException {
    Path path = folder.resolve("weights.pth");
    assertTrue(open(path).endsWith("there is no such file"));
    Files.writeString(path, "<html>404</html>");
    assertTrue(
        open(path).contains("is not a file of weights; PyTorch's .pth and .pt, safetensors"));
    Files.write(path, new byte[0]);
    assertTrue(open(path).contains("is not a file of weights"));
    assertTrue(open(folder).contains("is a folder without .npy files"));
  }

  private static String open(Path path) {
    return Expect.refusal(WeightsException.class, () -> PretrainedWeights.open(path));
  }
}
