package org.clusternet.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.clusternet.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no image: each gives one line that names the file. */
class FitsBadInputTest {
  @TempDir Path folder;

  private String error(Path file) {
    String message = assertThrows(DataException.class, () -> FitsFile.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    assertFalse(message.contains("\n"), message);
    return message.substring((file + ": ").length());
  }

  private String error(byte[] bytes) {
    return error(FitsBytes.write(folder.resolve("bad.fits"), bytes));
  }

  @Test
  void missingFileIsNamed() {
    assertEquals("no such file; check the path", error(folder.resolve("missing.fits")));
  }

  @Test
  void folderInsteadOfFileIsRefused() {
    assertEquals("is a folder; name a FITS file", error(folder));
  }

  @Test
  void filesOfOtherFormatsAreRefused() {
    String notFits = "is not a FITS file: it does not begin with \"SIMPLE  =\"; convert it to FITS";
    assertEquals(notFits, error(new byte[0]));
    assertEquals(notFits, error(new byte[10_000]));
    assertEquals(notFits, error("x,y\n1,2\n".repeat(2000).getBytes(StandardCharsets.UTF_8)));
    assertEquals(notFits, error(FitsBytes.gzip("no image".getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void cubeIsRefusedWithRemedy() {
    byte[] cube = FitsBytes.primary(-32, 4, 3, 2).data(new float[24]).bytes();
    assertEquals(
        "has no 2-D image, only HDU 0 (image, axes=4 x 3 x 2, BITPIX=-32); cut out one plane or sum"
            + " over the further axes",
        error(cube));
  }

  @Test
  void fileWithoutImageIsRefused() {
    byte[] events = FitsBytes.primary(8).data(new byte[0]).table("EVENTS", 10).bytes();
    assertEquals(
        "has no 2-D image and no event list with columns X and Y; the file holds HDU 0 (no data),"
            + " HDU 1 EVENTS (BINTABLE)",
        error(events));
    byte[] spectrum = FitsBytes.primary(16, 5).data(new short[5]).bytes();
    assertTrue(error(spectrum).contains("HDU 0 (image, axes=5, BITPIX=16)"));
  }

  @Test
  void missingOrUnsuitableHduIsNamed() {
    Path file =
        FitsBytes.primary(8).data(new byte[0]).table("EVENTS", 10).write(folder.resolve("t.fits"));
    DataException none = assertThrows(DataException.class, () -> FitsFile.read(file, "SCI"));
    assertEquals(
        file
            + ": has no hdu=SCI; the file holds HDU 0 (no data), HDU 1 EVENTS (BINTABLE); give an"
            + " EXTNAME or a number from 0",
        none.getMessage());
    DataException table = assertThrows(DataException.class, () -> FitsFile.read(file, "events"));
    assertEquals(
        file + ": HDU 1 EVENTS (BINTABLE) is not a 2-D image; name another HDU",
        table.getMessage());
  }

  @Test
  void malformedHeadersAreNamed() {
    assertTrue(
        error(FitsBytes.primary(12, 2, 2).data(new byte[6]).bytes())
            .startsWith("malformed FITS header of HDU 0: BITPIX=12 is none of"));
    assertTrue(
        error(FitsBytes.primary(8, -2, 2).data(new byte[4]).bytes())
            .startsWith("malformed FITS header of HDU 0: axes=-2 x 2 are not"));
    byte[] words = FitsBytes.primary(16, 2, 1).text("BSCALE", "two").data(new short[2]).bytes();
    assertTrue(
        error(words).startsWith("malformed FITS header of HDU 0: BSCALE=two is not a number"));
    byte[] noAxes = FitsBytes.primary(8, 2, 2).data(new byte[4]).bytes();
    byte[] blank = new byte[80];
    Arrays.fill(blank, (byte) ' ');
    System.arraycopy(blank, 0, noAxes, 4 * 80, 80);
    assertTrue(error(noAxes).contains("axes=2 x -1 are not all given"));
  }

  @Test
  void axesTooLargeForTheFileAreReportedAsTruncated() {
    byte[] huge = FitsBytes.primary(-64, 2_000_000_000, 2_000_000_000).data(new byte[9]).bytes();
    assertTrue(error(huge).startsWith("truncated FITS file, the data of HDU 0"), error(huge));
    assertTrue(error(FitsBytes.gzip(huge)).startsWith("truncated FITS file, the data of HDU 0"));
  }

  @Test
  void everyPrefixOfAFileIsRefused() {
    FitsBytes bytes = FitsBytes.primary(8).data(new byte[0]).table("EVENTS", 10);
    byte[] whole = bytes.extension("SCI", 16, 30, 20).data(new short[600]).bytes();
    int complete = whole.length - FitsBytes.BLOCK + 1200;
    for (int length = 0; length < complete; length += length < 200 ? 1 : 79) {
      error(Arrays.copyOf(whole, length));
    }
    String last = error(Arrays.copyOf(whole, complete - 1));
    assertEquals(
        "truncated FITS file, the data of HDU 2 SCI (image, axes=30 x 20, BITPIX=16) need"
            + " bytes=1200 and the file ends before; copy or download it again",
        last);
    Path unpadded =
        FitsBytes.write(folder.resolve("unpadded.fits"), Arrays.copyOf(whole, complete));
    assertArrayEquals(new double[600], FitsFile.read(unpadded).pixels());
  }

  @Test
  void everyPrefixOfAGzipFileIsRefused() {
    short[] noise = new short[600];
    Random random = new Random(1);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (short) random.nextInt();
    }
    byte[] zipped = FitsBytes.gzip(FitsBytes.primary(16, 30, 20).data(noise).bytes());
    for (int length = 2; length < zipped.length; length += 7) {
      String message = error(Arrays.copyOf(zipped, length));
      assertTrue(message.startsWith("truncated FITS file"), length + " " + message);
    }
    assertTrue(error(Arrays.copyOf(zipped, zipped.length - 1)).startsWith("truncated FITS file"));
  }

  @Test
  void flippedBitsOfAGzipFileAreDetected() {
    byte[] zipped = FitsBytes.gzip(FitsBytes.primary(16, 30, 20).data(new short[600]).bytes());
    byte[] flipped = zipped.clone();
    flipped[zipped.length - 6] ^= 0x10;
    assertTrue(error(flipped).startsWith("damaged compressed file"), error(flipped));
  }

  @Test
  void damagedHeadersNeverThrowAnythingButDataException() throws IOException {
    byte[] whole =
        FitsBytes.primary(16, 6, 5)
            .card("BZERO", "32768")
            .card("BLANK", "3")
            .text("OBJECT", "A85")
            .data(new short[30])
            .bytes();
    Path file = folder.resolve("fuzz.fits");
    Random random = new Random(20250601);
    int refused = 0;
    for (int trial = 0; trial < 3000; trial++) {
      byte[] damaged = whole.clone();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        int at = 9 + random.nextInt(9 * 80 - 9);
        damaged[at] =
            random.nextBoolean() ? (byte) random.nextInt(256) : (byte) ('0' + random.nextInt(10));
      }
      Files.write(file, damaged);
      try {
        Image image = FitsFile.read(file);
        assertEquals(image.width() * image.height(), image.pixels().length);
      } catch (DataException e) {
        refused++;
        assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
      }
    }
    assertTrue(refused > 100, "refused=" + refused);
  }
}
