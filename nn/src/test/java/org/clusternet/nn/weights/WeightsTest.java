package org.clusternet.nn.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.nn.model.ResNet;
import org.clusternet.nn.parameter.Initial;
import org.clusternet.nn.parameter.KeyPath;
import org.clusternet.nn.parameter.Parameter;
import org.clusternet.nn.parameter.Parameters;
import org.clusternet.nn.safetensors.SafetensorsException;
import org.clusternet.nn.safetensors.SafetensorsFile;
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
import org.junit.jupiter.params.provider.EnumSource;

class WeightsTest {
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

  private Path path() {
    return folder.resolve("model.safetensors");
  }

  private static Parameters network(String prefix) {
    Parameters parameters = new Parameters(device, DType.F32);
    KeyPath at = prefix.isEmpty() ? parameters.root() : parameters.under(prefix);
    assertEquals(3, new ResNet(at, Training.SMALL).config().classes());
    return parameters;
  }

  @Test
  void savedModelLoadsBitForBit() throws IOException {
    try (Parameters saved = network("primary");
        Parameters loaded = network("primary")) {
      saved.initialise(5);
      Weights.save(path(), Map.of("variant", "baseline"), saved);
      Weights.load(path(), loaded);
      assertArrayEquals(
          HostValues.get(device, saved.values()), HostValues.get(device, loaded.values()));
      saved
          .tensors()
          .forEach(
              (key, t) ->
                  assertArrayEquals(
                      HostValues.get(device, t),
                      HostValues.get(device, Expect.present(loaded.tensors(), key)),
                      key));
    }
  }

