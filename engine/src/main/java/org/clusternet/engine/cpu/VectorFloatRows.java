package org.clusternet.engine.cpu;

import static java.nio.ByteOrder.nativeOrder;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2S;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_S2I;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Tensor;

/** {@link FloatRows} by the Vector API; the neighbours of a stretched row are gathered. */
final class VectorFloatRows implements FloatRows {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final VectorSpecies<Integer> WORDS = SPECIES.withLanes(int.class);
  private static final VectorSpecies<Short> HALVES =
      VectorSpecies.of(short.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

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
      mix(a, b, FloatVector.fromArray(SPECIES, along, k)).intoArray(stretched, k);
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
      mix(a, b, share).intoArray(blended, k);
    }
    PlainFloatRows.blend(above, below, weight, blended, whole);
  }

  private static FloatVector mix(FloatVector a, FloatVector b, FloatVector weight) {
    return a.add(weight.mul(b.sub(a)));
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
}
