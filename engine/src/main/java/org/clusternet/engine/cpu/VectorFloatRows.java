package org.clusternet.engine.cpu;

import static java.nio.ByteOrder.nativeOrder;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2S;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_S2I;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Tensor;

/**
 * {@link FloatRows} by the Vector API; the neighbours of a stretched row are gathered.
 * Interpolation is written out twice: a method of vectors that the JIT has compiled by itself first
 * is not inlined any more, and each of its vectors becomes an object.
 */
final class VectorFloatRows implements FloatRows {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final VectorSpecies<Integer> WORDS = SPECIES.withLanes(int.class);
  private static final VectorShape HALF = VectorShape.forBitSize(SPECIES.vectorBitSize() / 2);
  private static final VectorSpecies<Short> HALVES = VectorSpecies.of(short.class, HALF);
  private static final VectorSpecies<Float> HALF_FLOATS = VectorSpecies.of(float.class, HALF);
  private static final VectorSpecies<Double> DOUBLES = SPECIES.withLanes(double.class);

  @Override
  public void read(Tensor tensor, long position, float[] row, int count) {
    if (tensor.dtype() == DType.F32) {
      PlainFloatRows.copy(tensor.memory(), position, row, count);
    } else {
      widen(tensor.memory(), position, row, count);
    }
  }

  private static void widen(MemorySegment memory, long position, float[] row, int count) {
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      ShortVector halves =
          ShortVector.fromMemorySegment(
              HALVES, memory, (position + i) * Short.BYTES, nativeOrder());
      ((IntVector) halves.convertShape(ZERO_EXTEND_S2I, WORDS, 0))
          .lanewise(LSHL, 16)
          .reinterpretAsFloats()
          .intoArray(row, i);
    }
    PlainFloatRows.widen(memory, position, row, whole, count);
  }

  @Override
  public void write(float[] row, int count, Tensor tensor, long position) {
    if (tensor.dtype() == DType.F32) {
      PlainFloatRows.copy(row, count, tensor.memory(), position);
    } else {
      narrow(row, count, tensor.memory(), position);
    }
  }

  private static void narrow(float[] row, int count, MemorySegment memory, long position) {
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      rounded(FloatVector.fromArray(SPECIES, row, i).reinterpretAsInts())
          .intoMemorySegment(memory, (position + i) * Short.BYTES, nativeOrder());
    }
    PlainFloatRows.narrow(row, whole, count, memory, position);
  }

  /** The bits of the nearest BF16 values, ties to even. */
  static ShortVector rounded(IntVector bits) {
    IntVector upper = bits.lanewise(LSHR, 16);
    IntVector nearest = bits.add(upper.and(1)).add(0x7FFF).lanewise(LSHR, 16);
    VectorMask<Integer> nan = bits.and(0x7FFFFFFF).compare(GT, 0x7F800000);
    return (ShortVector) nearest.blend(upper.or(0x40), nan).convertShape(I2S, HALVES, 0);
  }

  @Override
  public void stretch(float[] source, int[] left, int step, float[] along, float[] stretched) {
    int whole = SPECIES.loopBound(stretched.length);
    for (int k = 0; k < whole; k += LANES) {
      FloatVector a = FloatVector.fromArray(SPECIES, source, 0, left, k);
      FloatVector b = FloatVector.fromArray(SPECIES, source, step, left, k);
      a.add(FloatVector.fromArray(SPECIES, along, k).mul(b.sub(a))).intoArray(stretched, k);
    }
    PlainFloatRows.stretch(source, left, step, along, stretched, whole);
  }

  @Override
  public void blend(float[] above, float[] below, float weight, float[] blended) {
    FloatVector share = FloatVector.broadcast(SPECIES, weight);
    int whole = SPECIES.loopBound(blended.length);
    for (int k = 0; k < whole; k += LANES) {
      FloatVector a = FloatVector.fromArray(SPECIES, above, k);
      FloatVector b = FloatVector.fromArray(SPECIES, below, k);
      a.add(share.mul(b.sub(a))).intoArray(blended, k);
    }
    PlainFloatRows.blend(above, below, weight, blended, whole);
  }

  /** Vectors that start {@code step} vectors apart have the same lanes in play. */
  @Override
  public float largest(float[] row, int count, int step) {
    int stride = LANES * step;
    int whole = count - count % stride;
    float[] lanes = new float[LANES];
    float largest = Float.NEGATIVE_INFINITY;
    for (int phase = 0; phase < stride; phase += LANES) {
      FloatVector best = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
      for (int i = phase; i < whole; i += stride) {
        FloatVector v = FloatVector.fromArray(SPECIES, row, i);
        best = best.blend(v, v.compare(GT, best));
      }
      best.intoArray(lanes, 0);
      int first = (step - phase % step) % step;
      largest = PlainFloatRows.largest(lanes, first, LANES, step, largest);
    }
    return PlainFloatRows.largest(row, whole, count, step, largest);
  }

  @Override
  public void products(float[] a, float[] b, int count, double[] sums) {
    if (sums.length % DOUBLES.length() != 0) {
      Arrays.fill(sums, 0);
      PlainFloatRows.products(a, b, 0, count, sums);
      return;
    }
    int whole = count - count % sums.length;
    for (int j = 0; j < sums.length; j += DOUBLES.length()) {
      DoubleVector sum = DoubleVector.zero(DOUBLES);
      for (int k = j; k < whole; k += sums.length) {
        FloatVector x = FloatVector.fromArray(HALF_FLOATS, a, k);
        FloatVector y = FloatVector.fromArray(HALF_FLOATS, b, k);
        sum = sum.add(x.convertShape(F2D, DOUBLES, 0).mul(y.convertShape(F2D, DOUBLES, 0)));
      }
      sum.intoArray(sums, j);
    }
    PlainFloatRows.products(a, b, whole, count, sums);
  }
}
