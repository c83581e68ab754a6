package org.clusternet.kernels.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.clusternet.kernels.Arguments;
import org.clusternet.kernels.Dim;
import org.clusternet.kernels.FillLaunch;
import org.clusternet.kernels.Launch;
import org.clusternet.kernels.Ptx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every planted fault is found, and named by kernel, thread and instruction. */
class FaultTest {
  private final TestDevice device = TestDevice.of("faults");

  private static void assertFault(Executable run, String... parts) {
    String message = assertThrows(EmulatorException.class, run).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), "'" + part + "' in: " + message);
    }
  }

  @Test
  void readBeyondTheEnd() {
    long x = device.floats(new float[100]);
    long y = device.empty(101 * Float.BYTES);
    assertFault(
        () -> device.run("off_by_one", 2, 64, new Arguments().address(x).address(y).i32(100)),
        "off_by_one",
        "block (1,0,0), thread (36,0,0)",
        "ld.global",
        "line",
        "out of bounds, offset=400 of the allocation of 400 bytes");
  }

  @Test
  void writeBeyondTheEnd() {
    long x = device.floats(new float[101]);
    long y = device.empty(100 * Float.BYTES);
    assertFault(
        () -> device.run("off_by_one", 2, 64, new Arguments().address(x).address(y).i32(100)),
        "thread (36,0,0)",
        "st.global",
        "out of bounds");
    device.run("off_by_one", 2, 64, new Arguments().address(x).address(y).i32(99));
  }

  @Test
  void readsOfInvalidAddressesAreFaults() {
    long y = device.empty(400);
    assertFault(
        () -> device.run("off_by_one", 1, 32, new Arguments().address(0).address(y).i32(9)),
        "0x0, which is no device memory");
  }

  @Test
  void useAfterFree() {
    long x = device.floats(new float[64]);
    long y = device.empty(256);
    device.memory().free(x);
    assertFault(
        () -> device.run("off_by_one", 1, 64, new Arguments().address(x).address(y).i32(63)),
        "use after free",
        "thread (0,0,0)");
    assertFault(() -> device.memory().free(x), "second free");
    assertFault(() -> device.memory().free(y + 4), "no allocation begins at");
  }

  @Test
  void globalMemoryNeverWritten() {
    long x = device.empty(256);
    long y = device.empty(256);
    device.memory().fill(x, 128, (byte) 0);
    assertFault(
        () -> device.run("off_by_one", 1, 64, new Arguments().address(x).address(y).i32(63)),
        "thread (32,0,0)",
        "never written: offset=128");
  }

  @Test
  void reallocatedMemoryCountsAsUnwritten() {
    long x = device.floats(new float[64]);
    long y = device.empty(256);
    device.memory().markUninitialised(x + 16, 4);
    assertFault(
        () -> device.run("off_by_one", 1, 64, new Arguments().address(x).address(y).i32(63)),
        "thread (4,0,0)",
        "never written");
  }

  @Test
  void copiesKeepWhatIsNotWritten() {
    long from = device.empty(64);
    long to = device.floats(new float[16]);
    device.memory().fill(from, 8, (byte) 1);
    device.memory().copy(from, to, 32);
    assertArrayEquals(new int[] {0x01010101, 0x01010101}, device.ints(to, 2));
    assertFault(() -> device.ints(to, 3), "byte 8", "never written");
    assertArrayEquals(new int[8], device.ints(to + 32, 8));
  }

  @Test
  void beyondAnArrayInSharedMemory() {
    long y = device.empty(256);
    device.run("shared_bounds", 1, 64, new Arguments().address(y).i32(0));
    assertFault(
        () -> device.run("shared_bounds", 1, 64, new Arguments().address(y).i32(1)),
        "thread (63,0,0)",
        "shared memory out of bounds",
        "of 256 bytes");
  }

  @Test
  void beyondDynamicSharedMemory() {
    long y = device.empty(128);
    Arguments good = new Arguments().address(y).i32(0);
    device.run("dynamic_bounds", Dim.of(1), Dim.of(32), 128, good);
    Arguments bad = new Arguments().address(y).i32(1);
    assertFault(
        () -> device.run("dynamic_bounds", Dim.of(1), Dim.of(32), 128, bad),
        "thread (31,0,0)",
        "'dynamic shared memory' of 128 bytes");
  }

  @Test
  void beyondALocalArray() {
    long good = device.ints(7, 6, 5, 4, 3, 2, 1, 0);
    long y = device.empty(32);
    device.run("local_bounds", 1, 8, new Arguments().address(good).address(y));
    assertArrayEquals(new int[] {0, 3, 6, 9, 12, 15, 18, 21}, device.ints(y, 8));
    long bad = device.ints(7, 6, 5, 4, 3, 2, 1, 8);
    assertFault(
        () -> device.run("local_bounds", 1, 8, new Arguments().address(bad).address(y)),
        "thread (7,0,0)",
        "local memory out of bounds");
  }

  @Test
  void localAndSharedMemoryNeverWritten() {
    int[] at = IntStream.range(0, 16).toArray();
    long x = device.ints(at);
    long y = device.empty(256);
    device.run("uninitialised_local", 1, 16, new Arguments().address(x).address(y).i32(16));
    assertFault(
        () ->
            device.run("uninitialised_local", 1, 16, new Arguments().address(x).address(y).i32(15)),
        "thread (15,0,0)",
        "local memory never written");
    device.run("uninitialised_shared", 1, 64, new Arguments().address(y).i32(64));
    assertFault(
        () -> device.run("uninitialised_shared", 1, 64, new Arguments().address(y).i32(40)),
        "thread (40,0,0)",
        "shared memory never written: offset=160");
  }

  @Test
  void misalignedVector() {
    long x = device.floats(new float[64]);
    long y = device.empty(128);
    device.run("misaligned_vector", 1, 8, new Arguments().address(x).address(y).i32(4));
    assertFault(
        () -> device.run("misaligned_vector", 1, 8, new Arguments().address(x).address(y).i32(2)),
        "thread (0,0,0)",
        "ld.global.v4",
        "misaligned access: 16 bytes");
  }

  @Test
  void divergentBarrier() {
    long y = device.empty(4 * 64);
    assertFault(
        () -> device.run("divergent_barrier", 1, 64, new Arguments().address(y).i32(20)),
        "divergent barrier",
        "lanes");
    assertFault(
        () -> device.run("divergent_barrier", 1, 64, new Arguments().address(y).i32(32)),
        "divergent barrier: other warps of the block wait at");
    device.run("divergent_barrier", 1, 64, new Arguments().address(y).i32(64));
  }

  @Test
  void shuffleFromALaneThatTakesNoPart() {
    long y = device.empty(128);
    device.run("inactive_shuffle", 1, 32, new Arguments().address(y).i32(32));
    assertFault(
        () -> device.run("inactive_shuffle", 1, 32, new Arguments().address(y).i32(20)),
        "thread (19,0,0)",
        "shfl.sync",
        "shuffle from lane 20, which takes no part");
  }

  @Test
  void shuffleThatLanesNeverReach() {
    long y = device.empty(128);
    assertFault(
        () -> device.run("shuffle_waits_for_ever", 1, 32, new Arguments().address(y).i32(20)),
        "shfl.sync",
        "never come");
  }

  @Test
  void laneOutsideItsOwnMask() {
    long y = device.empty(128);
    assertFault(
        () -> device.run("not_in_its_mask", 1, 32, new Arguments().address(y).i32(0x7fffffff)),
        "thread (31,0,0)",
        "not in the member mask 0x7fffffff");
  }

  @Test
  void endlessLoop() {
    TestDevice short1 =
        TestDevice.of(
            new Emulator(Emulator.Settings.standard().withInstructionLimit(10_000)), "faults");
    long y = short1.ints(0);
    assertFault(
        () -> short1.run("endless", 1, 1, new Arguments().address(y)),
        "endless loop",
        "10000 instructions");
  }

  @Test
  void unknownInstructionsAreNamed() {
    String ptx =
        """
        .version 6.3
        .target sm_75
        .address_size 64
        .visible .entry k()
        {
          .reg .b32 %%r<4>;
          %s
          ret;
        }
        """;
    assertFault(
        () -> TestDevice.ofText(ptx.formatted("vadd2.u32.u32.u32 %r1, %r2, %r3, %r0;")),
        "line 7",
        "unknown instruction 'vadd2.u32.u32.u32'");
    assertFault(
        () -> TestDevice.ofText(ptx.formatted("add.rna.s32 %r1, %r2, %r3;")),
        "unknown instruction 'add.rna.s32'");
    assertFault(
        () -> TestDevice.ofText(ptx.formatted("add.s32 %r1, %r2, %r9;")), "unknown name '%r9'");
    assertFault(() -> TestDevice.ofText(ptx.formatted("add.s32 %r1, %r2")), "line 8");
  }

  @Test
  void argumentsThatDoNotFit() throws Exception {
    Emulator emulator = new Emulator();
    PtxModule module = emulator.load(Ptx.text("fill"));
    long y = emulator.memory().allocate(64);
    assertFault(
        () -> emulator.launch(module, new OneArgument(y)), "fill_8 takes 3 arguments, not 1");
    assertFault(
        () -> emulator.launch(module, new FillLaunch(24, y, 8, 1, Dim.of(1), Dim.of(32))),
        "entry=fill_24 is not in the module");
    assertFault(
        () ->
            emulator.launch(
                module, "fill_8", Dim.of(1), Dim.of(1), 0, new Arguments().address(y).packed()),
        "argument bytes=8 are fewer than the parameters' 24");
    assertFault(
        () -> emulator.launch(module, new FillLaunch(8, y, 8, 1, Dim.of(1), Dim.of(2048))),
        "more than 1024 threads");
  }

  private record OneArgument(long y) implements Launch {
    @Override
    public String module() {
      return "fill";
    }

    @Override
    public String entry() {
      return "fill_8";
    }

    @Override
    public Dim grid() {
      return Dim.of(1);
    }

    @Override
    public Dim block() {
      return Dim.of(32);
    }

    @Override
    public Arguments arguments() {
      return new Arguments().address(y);
    }
  }
}
