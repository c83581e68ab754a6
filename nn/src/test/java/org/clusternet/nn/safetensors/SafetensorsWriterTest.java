package org.clusternet.nn.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.clusternet.nn.testing.Expect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
  @TempDir private Path folder;

  private static final List<StoredTensor> TENSORS =
      List.of(
          StoredTensor.of("mask", StoredType.U8, List.of(3L), 0, 1, 255),
          StoredTensor.of("box", StoredType.I32, List.of(1L, 4L), -1, 0, 7, 1 << 30),
          StoredTensor.of("b", StoredType.F32, List.of(2L), 1.5, -0.1),
          StoredTensor.of("a", StoredType.F32, List.of(2L, 1L), 1e-40, 3),
          StoredTensor.of("half", StoredType.BF16, List.of(3L), 1, -2, 0.1),
          StoredTensor.of("scalar", StoredType.F64, List.of(), Math.PI),
          StoredTensor.of("empty", StoredType.F32, List.of(0L, 5L)));

  /**
   * Arrays by falling alignment, then by key; compact JSON; metadata sorted; spaces up to 8 bytes.
   */
  @Test
  void writesTheBytesOfTheFormat() throws IOException {
    Path path = folder.resolve("a.safetensors");
    SafetensorsWriter.write(path, Map.of("z", "1", "a", "x\"y/ü"), TENSORS);
    String header =
        "{\"__metadata__\":{\"a\":\"x\\\"y/ü\",\"z\":\"1\"}"
            + ",\"scalar\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]}"
            + ",\"a\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[8,16]}"
            + ",\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[16,24]}"
            + ",\"empty\":{\"dtype\":\"F32\",\"shape\":[0,5],\"data_offsets\":[24,24]}"
            + ",\"box\":{\"dtype\":\"I32\",\"shape\":[1,4],\"data_offsets\":[24,40]}"
            + ",\"half\":{\"dtype\":\"BF16\",\"shape\":[3],\"data_offsets\":[40,46]}"
            + ",\"mask\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[46,49]}}";
    int bytes = new Bytes().text(header).done().length;
    int padding = (8 - bytes % 8) % 8;
    byte[] expected =
        new Bytes()
            .u64(bytes + padding)
            .text(header)
            .text(" ".repeat(padding))
            .f64(Math.PI)
            .f32(1e-40f, 3)
            .f32(1.5f, -0.1f)
            .i32(-1, 0, 7, 1 << 30)
            .u16(0x3F80, 0xC000, 0x3DCD)
            .u8(0, 1, 255)
            .done();
    assertArrayEquals(expected, Files.readAllBytes(path));
  }

  /**
   * The resource was written by the reference implementation, safetensors 0.8.0 for Python ({@code
   * safetensors.serialize} of {@code TensorSpec}s with the metadata {@code {"a": 'x"y/ü'}}).
   */
  @Test
  void writesTheBytesOfTheReferenceImplementation() throws IOException {
    byte[] reference;
    try (InputStream in = getClass().getResourceAsStream("reference.safetensors")) {
      reference = in.readAllBytes();
    }
    List<StoredTensor> tensors = new ArrayList<>(TENSORS);
    tensors.add(StoredTensor.of("h16", StoredType.F16, List.of(3L), 1, -2, 0.1));
    tensors.add(StoredTensor.of("i64", StoredType.I64, List.of(1L), -5));
    Path path = folder.resolve("a.safetensors");
    SafetensorsWriter.write(path, Map.of("a", "x\"y/ü"), tensors);
    assertArrayEquals(reference, Files.readAllBytes(path));
  }

  @Test
  void withoutMetadataOrArraysTheHeaderIsEmpty() throws IOException {
    Path path = folder.resolve("a.safetensors");
    SafetensorsWriter.write(path, Map.of(), List.of());
    assertArrayEquals(new Bytes().u64(8).text("{}      ").done(), Files.readAllBytes(path));
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertEquals(0, file.keys().size());
    }
  }

  @Test
  void readsBackWhatWasWritten() throws IOException {
    Path path = folder.resolve("a.safetensors");
    SafetensorsWriter.write(path, Map.of("epoch", "7"), TENSORS);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertEquals(Map.of("epoch", "7"), file.metadata());
      assertEquals(TENSORS.size(), file.tensors().size());
      for (StoredTensor expected : TENSORS) {
        StoredTensor actual = file.get(expected.key());
        assertEquals(expected.toString(), actual.toString());
        assertEquals(-1, expected.data().mismatch(actual.data()), expected.key());
        assertEquals(0, actual.data().address() % expected.type().bytes(), "alignment");
      }
      assertArrayEquals(new double[] {0, 1, 255}, file.get("mask").values());
      assertArrayEquals(new double[] {-1, 0, 7, 1 << 30}, file.get("box").values());
      assertArrayEquals(new double[] {1.5, -0.1f}, file.get("b").values());
    }
  }

  @Test
  void replacesAFileAndLeavesNoOther() throws IOException {
    Path path = folder.resolve("a.safetensors");
    SafetensorsWriter.write(path, Map.of(), TENSORS);
    SafetensorsWriter.write(path, Map.of(), TENSORS.subList(0, 1));
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertEquals(List.of("mask"), List.copyOf(file.keys()));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(path), files.toList());
    }
  }

  @Test
  void failedWriteLeavesOnlyTheOldFile() throws IOException {
    Path path = folder.resolve("a.safetensors");
    SafetensorsWriter.write(path, Map.of(), TENSORS);
    byte[] before = Files.readAllBytes(path);
    StoredTensor unreadable;
    try (Arena arena = Arena.ofConfined()) {
      unreadable = new StoredTensor("x", StoredType.U8, List.of(4L), arena.allocate(4));
    }
    assertThrows(
        IllegalStateException.class,
        () -> SafetensorsWriter.write(path, Map.of(), List.of(TENSORS.get(0), unreadable)));
    assertArrayEquals(before, Files.readAllBytes(path));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(path), files.toList());
    }
  }

  @Test
  void misuseGivesAClearError() {
    Path path = folder.resolve("a.safetensors");
    assertEquals(
        path + ": key=mask is given twice",
        Expect.refusal(
            IllegalArgumentException.class,
            () ->
                SafetensorsWriter.write(path, Map.of(), List.of(TENSORS.get(0), TENSORS.get(0)))));
    for (Path bad : List.of(folder.resolve("none/a.safetensors"), folder)) {
      assertEquals(
          bad + ": cannot be written: it must be a file in a folder that exists",
          Expect.refusal(
              SafetensorsException.class, () -> SafetensorsWriter.write(bad, Map.of(), TENSORS)));
    }
    assertEquals(
        "key=a: values=1 for shape=[2]; one value per element is needed",
        Expect.refusal(
            IllegalArgumentException.class,
            () -> StoredTensor.of("a", StoredType.F32, List.of(2L), 1)));
    assertEquals(
        "key=a: bytes=7, but F32[2] has 8",
        Expect.refusal(
            IllegalArgumentException.class,
            () ->
                new StoredTensor(
                    "a", StoredType.F32, List.of(2L), MemorySegment.ofArray(new byte[7]))));
    assertEquals(
        "dtype=I16 cannot be read as numbers; convert to F64, F32, BF16, F16, I64, I32 or U8",
        Expect.refusal(
            UnsupportedOperationException.class,
            () -> StoredTensor.of("a", StoredType.I16, List.of(1L), 1)));
  }
}
