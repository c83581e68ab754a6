package org.clusternet.nn.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.clusternet.nn.safetensors.StoredTensor;
import org.clusternet.nn.testing.Expect;
import org.clusternet.nn.weights.PretrainedWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made by Python's own pickle and zipfile ({@code make_fixtures.py} beside them). */
class PthFileTest {
  @TempDir private Path folder;

  private Path fixture(String name) throws IOException {
    Path copy = folder.resolve(name);
    try (InputStream in = PthFileTest.class.getResourceAsStream(name)) {
      Files.copy(in, copy);
    }
    return copy;
  }

  private static Map<String, StoredTensor> read(Path path) throws IOException {
    byte[] head = Arrays.copyOf(Files.readAllBytes(path), 16);
    assertTrue(PthFile.hasMagic(head), path.toString());
    return PthFile.read(path, head);
  }

  /** The numbers of make_fixtures.py: element i is i / 4 - 1. */
  private static double[] ramp(int from, int to) {
    return IntStream.range(from, to).mapToDouble(i -> i / 4.0 - 1).toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"f32", "f16", "bf16", "f64"})
  void readsTensorsOfEveryTypeInBothFormats(String type) throws IOException {
    for (String format : List.of("zip", "legacy")) {
      Map<String, StoredTensor> tensors = read(fixture(format + "_" + type + ".pth"));
      assertEquals(
          List.of(
              "conv1.weight " + type.toUpperCase(Locale.ROOT) + "[2, 3, 2, 2]",
              "bn1.num_batches_tracked I64[]"),
          List.of(
              Expect.present(tensors, "conv1.weight").toString(),
              Expect.present(tensors, "bn1.num_batches_tracked").toString()));
      assertArrayEquals(ramp(0, 24), Expect.present(tensors, "conv1.weight").values());
      assertArrayEquals(ramp(0, 3), Expect.present(tensors, "bn1.weight").values());
      assertArrayEquals(ramp(3, 6), Expect.present(tensors, "bn1.bias").values());
      assertArrayEquals(
          new double[] {100}, Expect.present(tensors, "bn1.num_batches_tracked").values());
      assertArrayEquals(ramp(0, 2), Expect.present(tensors, "fc.bias").values(), "a Parameter");
      assertArrayEquals(
          new double[] {-1, -0.5, 0, -0.75, -0.25, 0.25},
          Expect.present(tensors, "fc.weight").values(),
          "stored transposed");
      assertEquals(
          List.of(
              "conv1.weight",
              "bn1.weight",
              "bn1.bias",
              "bn1.num_batches_tracked",
              "fc.weight",
              "fc.bias"),
          new ArrayList<>(tensors.keySet()));
    }
  }

  @Test
  void findsTheStateDictInATrainingCheckpoint() throws IOException {
    assertArrayEquals(
        ramp(0, 24), Expect.present(read(fixture("zip_wrapped.pth")), "conv1.weight").values());
  }

  /** best_acc1 is a tensor, args a Namespace, score a NumPy number; protocol 5, records of 2.x. */
  @ParameterizedTest
  @ValueSource(strings = {"net", "model", "model_state_dict", "ema"})
  void findsTheStateDictBesideTensorsAndObjectsOfOtherLibraries(String key) throws IOException {
    Map<String, StoredTensor> tensors = read(fixture("zip_script_" + key + ".pth"));
    assertEquals(6, tensors.size());
    assertArrayEquals(ramp(0, 24), Expect.present(tensors, "conv1.weight").values());
    assertArrayEquals(ramp(0, 2), Expect.present(tensors, "fc.bias").values());
  }

  @Test
  void findsTheStateDictOfALightningCheckpoint() throws IOException {
    Map<String, StoredTensor> tensors = read(fixture("zip_lightning.pth"));
    assertEquals(8, tensors.size());
    assertArrayEquals(ramp(0, 24), Expect.present(tensors, "model.conv1.weight").values());
    assertArrayEquals(ramp(0, 3), Expect.present(tensors, "criterion.weight").values());
  }

  @Test
  void lightningsPrefixIsRemovedAndTheLossLeftOut() throws IOException {
    try (PretrainedWeights weights = PretrainedWeights.open(fixture("zip_lightning.pth"))) {
      assertEquals(
          List.of(
              "conv1.weight",
              "bn1.weight",
              "bn1.bias",
              "fc.weight",
              "fc.bias",
              "layer1.0.conv1.weight"),
          new ArrayList<>(weights.tensors().keySet()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip_whole_model.pth", "zip_whole_model_inside.pth"})
  void rejectsWholeModelsWithTheRemedy(String name) throws IOException {
    Path file = fixture(name);
    String message = Expect.refusal(PthException.class, () -> read(file));
    assertTrue(
        message.contains("whole object of the class torchvision.models.resnet.ResNet"), message);
    assertTrue(message.endsWith("in Python save its state_dict() with torch.save"), message);
  }

  @Test
  void readsTensorsThatExpandHasMade() throws IOException {
    Map<String, StoredTensor> tensors = read(fixture("zip_expanded.pth"));
    double[] same = new double[6];
    Arrays.fill(same, 0.25);
    assertArrayEquals(same, Expect.present(tensors, "fc.weight").values());
    assertArrayEquals(
        new double[] {-1, -0.75, -0.5, -1, -0.75, -0.5},
        Expect.present(tensors, "bn1.bias").values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "legacy"})
  void rejectsPicklesThatCallFunctions(String format) throws IOException {
    Path here = Path.of("cluster-net-was-here");
    for (Map.Entry<String, String> e :
        Map.of("system", "posix.system", "eval", "__builtin__.eval").entrySet()) {
      Path file = fixture("hostile_%s_%s.pth".formatted(format, e.getKey()));
      String message = Expect.refusal(PthException.class, () -> read(file));
      assertTrue(message.startsWith(file + ": pickle, byte "), message);
      assertTrue(
          message.contains("the file asks for " + e.getValue() + ", which is refused"), message);
      assertTrue(Files.notExists(here), "it ran");
    }
  }

  /**
   * Every prefix of a file, and every file with one byte changed, is read or rejected with a
   * message.
   */
  @ParameterizedTest
  @ValueSource(strings = {"zip_f32.pth", "legacy_f32.pth"})
  void damagedFilesAreRejectedOrHarmless(String name) throws IOException {
    Path file = fixture(name);
    byte[] bytes = Files.readAllBytes(file);
    int refused = 0;
    for (int length = 16; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThrows(PthException.class, () -> read(file), "length=" + length);
    }
    for (int at = 4; at < bytes.length; at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= 0x55;
      Files.write(file, changed);
      try {
        read(file).values().forEach(StoredTensor::values);
      } catch (PthException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith(file + ": "), e.getMessage());
        refused++;
      } catch (UnsupportedOperationException e) {
        assertTrue(
            String.valueOf(e.getMessage()).contains("cannot be read as numbers"), e.getMessage());
      }
    }
    assertTrue(refused > bytes.length / 4, "refused=" + refused + " of " + bytes.length);
  }
}
