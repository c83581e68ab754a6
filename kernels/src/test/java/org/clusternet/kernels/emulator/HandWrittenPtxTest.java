package org.clusternet.kernels.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.clusternet.kernels.Arguments;
import org.junit.jupiter.api.Test;

/**
 * PTX that compilers emit rarely: generic addresses of every space, branch tables, nested scopes.
 */
class HandWrittenPtxTest {
  private static final String HEADER = ".version 6.3\n.target sm_75\n.address_size 64\n";

  @Test
  void genericAddressesOfEverySpace() {
    String ptx =
        HEADER
            + """
            .global .align 4 .u32 data[4] = {5, 6, 7, 8};
            .global .align 8 .u64 pointer = data;
            .visible .entry k(.param .u64 y, .param .align 4 .b8 block[8])
            {
              .reg .b64 %rd<16>;
              .reg .b32 %r<16>;
              .reg .pred %p<4>;
              .local .align 8 .b8 depot[16];
              .shared .align 4 .u32 s;
              ld.param.u64 %rd1, [y];
              mov.u32 %r9, 11;
              mov.u64 %rd2, depot;
              cvta.local.u64 %rd3, %rd2;
              st.u32 [%rd3+8], %r9;
              ld.local.u32 %r1, [depot+8];
              mov.u32 %r10, s;
              cvt.u64.u32 %rd4, %r10;
              cvta.shared.u64 %rd4, %rd4;
              st.u32 [%rd4], 22;
              ld.shared.u32 %r2, [s];
              ld.global.u64 %rd5, [pointer];
              ld.u32 %r3, [%rd5+4];
              ld.param.u32 %r4, [block+4];
              isspacep.shared %p1, %rd4;
              isspacep.local %p2, %rd3;
              isspacep.global %p3, %rd5;
              and.pred %p1, %p1, %p2;
              and.pred %p1, %p1, %p3;
              isspacep.local %p2, %rd4;
              not.pred %p2, %p2;
              and.pred %p1, %p1, %p2;
              selp.u32 %r5, 1, 0, %p1;
              st.global.v2.u32 [%rd1], {%r1, %r2};
              st.global.v2.u32 [%rd1+8], {%r3, %r4};
              st.global.u32 [%rd1+16], %r5;
              exit;
            }
            """;
    TestDevice device = TestDevice.ofText(ptx);
    long y = device.empty(20);
    device.run("k", 1, 1, new Arguments().address(y).i32(33).i32(44));
    assertArrayEquals(new int[] {11, 22, 6, 44, 1}, device.ints(y, 5));
  }

  @Test
  void branchTablesAndScopes() {
    String ptx =
        HEADER
            + """
            .func (.reg .b32 %result) twice(.reg .b32 %value)
            {
              .reg .b32 %r<2>;
              shl.b32 %value, %value, 1;
              mov.b32 %result, %value;
              ret;
            }
            .visible .entry k(.param .u64 y)
            {
              .reg .b64 %rd<4>;
              .reg .b32 %r<8>;
              ld.param.u64 %rd1, [y];
              mov.u32 %r1, %tid.x;
              and.b32 %r2, %r1, 3;
            TABLE: .branchtargets A, B, C, B;
              brx.idx %r2, TABLE;
            A: mov.u32 %r3, 100; bra.uni END;
            B: { .reg .b32 %r3; mov.u32 %r3, 1; add.u32 %r4, %r3, 199; }
              mov.u32 %r3, %r4;
              bra END;
            C: call (%r3), twice, (%r1);
            END:
              activemask.b32 %r5;
              popc.b32 %r5, %r5;
              mad.lo.u32 %r3, %r5, 1000, %r3;
              mad.wide.u32 %rd2, %r1, 4, %rd1;
              st.global.u32 [%rd2], %r3;
            }
            """;
    TestDevice device = TestDevice.ofText(ptx);
    long y = device.empty(128);
    LaunchReport report = device.run("k", 1, 32, new Arguments().address(y));
    int[] expected =
        IntStream.range(0, 32)
            .map(t -> 32000 + (t % 4 == 0 ? 100 : t % 4 == 2 ? 2 * t : 200))
            .toArray();
    assertArrayEquals(expected, device.ints(y, 32));
    assertEquals(1, report.globalStores().requests());
  }

  @Test
  void callsAreExpandedButNotWithoutEnd() {
    String endless =
        HEADER
            + """
            .func f() { call f, (); ret; }
            .visible .entry k() { call f, (); ret; }
            """;
    String message =
        assertThrows(EmulatorException.class, () -> TestDevice.ofText(endless)).getMessage();
    assertTrue(message.contains("recursion"), message);
    String missing =
        HEADER
            + """
            .extern .func g();
            .visible .entry k() { call g, (); ret; }
            """;
    message = assertThrows(EmulatorException.class, () -> TestDevice.ofText(missing)).getMessage();
    assertTrue(message.contains("'g', which has no body"), message);
  }
}
