package org.clusternet.kernels.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.clusternet.kernels.Arguments;
import org.clusternet.kernels.Dim;
import org.clusternet.kernels.FillLaunch;
import org.clusternet.kernels.Launch;
import org.clusternet.kernels.Ptx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void addressesThatAreNone() {
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
  void memoryGivenOutAnewIsNotWritten() {
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

  @ParameterizedTest
  @ValueSource(
      strings = {"missing_barrier", "missing_syncwarp", "write_after_read", "global_race_in_block"})
  void racesInABlock(String entry) {
    int threads = entry.equals("missing_syncwarp") ? 32 : 128;
    long y = device.empty(4L * threads);
    device.run(entry, 1, threads, new Arguments().address(y).i32(1));
    assertFault(
        () -> device.run(entry, 1, threads, new Arguments().address(y).i32(0)),
        entry,
        "race in",
        "nothing orders them");
  }

  @Test
  void aWarpBarrierOfHalfTheLanesOrdersThemOnly() {
    long y = device.empty(128);
    device.run("partial_syncwarp", 1, 32, new Arguments().address(y).i32(7));
    assertFault(
        () -> device.run("partial_syncwarp", 1, 32, new Arguments().address(y).i32(16)),
        "race in shared memory: this read and a write by thread");
  }

  @Test
  void twoLanesWriteOneAddress() {
    long y = device.empty(256);
    assertFault(
        () -> device.run("same_address", 1, 64, new Arguments().address(y)),
        "thread (1,0,0)",
        "this write and a write by thread 0 of the same block");
  }

  @Test
  void racesBetweenBlocks() {
    long y = device.empty(4 * 256);
    device.run("race_between_blocks", 4, 64, new Arguments().address(y).i32(0));
    assertFault(
        () -> device.run("race_between_blocks", 4, 64, new Arguments().address(y).i32(1)),
        "race in global memory",
        "block (1,0,0), thread (0,0,0)",
        "thread 63 of block 0");
  }

  @Test
  void aWriteAfterOtherBlocksHaveRead() {
    long y = device.floats(1);
    long copies = device.empty(12);
    Arguments arguments = new Arguments().address(y).address(copies);
    device.run("write_after_blocks_read", 1, 1, arguments);
    assertFault(
        () -> device.run("write_after_blocks_read", 3, 1, arguments),
        "block (2,0,0)",
        "this write and a read by");
  }

  @Test
  void atomicsDoNotRaceAmongThemselvesButWithWrites() {
    long y = device.ints(0);
    device.run("atomic_and_plain", 2, 32, new Arguments().address(y).i32(1));
    assertEquals(64, device.ints(y, 1)[0]);
    assertFault(
        () -> device.run("atomic_and_plain", 2, 1, new Arguments().address(y).i32(0)),
        "this write and an atomic by thread 0 of block 0");
  }

  @Test
  void theNextLaunchIsOrderedAfterThis() {
    long y = device.empty(256);
    for (int i = 0; i < 3; i++) {
      device.run("missing_barrier", 1, 64, new Arguments().address(y).i32(1));
    }
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

  @Test
  void theLastBlockNeedsAFenceBeforeItsAtomic() {
    float[] x = new float[1000];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % 7;
    }
    float sum = 0;
    for (float each : x) {
      sum += each;
    }
    for (Optional<Long> seed : List.of(Optional.<Long>empty(), Optional.of(5L))) {
      TestDevice shuffled =
          TestDevice.of(
              new Emulator(new Emulator.Settings(Optional.of(0L), seed, 1_000_000)), "faults");
      long in = shuffled.floats(x);
      long partial = shuffled.empty(4 * 40);
      long y = shuffled.empty(4);
      for (int repeat = 0; repeat < 2; repeat++) {
        shuffled.run(
            "last_block",
            40,
            64,
            new Arguments().address(in).address(partial).address(y).i32(1000).i32(1));
        assertEquals(sum, shuffled.floats(y, 1)[0]);
      }
    }
    for (int fence : new int[] {0, 2}) {
      TestDevice fresh = TestDevice.of("faults");
      Arguments arguments =
          new Arguments()
              .address(fresh.floats(x))
              .address(fresh.empty(4 * 40))
              .address(fresh.empty(4))
              .i32(1000)
              .i32(fence);
      assertFault(
          () -> fresh.run("last_block", 40, 64, arguments),
          "race in global memory: this read and a write by thread 0 of block");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void handOverOfAWholeBlock(int mode) {
    long partial = device.empty(4 * 6 * 64);
    long y = device.empty(256);
    Arguments arguments = new Arguments().address(partial).address(y).i32(mode);
    if (mode < 2) {
      device.run("hand_over", 6, 64, arguments);
      assertArrayEquals(
          IntStream.range(0, 64).map(t -> 6 * t + 64 * 15).toArray(), device.ints(y, 64));
    } else {
      assertFault(
          () -> device.run("hand_over", 6, 64, arguments),
          "race in global memory: this read and a write by thread",
          "of block 0");
    }
  }

  @Test
  void handOverOfEachThread() {
    long partial = device.empty(4 * 6 * 64);
    long y = device.empty(4);
    device.run("hand_over_by_thread", 6, 64, new Arguments().address(partial).address(y));
    assertEquals(384 * 383 / 2, device.ints(y, 1)[0]);
  }

  @Test
  void readOnlyLoadOfWhatTheLaunchWrites() {
    long x = device.ints(new int[64]);
    long y = device.empty(512);
    device.run("read_only", 1, 64, new Arguments().address(x).address(y));
    assertFault(
        () -> device.run("read_only", 1, 64, new Arguments().address(y).address(y)),
        "ld.global.nc",
        "read-only load of memory that the same launch writes, by thread 0");
  }

  @Test
  void theOrderOfBlocksCanBeShuffled() {
    long y = device.ints(-1);
    device.run("last_writer", 16, 32, new Arguments().address(y));
    assertEquals(15, device.ints(y, 1)[0]);
    long others = 0;
    for (long seed = 0; seed < 8; seed++) {
      Emulator.Settings settings = Emulator.Settings.standard().withBlockSeed(seed);
      TestDevice shuffled = TestDevice.of(new Emulator(settings), "faults");
      long z = shuffled.ints(-1);
      shuffled.run("last_writer", 16, 32, new Arguments().address(z));
      others += shuffled.ints(z, 1)[0] != 15 ? 1 : 0;
    }
    assertTrue(others > 0);
  }
}
