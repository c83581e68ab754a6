package org.clusternet.kernels.emulator.decode;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.clusternet.kernels.emulator.syntax.Statement;
import org.clusternet.kernels.emulator.syntax.Type;

/**
 * The modifiers that each instruction may carry besides types. One that is not listed changes what
 * the instruction does in a way that nobody implemented, so it is refused.
 */
final class Modifiers {
  private static final String TABLE =
      """
      add rn rz rm rp ftz sat cc
      sub rn rz rm rp ftz sat cc
      addc cc
      subc cc
      mul rn rz rm rp ftz sat lo hi wide
      mad rn rz rm rp ftz sat lo hi wide cc
      madc lo hi cc
      mul24 lo hi
      mad24 lo
      fma rn rz rm rp ftz sat
      div rn rz rm rp ftz approx full
      rem
      abs ftz
      neg ftz
      min ftz NaN
      max ftz NaN
      rcp approx ftz rn rz rm rp
      sqrt approx ftz rn rz rm rp
      rsqrt approx ftz
      sin approx ftz
      cos approx ftz
      lg2 approx ftz
      ex2 approx ftz
      tanh approx
      copysign
      testp finite infinite number notanumber normal subnormal
      popc
      clz
      brev
      bfind shiftamt
      bfe
      bfi
      sad
      dp4a
      prmt f4e b4e rc8 ecl ecr rc16
      lop3
      shf l r wrap clamp
      shl
      shr
      and
      or
      xor
      not
      cnot
      setp eq ne lt le gt ge lo ls hi hs equ neu ltu leu gtu geu num nan and or xor ftz
      set eq ne lt le gt ge lo ls hi hs equ neu ltu leu gtu geu num nan and or xor ftz
      selp
      slct ftz
      mov
      cvt rn rz rm rp rni rzi rmi rpi ftz sat
      cvta to global shared local const param
      isspacep global shared local const param
      bra uni
      brx idx uni
      call uni
      ret uni
      exit
      trap
      brkpt
      bar sync warp red and or popc cta
      barrier sync aligned red and or popc cta
      membar gl cta sys
      fence acq_rel sc cta gpu sys
      shfl sync up down bfly idx
      vote sync all any uni ballot
      match sync any all
      activemask
      nanosleep
      prefetch global L1 L2
      prefetchu L1
      ld const global local param shared nc v2 v4 volatile weak relaxed acquire cta gpu sys ca cg cs lu cv L1 L2 evict_first evict_last evict_normal no_allocate evict_unchanged 64B 128B 256B
      ldu global v2 v4
      st global local param shared v2 v4 volatile weak relaxed release cta gpu sys wb cg cs wt L1 evict_first evict_last evict_normal no_allocate evict_unchanged
      atom global shared add min max inc dec and or xor exch cas relaxed acquire release acq_rel cta gpu sys
      red global shared add min max inc dec and or xor relaxed release cta gpu sys
      """;

  private static final Map<String, Set<String>> ALLOWED = new HashMap<>();

  static {
    for (String line : TABLE.lines().toList()) {
      String[] words = line.strip().split(" ");
      ALLOWED.put(words[0], Set.of(words));
    }
  }

  private Modifiers() {}

  static void check(Statement.Code code) {
    Set<String> allowed = ALLOWED.get(code.opcode());
    if (allowed == null) {
      throw DecodeException.unknown(code);
    }
    for (String modifier : code.modifiers()) {
      if (!allowed.contains(modifier) && Type.of(modifier).isEmpty()) {
        throw DecodeException.unknown(code);
      }
    }
  }
}