  @Test
  void filesAreInRowMajorOrder() throws IOException {
    double[] counting = IntStream.range(0, 2 * 3 * 2 * 2).asDoubleStream().toArray();
    try (Scope scope = device.scope()) {
      Tensor w = scope.allocate(TensorType.of(DType.F32, 2, 3, 2, 2));
      for (int o = 0; o < 2; o++) {
        for (int i = 0; i < 3; i++) {
          for (int h = 0; h < 2; h++) {
            for (int k = 0; k < 2; k++) {
              DType.F32.set(
                  w.memory(), w.shape().offset(o, i, h, k), ((o * 3 + i) * 2 + h) * 2 + k);
            }
          }
        }
      }
      Weights.save(path(), Map.of(), device, Map.of("w", w));
      try (SafetensorsFile file = SafetensorsFile.open(path())) {
        assertEquals("w F32[2, 3, 2, 2]", file.get("w").toString());
        assertArrayEquals(counting, file.get("w").values());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void tensorsOfEveryTypeAreSavedAndLoaded(DType dtype) throws IOException {
    double[] numbers = {0, 1, 2, 100, 7, 3};
    try (Scope scope = device.scope()) {
      Tensor saved = scope.allocate(TensorType.of(dtype, 2, 3));
      Tensor loaded = scope.allocate(TensorType.of(dtype, 2, 3));
      HostValues.set(device, saved, numbers);
      Weights.save(path(), Map.of(), device, Map.of("x", saved));
      try (SafetensorsFile file = SafetensorsFile.open(path())) {
        assertEquals(StoredType.of(dtype), file.get("x").type());
        Weights.load(file, device, Map.of("x", loaded));
      }
      assertArrayEquals(numbers, HostValues.get(device, loaded));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F64", "F32", "F16", "BF16"})
  void floatingTypesAreConverted(StoredType stored) throws IOException {
    SafetensorsWriter.write(
        path(), Map.of(), List.of(StoredTensor.of("a", stored, List.of(3L), 0.5, -1.25, 0.1)));
    for (DType dtype : new DType[] {DType.F32, DType.F64}) {
      try (Parameters parameters = new Parameters(device, dtype)) {
        Parameter a = parameters.root().parameter("a", Initial.constant(0), 3);
        Weights.load(path(), parameters);
        double tenth =
            switch (stored) {
              case F64 -> dtype == DType.F64 ? 0.1 : 0.1f;
              case F32 -> 0.1f;
              case F16 -> 0.0999755859375;
              default -> 0.10009765625;
            };
        assertArrayEquals(new double[] {0.5, -1.25, tenth}, HostValues.get(device, a.value()));
      }
    }
  }

  @Test
  void pytorchsCountersAreIgnored() throws IOException {
    try (Parameters parameters = network("")) {
      parameters.initialise(5);
      double[] before = HostValues.get(device, parameters.values());
      List<StoredTensor> stored = stored(parameters);
      stored.add(StoredTensor.of("bn1.num_batches_tracked", StoredType.I64, List.of(), 17));
      SafetensorsWriter.write(path(), Map.of(), stored);
      parameters.initialise(6);
      Weights.load(path(), parameters);
      assertArrayEquals(before, HostValues.get(device, parameters.values()));
    }
  }

  private static List<StoredTensor> stored(Parameters parameters) {
    List<StoredTensor> stored = new ArrayList<>();
    parameters
        .tensors()
        .forEach(
            (key, t) -> {
              List<Long> shape = IntStream.of(t.shape().dims()).asLongStream().boxed().toList();
              stored.add(StoredTensor.of(key, StoredType.F32, shape, HostValues.get(device, t)));
            });
    return stored;
  }

  @Test
  void misfitListsAllKeysAndChangesNothing() throws IOException {
    try (Parameters parameters = network("")) {
      parameters.initialise(5);
      List<StoredTensor> stored = stored(parameters);
      stored.removeIf(
          t -> t.key().equals("bn1.running_var") || t.key().equals("layer2.0.conv1.weight"));
      stored.removeIf(t -> t.key().startsWith("fc."));
      stored.add(StoredTensor.of("fc.weight", StoredType.F32, List.of(1L, 16L), new double[16]));
      stored.add(StoredTensor.of("fc.bias", StoredType.I32, List.of(3L), 1, 2, 3));
      stored.add(StoredTensor.of("classifier.bias", StoredType.F32, List.of(1L), 1));
      stored.add(StoredTensor.of("bn1.momentum", StoredType.F32, List.of(1L), 1));
      SafetensorsWriter.write(path(), Map.of(), stored);
      double[] before = HostValues.get(device, parameters.values());
      String message =
          Expect.refusal(SafetensorsException.class, () -> Weights.load(path(), parameters));
      assertEquals(
          path()
              + ": does not fit the model:"
              + " 2 missing: bn1.running_var, layer2.0.conv1.weight;"
              + " 2 of another shape or type: fc.weight (file F32[1, 16], model F32[3, 16]),"
              + " fc.bias (file I32[3], model F32[3]);"
              + " 2 unexpected: bn1.momentum, classifier.bias",
          message);
      assertArrayEquals(before, HostValues.get(device, parameters.values()));
    }
  }

  /** oneDNN's ReLU turns NaN into 0: such a network would give results that look normal. */
  @Test
  void numbersThatAreNotFiniteAreRejectedAndNothingChanges() throws IOException {
    try (Parameters parameters = network("")) {
      parameters.initialise(5);
      List<StoredTensor> stored = stored(parameters);
      stored.removeIf(t -> t.key().equals("fc.bias"));
      stored.add(StoredTensor.of("fc.bias", StoredType.F32, List.of(3L), 1, Double.NaN, 3));
      SafetensorsWriter.write(path(), Map.of(), stored);
      parameters.initialise(6);
      double[] before = HostValues.get(device, parameters.values());
      String message =
          Expect.refusal(SafetensorsException.class, () -> Weights.load(path(), parameters));
      assertTrue(
          message.startsWith(
              path() + ": key=fc.bias: 1 of 3 numbers are not finite (element 1 is NaN)"),
          message);
      assertArrayEquals(before, HostValues.get(device, parameters.values()));
    }
  }

  @Test
  void fileWithAnotherPrefixDoesNotFit() throws IOException {
    try (Parameters primary = network("primary");
        Parameters bare = network("")) {
      primary.initialise(1);
      Weights.save(path(), Map.of(), primary);
      String message = Expect.refusal(SafetensorsException.class, () -> Weights.load(path(), bare));
      int keys = bare.tensors().size();
      assertTrue(message.contains(keys + " missing: conv1.weight, "), message);
      assertTrue(message.contains(keys + " unexpected: primary.bn1.bias, "), message);
    }
  }
}
