package org.clusternet.engine.cpu;

import static java.nio.ByteOrder.nativeOrder;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_S2I;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The Vector API at the machine's preferred width. */
final class VectorSimd implements Simd {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private static final VectorSpecies<Integer> WORDS = SPECIES.withLanes(int.class);
  private static final VectorSpecies<Short> HALVES =
      VectorSpecies.of(short.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

  private final ScalarSimd tail = new ScalarSimd();
  private final FloatRows floatRows = new VectorFloatRows();
  private final ChannelRows channelRows = new VectorChannelRows();

  @Override
  public void add(MemorySegment y, MemorySegment x, long from, long to) {
    long i = from;
    for (; i + LANES <= to; i += LANES) {
      load(y, i).add(load(x, i)).intoMemorySegment(y, i * Float.BYTES, nativeOrder());
    }
    tail.add(y, x, i, to);
  }

  @Override
  public void adam(
      MemorySegment p,
      MemorySegment g,
      MemorySegment m,
      MemorySegment v,
      long from,
      long to,
      AdamCoefficients c) {
    long i = from;
    for (; i + LANES <= to; i += LANES) {
      FloatVector gi = load(g, i);
      FloatVector mi = load(m, i).mul(c.beta1()).add(gi.mul(c.gain1()));
      FloatVector vi = load(v, i).mul(c.beta2()).add(gi.mul(gi).mul(c.gain2()));
      mi.intoMemorySegment(m, i * Float.BYTES, nativeOrder());
      vi.intoMemorySegment(v, i * Float.BYTES, nativeOrder());
      FloatVector step = mi.mul(c.rate()).div(vi.mul(c.correction()).sqrt().add(c.epsilon()));
      load(p, i).sub(step).intoMemorySegment(p, i * Float.BYTES, nativeOrder());
    }
    tail.adam(p, g, m, v, i, to, c);
  }

  private static FloatVector load(MemorySegment memory, long i) {
    return FloatVector.fromMemorySegment(SPECIES, memory, i * Float.BYTES, nativeOrder());
  }

  @Override
  public void widen(MemorySegment x, MemorySegment y, long from, long to) {
    long i = from;
    for (; i + LANES <= to; i += LANES) {
      ShortVector halves = ShortVector.fromMemorySegment(HALVES, x, i * Short.BYTES, nativeOrder());
      ((IntVector) halves.convertShape(ZERO_EXTEND_S2I, WORDS, 0))
          .lanewise(LSHL, 16)
          .intoMemorySegment(y, i * Float.BYTES, nativeOrder());
    }
    tail.widen(x, y, i, to);
  }

  @Override
  public void narrow(MemorySegment x, MemorySegment y, long from, long to) {
    long i = from;
    for (; i + LANES <= to; i += LANES) {
      IntVector bits = IntVector.fromMemorySegment(WORDS, x, i * Float.BYTES, nativeOrder());
      VectorFloatRows.rounded(bits).intoMemorySegment(y, i * Short.BYTES, nativeOrder());
    }
    tail.narrow(x, y, i, to);
  }

  @Override
  public FloatRows floatRows() {
    return floatRows;
  }

  @Override
  public Optional<ChannelRows> channelRows() {
    return Optional.of(channelRows);
  }

  @Override
  public String describe() {
    return "Vector API " + SPECIES.vectorBitSize() + " bit";
  }
}
