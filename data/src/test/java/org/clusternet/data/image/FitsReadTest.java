package org.clusternet.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of FITS images that were laid by hand. */
class FitsReadTest {
  @TempDir Path folder;

  private Image read(FitsBytes bytes) {
    return FitsFile.read(bytes.write(folder.resolve("image.fits")));
  }

  static Stream<Arguments> everyBitpix() {
    return Stream.of(
        Arguments.of(
            FitsBytes.primary(8, 3, 2)
                .data((byte) 0, (byte) 1, (byte) 127, (byte) 128, (byte) 200, (byte) 255),
            new double[] {0, 1, 127, 128, 200, 255}),
        Arguments.of(
            FitsBytes.primary(16, 3, 2)
                .data(
                    (short) 0,
                    (short) 258,
                    (short) -2,
                    Short.MAX_VALUE,
                    Short.MIN_VALUE,
                    (short) 1),
            new double[] {0, 258, -2, 32767, -32768, 1}),
        Arguments.of(
            FitsBytes.primary(32, 3, 2)
                .data(0, 0x01020304, -2, Integer.MAX_VALUE, Integer.MIN_VALUE, 1),
            new double[] {0, 16909060, -2, 2147483647, -2147483648, 1}),
        Arguments.of(
            FitsBytes.primary(64, 3, 2)
                .data(0L, 0x0001020304050607L, -2L, 1L << 53, Long.MIN_VALUE, 1L),
            new double[] {0, 283686952306183.0, -2, 9007199254740992.0, -0x1p63, 1}),
        Arguments.of(
            FitsBytes.primary(-32, 3, 2)
                .data(0f, 1.5f, -2.25f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY),
            new double[] {0, 1.5, -2.25, 0x1p-149, Double.NaN, Double.NEGATIVE_INFINITY}),
        Arguments.of(
            FitsBytes.primary(-64, 3, 2)
                .data(0, Math.PI, -1e300, Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY),
            new double[] {0, Math.PI, -1e300, 4.9e-324, Double.NaN, Double.POSITIVE_INFINITY}));
  }

  @ParameterizedTest
  @MethodSource("everyBitpix")
  void readsEveryBitpix(FitsBytes bytes, double[] expected) {
    Image image = read(bytes);
    assertEquals(3, image.width());
    assertEquals(2, image.height());
    assertArrayEquals(expected, image.pixels());
    assertEquals(expected[5], image.at(2, 1));
    assertEquals(expected[3], image.at(0, 1));
  }

  static Stream<Arguments> unsignedConventions() {
    return Stream.of(
        Arguments.of(
            FitsBytes.primary(8, 3, 1)
                .card("BZERO", "-128.0")
                .data((byte) 0, (byte) 128, (byte) 255),
            new double[] {-128, 0, 127}),
        Arguments.of(
            FitsBytes.primary(16, 3, 1)
                .card("BZERO", "32768")
                .card("BSCALE", "1")
                .data(Short.MIN_VALUE, (short) 0, Short.MAX_VALUE),
            new double[] {0, 32768, 65535}),
        Arguments.of(
            FitsBytes.primary(32, 3, 1)
                .card("BZERO", "2147483648")
                .data(Integer.MIN_VALUE, 0, Integer.MAX_VALUE),
            new double[] {0, 2147483648.0, 4294967295.0}),
        Arguments.of(
            FitsBytes.primary(64, 6, 1)
                .card("BZERO", "9223372036854775808")
                .data(
                    Long.MIN_VALUE,
                    Long.MIN_VALUE + 5,
                    Long.MIN_VALUE + (1L << 53) - 1,
                    0L,
                    Long.MAX_VALUE,
                    1025L),
            // 2^63 + 1025 lies just above the middle of the doubles 2^63 and 2^63 + 2048.
            new double[] {0, 5, 9007199254740991.0, 0x1p63, 0x1p64, 0x1p63 + 2048}));
  }

  @ParameterizedTest
  @MethodSource("unsignedConventions")
  void readsUnsignedIntegers(FitsBytes bytes, double[] expected) {
    assertArrayEquals(expected, read(bytes).pixels());
  }

  @Test
  void unsigned64BitIntegersAreRoundedOnce() {
    Random random = new Random(9);
    long[] stored = new long[4000];
    double[] expected = new double[stored.length];
    BigInteger offset = BigInteger.ONE.shiftLeft(63);
    for (int i = 0; i < stored.length; i++) {
      // Few bits set, so that halfway cases and their neighbours are common.
      long few = 1L << random.nextInt(64);
      stored[i] = few | (1L << random.nextInt(64)) | random.nextInt(4);
      expected[i] = BigInteger.valueOf(stored[i]).add(offset).doubleValue();
    }
    FitsBytes bytes = FitsBytes.primary(64, 4000, 1).card("BZERO", "9223372036854775808");
    assertArrayEquals(expected, read(bytes.data(stored)).pixels());
  }

