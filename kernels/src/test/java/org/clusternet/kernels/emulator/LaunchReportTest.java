package org.clusternet.kernels.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumMap;
import java.util.Map;
import org.clusternet.kernels.Arguments;
import org.clusternet.kernels.Dim;
import org.clusternet.kernels.emulator.machine.InstructionClass;
import org.junit.jupiter.api.Test;

/** The counts of a launch, for a kernel whose every instruction is known. */
class LaunchReportTest {
  private static final String PTX =
      """
      .version 6.3
      .target sm_75
      .address_size 64
      .visible .entry k(.param .u64 y)
      .maxntid 64, 1, 1
      {
        .reg .b32 %r<8>;
        .reg .f32 %f<4>;
        .reg .f64 %fd<4>;
        .reg .b64 %rd<4>;
        .reg .pred %p<4>;
        .shared .align 4 .b8 s[256];
        ld.param.u64 %rd1, [y];
        mov.u32 %r1, %tid.x;
        mov.u32 %r2, s;
        mad.lo.s32 %r3, %r1, 4, %r2;
        st.shared.u32 [%r3], %r1;
        bar.sync 0;
        setp.lt.u32 %p1, %r1, 24;
        @%p1 bra LOW;
        cvt.rn.f32.u32 %f1, %r1;
        ex2.approx.f32 %f1, %f1;
      LOW:
        add.f64 %fd1, 0d3FF0000000000000, 0d3FF0000000000000;
        vote.sync.all.pred %p2, %p1, -1;
        mov.u32 %r4, %ctaid.x;
        mad.lo.u32 %r5, %r4, 64, %r1;
        mad.wide.u32 %rd2, %r5, 4, %rd1;
        @%p1 st.global.u32 [%rd2], %r1;
        ret;
      }
      """;

  @Test
  void instructionsByClass() {
    TestDevice device = TestDevice.ofText(PTX);
    long y = device.empty(768);
    LaunchReport report = device.run("k", 3, 64, new Arguments().address(y).i32(0));
    Map<InstructionClass, Long> threads = new EnumMap<>(InstructionClass.class);
    threads.put(InstructionClass.INTEGER, 3L * 4 * 64);
    threads.put(InstructionClass.F32, 0L);
    threads.put(InstructionClass.F64, 3L * 64);
    threads.put(InstructionClass.SPECIAL, 3L * 40);
    threads.put(InstructionClass.CONVERT, 3L * 40);
    threads.put(InstructionClass.MOVE, 3L * 3 * 64);
    threads.put(InstructionClass.MEMORY, 3L * (2 * 64 + 24));
    threads.put(InstructionClass.CONTROL, 3L * (64 + 24 + 64 + 64));
    threads.put(InstructionClass.WARP, 3L * 64);
    assertEquals(threads, report.threadInstructions());
    assertEquals(6, report.warpInstructions().get(InstructionClass.F64));
    assertEquals(3, report.barriers());
    assertEquals(6, report.conditionalBranches());
    assertEquals(3, report.divergentBranches());
    assertEquals(6, report.sharedRequests());
    assertEquals(0, report.bankConflicts());
  }

  @Test
  void limitsOfTheKernelAreKept() {
    TestDevice device = TestDevice.ofText(PTX);
    Arguments arguments = new Arguments().address(device.empty(512)).i32(0);
    EmulatorException e =
        assertThrows(
            EmulatorException.class, () -> device.run("k", Dim.of(1), Dim.of(128), 0, arguments));
    assertEquals(
        "entry=k: block=Dim[x=128, y=1, z=1] is more than its .maxntid [64, 1, 1]", e.getMessage());
  }
}
