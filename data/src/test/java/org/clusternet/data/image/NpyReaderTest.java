package org.clusternet.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.clusternet.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrays laid by hand, byte by byte, after NEP 1. */
class NpyReaderTest {
  @TempDir Path folder;

  private Path write(int version, String header, byte[] data) throws IOException {
    ByteBuffer file = ByteBuffer.allocate(12 + header.length() + data.length);
    file.order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x93);
    file.put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) version).put((byte) 0);
    if (version == 1) {
      file.putShort((short) header.length());
    } else {
      file.putInt(header.length());
    }
    file.put(header.getBytes(StandardCharsets.US_ASCII)).put(data);
    Path path = folder.resolve("a.npy");
    return Files.write(path, Arrays.copyOf(file.array(), file.position()));
  }

  private static String header(String descr, String shape) {
    return "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + shape + "), }   \n";
  }

  @ParameterizedTest
  @CsvSource({
    "|u1, 1", "<i2, 1", ">i2, 2", "<u2, 1", "<i4, 1", ">i4, 1", "<f4, 2", ">f4, 1", "<f8, 1",
    ">f8, 3", "|i1, 1", ">u4, 1"
  })
  void everyTypeInEitherByteOrder(String descr, int version) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(6 * (descr.charAt(2) - '0'));
    data.order(descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    boolean signed = descr.charAt(1) != 'u';
    double[] expected = {0, 1, 2, 3, 100, signed ? -5 : 250};
    for (double value : expected) {
      switch (descr.substring(1)) {
        case "u1", "i1" -> data.put((byte) value);
        case "u2", "i2" -> data.putShort((short) value);
        case "u4", "i4" -> data.putInt((int) value);
        case "f4" -> data.putFloat((float) value);
        default -> data.putDouble(value);
      }
    }
    Image image = ImageFile.read(write(version, header(descr, "2, 3"), data.array()));
    assertEquals(3, image.width());
    assertEquals(2, image.height());
    assertArrayEquals(expected, image.pixels());
  }

  private String error(Path file) {
    String message = assertThrows(DataException.class, () -> ImageFile.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    return message;
  }

  @Test
  void badFilesAreNamedWithTheRemedy() throws IOException {
    byte[] none = {};
    assertTrue(error(folder.resolve("no.npy")).contains("no such file"));
    Path text = Files.writeString(folder.resolve("t.npy"), "hello, world");
    assertTrue(error(text).contains("does not begin with \\x93NUMPY"));
    String cube = error(write(1, header("<f4", "3, 4, 4"), none));
    assertTrue(cube.contains("shape=(3, 4, 4) is not a 2-D image"), cube);
    assertTrue(error(write(1, header("<f4", "3,"), none)).contains("shape=(3,)"));
    assertTrue(error(write(1, header("<f4", "0, 3"), none)).contains("shape=(0, 3)"));
    String complex = error(write(1, header("<c8", "2, 2"), none));
    assertTrue(complex.contains("descr=<c8 is not a supported number type"), complex);
    String columns = header("<f4", "2, 2").replace("False", "True");
    assertTrue(error(write(1, columns, new byte[16])).contains("ascontiguousarray"));
    String records = header("<f4", "2, 2").replace("'<f4'", "[('a', '<f4')]");
    assertTrue(error(write(1, records, none)).contains("header without descr"));
  }

  @Test
  void truncationIsDetectedAtEveryByte() throws IOException {
    Path file = write(2, header("<f4", "2, 2"), new byte[16]);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 8; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertTrue(error(file).contains("truncated NPY file, bytes=" + length), "length=" + length);
    }
  }
}