  @Test
  void scalesStoredValues() {
    FitsBytes integers =
        FitsBytes.primary(16, 3, 1)
            .card("BSCALE", "2.5E-1")
            .card("BZERO", "1.0D2")
            .data((short) -4, (short) 0, (short) 8);
    assertArrayEquals(new double[] {99, 100, 102}, read(integers).pixels());
    FitsBytes floats =
        FitsBytes.primary(-32, 3, 1)
            .card("BSCALE", "-2")
            .card("BZERO", "1")
            .data(0.5f, Float.NaN, 3f);
    assertArrayEquals(new double[] {0, Double.NaN, -5}, read(floats).pixels());
  }

  @Test
  void blankPixelsBecomeNaN() {
    FitsBytes shorts =
        FitsBytes.primary(16, 3, 1)
            .card("BLANK", "-32768")
            .card("BZERO", "32768")
            .data(Short.MIN_VALUE, (short) -32767, (short) 0);
    assertArrayEquals(new double[] {Double.NaN, 1, 32768}, read(shorts).pixels());
    FitsBytes bytes = FitsBytes.primary(8, 2, 1).card("BLANK", "255").data((byte) 255, (byte) 254);
    assertArrayEquals(new double[] {Double.NaN, 254}, read(bytes).pixels());
    FitsBytes longs =
        FitsBytes.primary(64, 2, 1)
            .card("BLANK", "-9223372036854775808")
            .data(Long.MIN_VALUE, Long.MIN_VALUE + 1);
    assertArrayEquals(new double[] {Double.NaN, -0x1p63}, read(longs).pixels());
  }

  @Test
  void blankIsIgnoredForFloats() {
    FitsBytes floats = FitsBytes.primary(-32, 2, 1).card("BLANK", "7").data(7f, 8f);
    assertArrayEquals(new double[] {7, 8}, read(floats).pixels());
  }

  @Test
  void acceptsFurtherAxesOfLengthOne() {
    Image image = read(FitsBytes.primary(-32, 2, 3, 1, 1).data(1f, 2f, 3f, 4f, 5f, 6f));
    assertEquals(2, image.width());
    assertEquals(3, image.height());
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, image.pixels());
  }

  @Test
  void takesTheFirstPlaneAndSkipsTheRest() {
    FitsBytes bytes =
        FitsBytes.primary(8)
            .data(new byte[0])
            .table("EVENTS", 3000)
            .extension("CUBE", 16, 2, 2, 2)
            .data(new short[8])
            .extension("SPECTRUM", -64, 500)
            .data(new double[500])
            .extension("SCI", 16, 2, 2)
            .data((short) 1, (short) 2, (short) 3, (short) 4)
            .extension("ERR", 16, 2, 1)
            .data((short) 5, (short) 6);
    assertArrayEquals(new double[] {1, 2, 3, 4}, read(bytes).pixels());
    Path file = folder.resolve("image.fits");
    assertArrayEquals(new double[] {5, 6}, FitsFile.read(file, "err").pixels());
    assertArrayEquals(new double[] {5, 6}, FitsFile.read(file, "5").pixels());
    assertArrayEquals(new double[] {1, 2, 3, 4}, FitsFile.read(file, " Sci ").pixels());
  }

  @Test
  void readsGzipByContent() {
    byte[] zipped =
        FitsBytes.gzip(
            FitsBytes.primary(8).data(new byte[0]).extension("SCI", 32, 2, 1).data(1, -1).bytes());
    for (String name : new String[] {"image.fits.gz", "image.fits", "image"}) {
      Path file = FitsBytes.write(folder.resolve(name), zipped);
      assertArrayEquals(new double[] {1, -1}, FitsFile.read(file).pixels());
    }
    Path plain = FitsBytes.primary(8, 1, 1).data((byte) 9).write(folder.resolve("plain.fits.gz"));
    assertArrayEquals(new double[] {9}, FitsFile.read(plain).pixels());
  }

  @Test
  void readsAnImageOfSeveralBlocks() {
    int width = 61;
    int height = 47;
    int[] stored = new int[width * height];
    double[] expected = new double[stored.length];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = i * 65537 - 1;
      expected[i] = stored[i];
    }
    Image image = read(FitsBytes.primary(32, width, height).data(stored));
    assertArrayEquals(expected, image.pixels());
    assertEquals((46 * 61 + 7) * 65537 - 1, image.at(7, 46));
  }
}
