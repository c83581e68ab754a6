package org.clusternet.data.image;

import static org.clusternet.data.image.CompressedFixtures.FILES;
import static org.clusternet.data.image.CompressedFixtures.HEIGHT;
import static org.clusternet.data.image.CompressedFixtures.WIDTH;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.clusternet.data.DataException;
import org.clusternet.data.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tile-compressed images against the pixels that CFITSIO's funpack restores (make_compressed.py),
 * to the last bit.
 */
class TileCompressedTest {
  @TempDir Path folder;

  static Stream<String> names() {
    return FILES.keySet().stream()
        .filter(n -> n.endsWith(".fits.fz"))
        .map(n -> n.replace(".fits.fz", ""))
        .filter(n -> FILES.containsKey(n + ".f64"));
  }

  private static byte[] packed(String name) {
    return CompressedFixtures.bytes(name + ".fits.fz");
  }

  private Path write(byte[] bytes) {
    return FitsBytes.write(folder.resolve("image.fits.fz"), bytes);
  }

  private static double[] expected(String name) {
    double[] expected = new double[WIDTH * HEIGHT];
    byte[] bytes = CompressedFixtures.bytes(name + ".f64");
    ByteBuffer.wrap(bytes).asDoubleBuffer().get(expected);
    return expected;
  }

  @ParameterizedTest
  @MethodSource("names")
  void pixelsAreThoseOfFunpack(String name) {
    Image image = FitsFile.read(write(packed(name)));
    assertEquals(WIDTH, image.width());
    assertEquals(HEIGHT, image.height());
    assertArrayEquals(expected(name), image.pixels());
  }

  @Test
  void everyKindOfFileIsThere() {
    assertEquals(78, names().count());
  }

  /** Against the original, since funpack moves pixels here. */
  @Test
  void nullPixelsOfNarrowTilesAreWhereTheyWere() {
    double[] original = expected("gzip1_f32_lossless");
    double[] pixels = FitsFile.read(write(packed("rice_f32_odd_nan"))).pixels();
    assertArrayEquals(original, pixels, 2);
    assertTrue(Arrays.stream(pixels).filter(Double::isNaN).count() > WIDTH);
  }

  @Test
  void keywordsAreThoseOfTheImage() {
    FitsKeywords keywords = FitsFile.open(write(packed("rice_u16"))).keywords();
    assertEquals(16, keywords.number("BITPIX").orElseThrow());
    assertEquals(WIDTH, keywords.number("NAXIS1").orElseThrow());
    assertTrue(keywords.text("XTENSION").isEmpty() && keywords.text("TTYPE1").isEmpty());
    assertTrue(keywords.text("ZCMPTYPE").isEmpty());
  }

  /** A table of one row with one tile of 3 x 2 pixels, in the column's heap. */
  private static FitsBytes tile(String coding, int bitpix, String column, byte... bytes) {
    FitsBytes table = FitsBytes.primary(8).data(new byte[0]).next("BINTABLE");
    boolean fallback = !column.equals("COMPRESSED_DATA");
    table.card("BITPIX", "8").card("NAXIS", "2").card("NAXIS1", fallback ? "16" : "8");
    table.card("NAXIS2", "1").card("PCOUNT", "" + bytes.length).card("GCOUNT", "1");
    table.card("TFIELDS", fallback ? "2" : "1").text("TTYPE1", "COMPRESSED_DATA");
    table.text("TFORM1", "1PB(0)");
    if (fallback) {
      table.text("TTYPE2", column).text("TFORM2", bitpix < 0 ? "1PE(6)" : "1PI(6)");
    }
    table.card("ZIMAGE", "T").text("ZCMPTYPE", coding).card("ZBITPIX", "" + bitpix);
    table.card("ZNAXIS", "2").card("ZNAXIS1", "3").card("ZNAXIS2", "2");
    table.card("ZTILE1", "3").card("ZTILE2", "2");
    int elements = fallback ? 6 : bytes.length;
    ByteBuffer data = ByteBuffer.allocate((fallback ? 16 : 8) + bytes.length);
    if (fallback) {
      data.putLong(0);
    }
    return table.data(data.putInt(elements).putInt(0).put(bytes).array());
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  @Test
  void numbersThatAreNotCodedAreRead() {
    byte[] shorts = {0, 1, 0, 2, -1, -1, 0, 4, 0, 5, 1, 0};
    double[] whole = {1, 2, -1, 4, 5, 256};
    byte[] reals = floats(1.5f, Float.NaN, 3, -4, 5, 6);
    double[] real = {1.5, Double.NaN, 3, -4, 5, 6};
    FitsBytes[] files = {
      tile("NOCOMPRESS", 16, "COMPRESSED_DATA", shorts),
      tile("RICE_1", 16, "UNCOMPRESSED_DATA", shorts),
      tile("NOCOMPRESS", -32, "COMPRESSED_DATA", reals),
      tile("RICE_1", -32, "UNCOMPRESSED_DATA", reals)
    };
    for (int i = 0; i < files.length; i++) {
      Image image = FitsFile.read(write(files[i].bytes()));
      assertArrayEquals(i < 2 ? whole : real, image.pixels(), "file " + i);
    }
  }

  @Test
  void integersOf64BitsAreRead() {
    long[] stored = {1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, 0};
    ByteBuffer bytes = ByteBuffer.allocate(48);
    bytes.asLongBuffer().put(stored);
    byte[] zipped = FitsBytes.gzip(bytes.array());
    Image image = FitsFile.read(write(tile("GZIP_1", 64, "COMPRESSED_DATA", zipped).bytes()));
    assertArrayEquals(Arrays.stream(stored).asDoubleStream().toArray(), image.pixels());
  }

  private String refusal(byte[] bytes) {
    Path file = write(bytes);
    String message = assertThrows(DataException.class, () -> FitsFile.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": ") && !message.contains("\n"), message);
    return message.substring((file + ": ").length());
  }

