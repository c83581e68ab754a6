package org.clusternet.data.tng;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.clusternet.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values of datasets that libhdf5 wrote (make_columns.py) are those that it reads, or the dataset
 * is refused. Row i has the value i where it was written, which is up to row 99 or everywhere.
 */
class ColumnTest {
  private static final int ROWS = 300;
  private static final int WRITTEN = 100;

  private static CutoutFile open(String name) throws URISyntaxException {
    return CutoutFile.open(
        Path.of(Objects.requireNonNull(ColumnTest.class.getResource(name)).toURI()));
  }

  private static double[] read(CutoutFile file, String name, int width) {
    double[] values = new double[ROWS * width];
    Column column = file.column(name, width);
    // In pieces of another length than the chunks.
    for (int row = 0; row < ROWS; row += 75) {
      double[] piece = new double[75 * width];
      column.read(row, 75, piece);
      System.arraycopy(piece, 0, values, row * width, piece.length);
    }
    return values;
  }

  private static double[] rows(IntToDoubleFunction value) {
    return IntStream.range(0, ROWS).mapToDouble(value).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "Part, 1.158, 100",
    "PartGzip, NaN, 100",
    "PartZero, 0, 100",
    "Never, 2.5, 0",
    "NeverChunked, 7, 0"
  })
  void rowsThatWereNeverWrittenHaveTheFillValue(String name, float fill, int written)
      throws URISyntaxException {
    try (CutoutFile file = open("columns.hdf5")) {
      // A chunk of 64 rows is written as a whole, so rows 100 to 127 of PartGzip are there: NaN
      // too.
      assertArrayEquals(rows(i -> i < written ? i : fill), read(file, name, 1));
    }
  }

  @Test
  void aChunkMayHoldSomeOfTheValuesOfARow() throws URISyntaxException {
    double[] expected = new double[3 * ROWS];
    Arrays.fill(expected, -1);
    for (int i = 0; i < WRITTEN; i++) {
      expected[3 * i] = i;
      expected[3 * i + 1] = 10 * i;
    }
    try (CutoutFile file = open("columns.hdf5")) {
      assertArrayEquals(expected, read(file, "Pairs", 3));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Whole", "Half"})
  void datasetsOfTheNewestFormatAndHalvesAreRead(String name) throws URISyntaxException {
    try (CutoutFile file = open("columns_latest.hdf5")) {
      assertEquals(205000, file.header().boxSize(), "of three equal sides");
      assertArrayEquals(rows(i -> i), read(file, name, 1));
    }
  }

  /** What jHDF cannot read is refused, with what does help: libhdf5 reads all of these. */
  @ParameterizedTest
  @CsvSource({
    "Growing, 'its chunk from row 100 on was never written, or cannot be found'",
    "Fixed, ''",
    "Masked, ''",
    "ScaleOffset, ''"
  })
  void whatTheLibraryMissesIsRefusedWithTheRemedy(String name, String reason)
      throws URISyntaxException {
    try (CutoutFile file = open("columns_latest.hdf5")) {
      String message = assertThrows(DataException.class, () -> read(file, name, 1)).getMessage();
      String start = file.path() + ": PartType0/" + name + " cannot be read: " + reason;
      assertTrue(message.startsWith(start), message);
      String end = "; rewrite the file with h5repack -f NONE, and if that fails too, get it again";
      assertTrue(message.endsWith(end), message);
    }
  }

  @Test
  void floatsOfTwoBytesThatAreNotIeeesAreRefused() throws URISyntaxException {
    try (CutoutFile file = open("columns_latest.hdf5")) {
      String message =
          assertThrows(DataException.class, () -> file.column("Bfloat", 1)).getMessage();
      assertEquals(
          file.path()
              + ": PartType0/Bfloat has floats of bytes=2 with exponent=8 mantissa=7 bits, which are"
              + " not IEEE's; write it as floats of 4 bytes",
          message);
    }
  }
}
