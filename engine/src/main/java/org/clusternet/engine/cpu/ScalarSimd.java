package org.clusternet.engine.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.clusternet.engine.tensor.DType;

/** Plain loops, for a JVM without the Vector API and for the tails of {@link VectorSimd}. */
final class ScalarSimd implements Simd {
  private final FloatRows floatRows = new PlainFloatRows();

  @Override
  public void add(MemorySegment y, MemorySegment x, long from, long to) {
    for (long i = from; i < to; i++) {
      y.setAtIndex(JAVA_FLOAT, i, y.getAtIndex(JAVA_FLOAT, i) + x.getAtIndex(JAVA_FLOAT, i));
    }
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
    for (long i = from; i < to; i++) {
      float gi = g.getAtIndex(JAVA_FLOAT, i);
      float mi = m.getAtIndex(JAVA_FLOAT, i) * c.beta1() + gi * c.gain1();
      float vi = v.getAtIndex(JAVA_FLOAT, i) * c.beta2() + gi * gi * c.gain2();
      m.setAtIndex(JAVA_FLOAT, i, mi);
      v.setAtIndex(JAVA_FLOAT, i, vi);
      float step = mi * c.rate() / ((float) Math.sqrt(vi * c.correction()) + c.epsilon());
      p.setAtIndex(JAVA_FLOAT, i, p.getAtIndex(JAVA_FLOAT, i) - step);
    }
  }

  @Override
  public void widen(MemorySegment x, MemorySegment y, long from, long to) {
    for (long i = from; i < to; i++) {
      y.setAtIndex(JAVA_FLOAT, i, DType.bf16ToFloat(x.getAtIndex(JAVA_SHORT, i)));
    }
  }

  @Override
  public void narrow(MemorySegment x, MemorySegment y, long from, long to) {
    for (long i = from; i < to; i++) {
      y.setAtIndex(JAVA_SHORT, i, DType.floatToBf16(x.getAtIndex(JAVA_FLOAT, i)));
    }
  }

  @Override
  public FloatRows floatRows() {
    return floatRows;
  }

  @Override
  public Optional<ChannelRows> channelRows() {
    return Optional.empty();
  }

  @Override
  public String describe() {
    return "plain loops (add --add-modules jdk.incubator.vector for vector instructions)";
  }
}
