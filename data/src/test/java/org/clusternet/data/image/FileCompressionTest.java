package org.clusternet.data.image;

import static org.clusternet.data.image.CompressedFixtures.HEIGHT;
import static org.clusternet.data.image.CompressedFixtures.WIDTH;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import org.clusternet.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FITS files that bzip2, xz and compress packed as a whole. */
class FileCompressionTest {
  @TempDir Path folder;

  private Path write(byte[] bytes) {
    return FitsBytes.write(folder.resolve("image.fits"), bytes);
  }

  private String refusal(byte[] bytes) {
    Path file = write(bytes);
    String message = assertThrows(DataException.class, () -> FitsFile.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": ") && !message.contains("\n"), message);
    return message;
  }

  @ParameterizedTest
  @ValueSource(strings = {"whole.bz2", "parts.bz2", "whole.xz", "parts.xz", "whole.Z"})
  void compressedFilesAreReadByContent(String name) {
    Image image = FitsFile.read(write(CompressedFixtures.bytes(name)));
    assertEquals(WIDTH, image.width());
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        assertEquals((7 * x + 13 * y) % 251, image.at(x, y));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"whole.bz2", "whole.xz"})
  void prefixesAndFlippedBitsAreNoticed(String name) {
    byte[] whole = CompressedFixtures.bytes(name);
    for (int length = 6; length < whole.length; length += 43) {
      refusal(Arrays.copyOf(whole, length));
    }
    double[] expected = FitsFile.read(write(whole)).pixels();
    for (int at = 20; at < whole.length; at += 37) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      requireRefusedOrEqual(damaged, expected);
    }
    byte[] damaged = whole.clone();
    damaged[whole.length / 2] ^= 0x10;
    assertTrue(refusal(damaged).contains("damaged compressed file"), refusal(damaged));
  }

  /** A bit that no number depends on, such as in a table of codes that is not used, may change. */
  private void requireRefusedOrEqual(byte[] bytes, double[] expected) {
    Path file = write(bytes);
    try {
      assertArrayEquals(expected, FitsFile.read(file).pixels());
    } catch (DataException e) {
      assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    }
  }

  @Test
  void sizeThatASmallFileCannotHoldIsRefusedBeforeMemoryIsTaken() {
    String message = refusal(CompressedFixtures.bytes("bomb.bz2"));
    assertTrue(message.contains("axes=30000 x 30000"), message);
    assertTrue(message.contains("need bytes=1800000000 and the file ends before"), message);
  }
}
