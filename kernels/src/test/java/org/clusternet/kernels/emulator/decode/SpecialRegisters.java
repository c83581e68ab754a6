package org.clusternet.kernels.emulator.decode;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.clusternet.kernels.Dim;
import org.clusternet.kernels.emulator.machine.Program.Position;
import org.clusternet.kernels.emulator.machine.Program.Special;
import org.clusternet.kernels.emulator.machine.Warp;

/** Special registers that do not change while a block runs. */
final class SpecialRegisters {
  private static final Map<String, Special> ALL = new TreeMap<>();

  static {
    triple("%ntid", Dim::x, Dim::y, Dim::z, Position::block);
    triple("%nctaid", Dim::x, Dim::y, Dim::z, Position::grid);
    ALL.put("%tid.x", p -> p.thread() % p.block().x());
    ALL.put("%tid.y", p -> p.thread() / p.block().x() % p.block().y());
    ALL.put("%tid.z", p -> p.thread() / p.block().x() / p.block().y());
    ALL.put("%ctaid.x", p -> p.blockIndex() % p.grid().x());
    ALL.put("%ctaid.y", p -> p.blockIndex() / p.grid().x() % p.grid().y());
    ALL.put("%ctaid.z", p -> p.blockIndex() / p.grid().x() / p.grid().y());
    ALL.put("%laneid", SpecialRegisters::lane);
    ALL.put("%warpid", p -> p.thread() / Warp.LANES);
    ALL.put("%nwarpid", p -> (threads(p) + Warp.LANES - 1) / Warp.LANES);
    ALL.put("%smid", p -> 0);
    ALL.put("%nsmid", p -> 1);
    ALL.put("%gridid", p -> 0);
    ALL.put("%lanemask_eq", p -> 1L << lane(p));
    ALL.put("%lanemask_lt", p -> (1L << lane(p)) - 1);
    ALL.put("%lanemask_le", p -> (2L << lane(p)) - 1);
    ALL.put("%lanemask_gt", p -> -(2L << lane(p)));
    ALL.put("%lanemask_ge", p -> -(1L << lane(p)));
    ALL.put("%dynamic_smem_size", Position::dynamicShared);
    ALL.put("WARP_SZ", p -> Warp.LANES);
  }

  private SpecialRegisters() {}

  private interface Extents {
    Dim of(Position position);
  }

  private static void triple(
      String name, ToIntFunction<Dim> x, ToIntFunction<Dim> y, ToIntFunction<Dim> z, Extents dim) {
    ALL.put(name + ".x", p -> x.applyAsInt(dim.of(p)));
    ALL.put(name + ".y", p -> y.applyAsInt(dim.of(p)));
    ALL.put(name + ".z", p -> z.applyAsInt(dim.of(p)));
  }

  private static int threads(Position p) {
    return p.block().x() * p.block().y() * p.block().z();
  }

  private static long lane(Position p) {
    return p.thread() % Warp.LANES;
  }

  static Optional<Special> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }
}
