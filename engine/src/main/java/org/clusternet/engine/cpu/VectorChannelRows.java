package org.clusternet.engine.cpu;

import static java.nio.ByteOrder.nativeOrder;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ChannelRows} by the Vector API. The loops are short on purpose: beyond some number of
 * vector operations in a method the compiler stops inlining them, and each becomes an object.
 */
final class VectorChannelRows implements ChannelRows {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  @Override
  public int multiple() {
    return LANES;
  }

  @Override
  public void sum(MemorySegment x, float[] sums) {
    int count = count(x);
    int c = 0;
    for (int i = 0; i < count; i += LANES) {
      load(sums, c).add(load(x, i)).intoArray(sums, c);
      c = next(c, sums.length);
    }
  }

  @Override
  public void deviations(MemorySegment x, float[] mean, float[] sums, float[] squares) {
    int count = count(x);
    int c = 0;
    for (int i = 0; i < count; i += LANES) {
      FloatVector d = load(x, i).sub(load(mean, c));
      load(sums, c).add(d).intoArray(sums, c);
      d.fma(d, load(squares, c)).intoArray(squares, c);
      c = next(c, sums.length);
    }
  }

  @Override
  public void normalise(
      MemorySegment x, MemorySegment y, float[] mean, float[] scale, float[] shift, float least) {
    int count = count(x);
    int c = 0;
    for (int i = 0; i < count; i += LANES) {
      FloatVector value = load(x, i).sub(load(mean, c)).fma(load(scale, c), load(shift, c));
      store(value.blend(least, value.compare(LT, least)), y, i);
      c = next(c, mean.length);
    }
  }

  @Override
  public void normaliseAndAdd(
      MemorySegment x,
      MemorySegment residual,
      MemorySegment y,
      float[] mean,
      float[] scale,
      float[] shift,
      float least) {
    int count = count(x);
    int c = 0;
    for (int i = 0; i < count; i += LANES) {
      FloatVector normal = load(x, i).sub(load(mean, c)).fma(load(scale, c), load(shift, c));
      FloatVector value = normal.add(load(residual, i));
      store(value.blend(least, value.compare(LT, least)), y, i);
      c = next(c, mean.length);
    }
  }

  @Override
  public void mask(MemorySegment upstream, MemorySegment y, MemorySegment masked) {
    int count = count(y);
    for (int i = 0; i < count; i += LANES) {
      store(load(upstream, i).blend(0, load(y, i).compare(LE, 0)), masked, i);
    }
  }

  @Override
  public void products(
      MemorySegment x, MemorySegment u, float[] mean, float[] sums, float[] products) {
    int count = count(x);
    int c = 0;
    for (int i = 0; i < count; i += LANES) {
      FloatVector ui = load(u, i);
      load(sums, c).add(ui).intoArray(sums, c);
      load(x, i).sub(load(mean, c)).fma(ui, load(products, c)).intoArray(products, c);
      c = next(c, mean.length);
    }
  }

  @Override
  public void gradient(
      MemorySegment x,
      MemorySegment u,
      MemorySegment dx,
      float[] mean,
      float[] scale,
      float[] offset,
      float[] slope) {
    int count = count(x);
    int c = 0;
    for (int i = 0; i < count; i += LANES) {
      FloatVector along = load(x, i).sub(load(mean, c)).mul(load(slope, c));
      store(load(u, i).sub(load(offset, c)).sub(along).mul(load(scale, c)), dx, i);
      c = next(c, mean.length);
    }
  }

  private static int count(MemorySegment x) {
    return Math.toIntExact(x.byteSize() / Float.BYTES);
  }

  private static int next(int channel, int channels) {
    int following = channel + LANES;
    return following == channels ? 0 : following;
  }

  private static FloatVector load(float[] array, int i) {
    return FloatVector.fromArray(SPECIES, array, i);
  }

  private static FloatVector load(MemorySegment memory, int i) {
    return FloatVector.fromMemorySegment(SPECIES, memory, (long) i * Float.BYTES, nativeOrder());
  }

  private static void store(FloatVector value, MemorySegment memory, int i) {
    value.intoMemorySegment(memory, (long) i * Float.BYTES, nativeOrder());
  }
}
