package org.clusternet.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Copies and paddings of runs, by every size of access. */
class ConcatKernelTest {
  private static final Dim GRID = Dim.of(3);

  @Test
  void runsOfAnySizeAreCopiedAndPadded() {
    Gpu gpu = new Gpu();
    for (int run : new int[] {16, 8, 12, 6, 5}) {
      int rows = 7;
      byte[] x = new byte[rows * run];
      new Random(run).nextBytes(x);
      int unit = ConcatLaunch.unit(run, 48);
      long from = gpu.bytes(x);
      long y = gpu.emptyBytes(rows * 48L);
      gpu.launch(
          new ConcatLaunch.Pad(
              ConcatLaunch.unit(run, 48, 16), from, run, y, 48, 16, rows, GRID, Dim.of(32)));
      byte[] padded = gpu.readBytes(y, rows * 48);
      for (int i = 0; i < padded.length; i++) {
        int k = i % 48 - 16;
        byte expected = k >= 0 && k < run ? x[i / 48 * run + k] : 0;
        assertEquals(expected, padded[i], "run=" + run + " byte " + i);
      }
      long back = gpu.emptyBytes(x.length);
      gpu.launch(new ConcatLaunch.Copy(unit, y + 16, 48, back, run, run, rows, GRID, Dim.of(64)));
      assertArrayEquals(x, gpu.readBytes(back, x.length));
    }
  }
}
