package org.clusternet.nn.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads damaged files: each is rejected by a {@link SafetensorsException} that begins with the name
 * of the file, or, where the damage happens to give a valid file, read within its bytes. Any other
 * exception or error fails the test.
 */
class SafetensorsFuzzTest {
  @TempDir private Path folder;

  private byte[] whole() throws IOException {
    Path path = folder.resolve("whole.safetensors");
    SafetensorsWriter.write(
        path,
        Map.of("epoch", "12"),
        List.of(
            StoredTensor.of(
                "conv1.weight", StoredType.F32, List.of(2L, 3L, 1L, 1L), 1, 2, 3, 4, 5, 6),
            StoredTensor.of("mask", StoredType.U8, List.of(5L), 1, 2, 3, 4, 5),
            StoredTensor.of("half", StoredType.BF16, List.of(2L), 1, 2),
            StoredTensor.of("empty", StoredType.F64, List.of(0L))));
    return Files.readAllBytes(path);
  }

  /** Whether the bytes are accepted as a file; if so, every array in it is read. */
  private boolean accepted(byte[] bytes, String what) throws IOException {
    Path path = Files.write(folder.resolve("damaged.safetensors"), bytes);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      long total = 0;
      for (StoredTensor t : file.tensors()) {
        assertEquals(t.elements() * t.type().bytes(), t.data().byteSize(), what);
        total += t.data().byteSize();
        if (t.type().isFloating() || t.type() == StoredType.U8) {
          assertEquals(t.elements(), t.values().length, what);
        }
      }
      assertTrue(total < bytes.length, what);
      return true;
    } catch (SafetensorsException e) {
      assertTrue(
          String.valueOf(e.getMessage()).startsWith(path + ": "), what + ": " + e.getMessage());
      return false;
    }
  }

  @Test
  void everyTruncationIsRejected() throws IOException {
    byte[] whole = whole();
    assertTrue(accepted(whole, "whole"));
    for (int length = 0; length < whole.length; length++) {
      String what = "truncated to " + length;
      assertTrue(!accepted(Arrays.copyOf(whole, length), what), what);
    }
  }

  @Test
  void everyFlippedBitOfLengthAndHeaderIsRejectedOrHarmless() throws IOException {
    byte[] whole = whole();
    int header = 8 + whole[0] + 256 * whole[1];
    int refused = 0;
    for (int bit = 0; bit < 8 * header; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      refused += accepted(damaged, "bit " + bit + " flipped") ? 0 : 1;
    }
    // Accepted are changed letters of a key or of the metadata, and white space: the minority.
    assertTrue(refused > 8 * header / 2, "refused " + refused + " of " + 8 * header);
  }

  @Test
  void everyReplacedByteOfTheHeaderIsRejectedOrHarmless() throws IOException {
    byte[] whole = whole();
    int header = 8 + whole[0] + 256 * whole[1];
    for (int at = 0; at < header; at++) {
      for (byte character : "{}[:,\"\\ 0-.".getBytes(UTF_8)) {
        byte[] damaged = whole.clone();
        damaged[at] = character;
        accepted(damaged, "byte " + at + " replaced by " + character);
      }
    }
  }

  @Test
  void randomBytesAreRejected() throws IOException {
    Random random = new Random(1);
    for (int trial = 0; trial < 500; trial++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (trial % 2 == 0 && bytes.length > 16) {
        Arrays.fill(bytes, 1, 8, (byte) 0);
      }
      assertTrue(!accepted(bytes, "trial " + trial), "trial " + trial);
    }
  }

  @Test
  void movedBlocksAreRejectedOrHarmless() throws IOException {
    byte[] whole = whole();
    Random random = new Random(2);
    for (int trial = 0; trial < 500; trial++) {
      byte[] damaged = whole.clone();
      int length = 1 + random.nextInt(20);
      int from = random.nextInt(whole.length - length);
      int to = random.nextInt(whole.length - length);
      System.arraycopy(whole, from, damaged, to, length);
      accepted(damaged, "trial " + trial);
    }
  }
}
