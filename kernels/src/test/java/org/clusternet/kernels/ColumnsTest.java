package org.clusternet.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layouts of ResNet-18's images of 256 x 256 over an H100, and of odd matrices. */
class ColumnsTest {
  private static final int MULTIPROCESSORS = 132;
  private static final int THREADS = 256;

  /** Blocks that run at once with the registers of batch normalisation. */
  private static final int RESIDENT =
      (int) (MULTIPROCESSORS * 2048 / THREADS * BatchNormLaunch.OCCUPANCY);

  @ParameterizedTest
  @CsvSource({"64, 128", "64, 64", "128, 32", "256, 16", "512, 8"})
  void everyImageOfTheNetworkFillsTheGpu(int channels, int side) {
    for (int batch : new int[] {32, 64}) {
      for (Element element : new Element[] {Element.F32, Element.BF16}) {
        long rows = (long) batch * side * side;
        Columns c = Columns.of(rows, channels, element.lanes(), THREADS, RESIDENT);
        assertTrue(c.grid().count() >= MULTIPROCESSORS, c.toString());
        assertTrue(c.grid().count() <= RESIDENT, c.toString());
        assertTrue((long) c.columns() * c.lanes() * c.slabs() == channels, c.toString());
        long image = rows * channels * element.bytes();
        long partial = 8L * c.splits() * channels;
        assertTrue(partial * 4 <= image, c.toString());
        assertTrue(image < 16 << 20 || partial * 40 <= image, c.toString());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1000000, 1, 1", "3, 7, 1", "50, 1000, 1", "8, 264, 8", "2, 8, 8"})
  void everyChannelAndRowHasAThread(long rows, long channels, int lanes) {
    for (int threads : Checks.BLOCKS) {
      Columns c = Columns.of(rows, channels, lanes, threads, 500);
      assertTrue((long) c.slabs() * c.columns() * c.lanes() >= channels, c.toString());
      assertTrue(Integer.bitCount(c.columns()) == 1 && c.columns() <= 32, c.toString());
      assertEquals(threads, c.rowLanes() * c.columns(), c.toString());
      assertTrue(c.splits() >= 1 && (long) (c.splits() - 1) * c.rowLanes() < rows, c.toString());
    }
  }

  @Test
  void vectorsNeedWholeRunsAtMultiplesOf16Bytes() {
    assertEquals(8, Element.BF16.lanes(64, 256, 0, 512));
    assertEquals(1, Element.BF16.lanes(60, 256));
    assertEquals(1, Element.BF16.lanes(64, 256, 264));
    assertEquals(4, Element.F32.lanes(60, 16));
    assertEquals(1, Element.F32.lanes(64, 260));
  }
}