  private static byte[] edited(String name, String card, String value) {
    byte[] bytes = packed(name);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = text.indexOf(String.format(Locale.ROOT, "%-8s=", card));
    byte[] replaced =
        String.format(Locale.ROOT, "%20s ", value).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(replaced, 0, bytes, at + 10, replaced.length);
    return bytes;
  }

  @Test
  void contradictoryHeadersAreRefused() {
    String image = "HDU 1 COMPRESSED_IMAGE (tile-compressed image, axes=31 x 23, BITPIX=16): ";
    String again = "; copy or download it again";
    assertEquals(
        image + "NAXIS1=8 NAXIS2=23 do not fit tiles=46 with columns of bytes=8" + again,
        refusal(edited("rice_i16", "ZTILE1", "30")));
    assertEquals(
        image
            + "ZCMPTYPE=LZW is none of [RICE_1, GZIP_1, GZIP_2, HCOMPRESS_1, PLIO_1, NOCOMPRESS]"
            + again,
        refusal(edited("rice_i16", "ZCMPTYPE", "'LZW     '")));
    assertTrue(refusal(edited("rice_i16", "TFORM1", "'?'")).contains("TFORM1=?"));
    assertTrue(refusal(edited("rice_i16", "ZBITPIX", "12")).contains("ZBITPIX=12"));
    assertTrue(refusal(edited("rice_i16", "ZTILE2", "0")).contains("ZTILE2=0 is not positive"));
    byte[] wide = edited("rice_constant", "ZNAXIS1", "2000000000");
    assertTrue(refusal(wide).contains("2^31"), refusal(wide));
  }

  @Test
  void sizesBeyondTheCompressedBytesAreRefusedBeforeMemoryIsTaken() {
    byte[] bytes = edited("rice_constant", "ZNAXIS1", "30000000");
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    byte[] tile =
        String.format(Locale.ROOT, "%20s", "30000000").getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(tile, 0, bytes, text.indexOf("ZTILE1  =") + 10, tile.length);
    assertTrue(refusal(bytes).contains("pixels=690000000 cannot come from"), refusal(bytes));
    byte[] heap = edited("rice_i16", "PCOUNT", "2000000000");
    assertTrue(refusal(heap).startsWith("truncated FITS file"), refusal(heap));
  }

  @Test
  void everyPrefixOfAFileIsRefused() {
    for (String name : List.of("rice_i16", "gzip2_f32_dither1")) {
      byte[] whole = packed(name);
      int end = whole.length;
      while (whole[end - 1] == 0) {
        end--;
      }
      for (int length = 2880; length < end; length += 61) {
        refusal(Arrays.copyOf(whole, length));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rice_i16", "rice_u8", "gzip1_i32", "gzip2_f32_dither2", "hcomp_i16", "plio_i16"})
  void damagedTilesThrowNothingButDataException(String name) {
    byte[] whole = packed(name);
    int header = whole.length - 2880;
    Random random = new Random(20261201);
    int refused = 0;
    for (int trial = 0; trial < 60; trial++) {
      byte[] damaged = whole.clone();
      for (int n = 0; n < 8; n++) {
        damaged[header + random.nextInt(1200)] = (byte) random.nextInt(256);
      }
      Path file = write(damaged);
      try {
        assertEquals(WIDTH * HEIGHT, FitsFile.read(file).pixels().length);
      } catch (DataException e) {
        refused++;
        assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
      }
    }
    assertTrue(refused > 10, "refused=" + refused);
  }

  @Test
  void compressedImageOfTheKnownCasesIsChosenAndRead() {
    Path file = SharedData.require("cases/observations/wrong-hdu-taken/fz_then_psf.fits.gz");
    SourceImage image = FitsFile.open(file);
    assertEquals(300, image.image().width());
    assertEquals("SCI", image.keywords().text("EXTNAME").orElseThrow());
    assertTrue(Arrays.stream(image.image().pixels()).distinct().count() > 10);
    FitsFile.read(SharedData.require("cases/observations/tile-compressed/image.fits.fz"));
  }
}
