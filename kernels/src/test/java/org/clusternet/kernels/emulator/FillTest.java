package org.clusternet.kernels.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.clusternet.kernels.Dim;
import org.clusternet.kernels.FillLaunch;
import org.clusternet.kernels.Ptx;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The committed kernel that fills memory, at several widths and launches. */
class FillTest {

  @ParameterizedTest
  @CsvSource({"8, 1000, 3, 64", "16, 1, 1, 32", "32, 777, 5, 96", "64, 4096, 2, 1024"})
  void fillsAllAndNothingElse(int bits, int n, int blocks, int threads) throws IOException {
    Emulator emulator = new Emulator();
    PtxModule module = emulator.load(Ptx.text("fill"));
    long bytes = (long) n * bits / 8;
    long y = emulator.memory().allocate(bytes);
    long value = 0x1122334455667788L;
    LaunchReport report =
        emulator.launch(module, new FillLaunch(bits, y, n, value, Dim.of(blocks), Dim.of(threads)));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(bytes);
      emulator.memory().read(y, host);
      for (long i = 0; i < bytes; i++) {
        byte expected = (byte) (value >>> (i % (bits / 8) * 8));
        assertEquals(expected, host.get(ValueLayout.JAVA_BYTE, i));
      }
    }
    assertEquals(bytes, report.globalStores().bytes());
    assertEquals(0, report.globalLoads().requests());
  }
}
