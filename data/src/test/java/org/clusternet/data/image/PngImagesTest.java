package org.clusternet.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.clusternet.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PNG files laid by hand, chunk by chunk, after the PNG specification. */
class PngImagesTest {
  private static final int GREY = 0;
  private static final int COLOUR = 2;
  private static final int GREY_ALPHA = 4;

  @TempDir Path folder;

  private static byte[] png(int width, int height, int bits, int colour, byte[] lines)
      throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteBuffer head = ByteBuffer.allocate(13).putInt(width).putInt(height);
    head.put((byte) bits).put((byte) colour);
    chunk(file, "IHDR", head.array());
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (DeflaterOutputStream zip = new DeflaterOutputStream(zipped)) {
      zip.write(lines);
    }
    chunk(file, "IDAT", zipped.toByteArray());
    chunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream file, String name, byte[] data)
      throws IOException {
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(type);
    crc.update(data);
    file.write(ByteBuffer.allocate(4).putInt(data.length).array());
    file.write(type);
    file.write(data);
    file.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("a.PNG"), bytes);
  }

  @Test
  void readsEightAndSixteenBits() throws IOException {
    // Each line begins with its filter: none, then "sub" (the difference to the left).
    byte[] eight = {0, 1, 2, (byte) 255, 1, 10, 10, 10};
    Image image = ImageFile.read(write(png(3, 2, 8, GREY, eight)));
    assertEquals(3, image.width());
    assertEquals(2, image.height());
    assertArrayEquals(new double[] {1, 2, 255, 10, 20, 30}, image.pixels());
    byte[] sixteen = {0, 1, 0, (byte) 255, (byte) 255, 0, 0, 7, 0, 0};
    image = ImageFile.read(write(png(2, 2, 16, GREY, sixteen)));
    assertArrayEquals(new double[] {256, 65535, 7, 0}, image.pixels());
  }

  private String error(byte[] bytes) throws IOException {
    Path file = write(bytes);
    String message = assertThrows(DataException.class, () -> ImageFile.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    return message;
  }

  @Test
  void badFilesAreNamedWithTheRemedy() throws IOException {
    String colour = error(png(1, 1, 8, COLOUR, new byte[] {0, 1, 2, 3}));
    assertTrue(colour.contains("channels=3 bits=8; only grey PNG"), colour);
    assertTrue(error(png(1, 1, 8, GREY_ALPHA, new byte[] {0, 1, 2})).contains("channels=2"));
    assertTrue(error(png(8, 1, 1, GREY, new byte[] {0, 1})).contains("bits=1"));
    assertTrue(
        error("no image".getBytes(StandardCharsets.US_ASCII)).contains("is not a readable PNG"));
    Path gone = folder.resolve("gone.png");
    assertTrue(
        assertThrows(DataException.class, () -> ImageFile.read(gone))
            .getMessage()
            .contains("no such file"));
  }

  @Test
  void truncationIsDetected() throws IOException {
    byte[] lines = new byte[64 * 65];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = (byte) (i % 65 == 0 ? 0 : i * 31 % 251);
    }
    byte[] whole = png(64, 64, 8, GREY, lines);
    for (int length : new int[] {0, 4, 20, 40, whole.length / 2, whole.length - 30}) {
      String message = error(Arrays.copyOf(whole, length));
      assertTrue(message.contains("truncated"), message);
    }
  }
}
