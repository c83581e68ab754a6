package org.clusternet.engine.cpu;

import static java.nio.ByteOrder.nativeOrder;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link WinogradRows} by the Vector API, a row of planes at a time: a whole tile in one loop would
 * be more vector operations than the compiler inlines, while reading a value twice from the nearest
 * cache costs little. What a call touches is checked against the bounds once; the loops then go by
 * address, for with a check at each of their many accesses they take several times as long.
 */
final class VectorWinogradRows implements WinogradRows {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.vectorByteSize();

  /** All memory, by address: a constant whose bounds the compiler need not look up. */
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  @Override
  public int multiple() {
    return SPECIES.length();
  }

  @Override
  public void input(
      MemorySegment x, int at, int row, int channels, MemorySegment planes, int to, int plane) {
    long first = window(x, at, row, INPUTS, channels);
    long rowBytes = bytes(row);
    long second = first + rowBytes;
    long third = second + rowBytes;
    long fourth = third + rowBytes;
    long v = planes(planes, to, plane, channels);
    long step = bytes(plane);
    int pixel = channels * Float.BYTES;
    inputRow(first, third, -1, pixel, v, step);
    inputRow(second, third, 1, pixel, v + 4 * step, step);
    inputRow(third, second, -1, pixel, v + 8 * step, step);
    inputRow(fourth, second, -1, pixel, v + 12 * step, step);
  }

  private static void inputRow(long a, long b, float sign, int pixel, long v, long plane) {
    for (int c = 0; c < pixel; c += WIDTH) {
      long left = a + c;
      long right = b + c;
      FloatVector t0 = load(left).add(load(right).mul(sign));
      FloatVector t1 = load(left + pixel).add(load(right + pixel).mul(sign));
      FloatVector t2 = load(left + 2L * pixel).add(load(right + 2L * pixel).mul(sign));
      FloatVector t3 = load(left + 3L * pixel).add(load(right + 3L * pixel).mul(sign));
      store(t0.sub(t2), v + c);
      store(t1.add(t2), v + plane + c);
      store(t2.sub(t1), v + 2 * plane + c);
      store(t3.sub(t1), v + 3 * plane + c);
    }
  }

  @Override
  public void output(
      MemorySegment planes, int from, int plane, MemorySegment y, int at, int row, int channels) {
    long m = planes(planes, from, plane, channels);
    long step = bytes(plane);
    long first = window(y, at, row, OUTPUTS, channels);
    int pixel = channels * Float.BYTES;
    outputRow(m, step, 1, first, pixel);
    outputRow(m + 4 * step, step, -1, first + bytes(row), pixel);
  }

  private static void outputRow(long m, long plane, float sign, long y, int pixel) {
    for (int c = 0; c < pixel; c += WIDTH) {
      long first = m + c;
      FloatVector s0 = column(first, 4 * plane, sign);
      FloatVector s1 = column(first + plane, 4 * plane, sign);
      FloatVector s2 = column(first + 2 * plane, 4 * plane, sign);
      FloatVector s3 = column(first + 3 * plane, 4 * plane, sign);
      store(s0.add(s1).add(s2), y + c);
      store(s1.sub(s2).add(s3), y + pixel + c);
    }
  }

  private static FloatVector column(long first, long row, float sign) {
    FloatVector middle = load(first + row).mul(sign);
    return load(first).add(middle).add(load(first + 2 * row));
  }

  @Override
  public void outputGradient(
      MemorySegment dy, int at, int row, int channels, MemorySegment planes, int to, int plane) {
    long top = window(dy, at, row, OUTPUTS, channels);
    long bottom = top + bytes(row);
    long dm = planes(planes, to, plane, channels);
    long step = bytes(plane);
    int pixel = channels * Float.BYTES;
    gradientRow(top, bottom, 1, 0, pixel, dm, step);
    gradientRow(top, bottom, 1, 1, pixel, dm + 4 * step, step);
    gradientRow(top, bottom, 1, -1, pixel, dm + 8 * step, step);
    gradientRow(top, bottom, 0, 1, pixel, dm + 12 * step, step);
  }

  private static void gradientRow(
      long top, long bottom, float upper, float lower, int pixel, long dm, long plane) {
    for (int c = 0; c < pixel; c += WIDTH) {
      long above = top + c;
      long below = bottom + c;
      FloatVector s0 = load(above).mul(upper).add(load(below).mul(lower));
      FloatVector s1 = load(above + pixel).mul(upper).add(load(below + pixel).mul(lower));
      store(s0, dm + c);
      store(s0.add(s1), dm + plane + c);
      store(s0.sub(s1), dm + 2 * plane + c);
      store(s1, dm + 3 * plane + c);
    }
  }

  @Override
  public void weights(
      MemorySegment w, int at, int step, int count, MemorySegment planes, int to, int plane) {
    taps(w, at, step, count);
    long first = w.address() + bytes(at);
    long u = planes(planes, to, plane, count);
    long planeBytes = bytes(plane);
    long tap = bytes(step);
    int end = count * Float.BYTES;
    weightRow(first, tap, 1, 0, 0, end, u, planeBytes);
    weightRow(first, tap, 0.5f, 0.5f, 0.5f, end, u + 4 * planeBytes, planeBytes);
    weightRow(first, tap, 0.5f, -0.5f, 0.5f, end, u + 8 * planeBytes, planeBytes);
    weightRow(first, tap, 0, 0, 1, end, u + 12 * planeBytes, planeBytes);
  }

  private static void weightRow(
      long w, long tap, float first, float second, float third, int end, long u, long plane) {
    for (int i = 0; i < end; i += WIDTH) {
      FloatVector s0 = weighted(w + i, TAPS * tap, first, second, third);
      FloatVector s1 = weighted(w + tap + i, TAPS * tap, first, second, third).mul(0.5f);
      FloatVector s2 = weighted(w + 2 * tap + i, TAPS * tap, first, second, third);
      FloatVector outer = s0.add(s2).mul(0.5f);
      store(s0, u + i);
      store(outer.add(s1), u + plane + i);
      store(outer.sub(s1), u + 2 * plane + i);
      store(s2, u + 3 * plane + i);
    }
  }

  private static FloatVector weighted(long at, long row, float first, float second, float third) {
    FloatVector upper = load(at).mul(first).add(load(at + row).mul(second));
    return upper.add(load(at + 2 * row).mul(third));
  }

  @Override
  public void weightGradient(
      MemorySegment planes, int from, int plane, MemorySegment dw, int at, int step, int count) {
    taps(dw, at, step, count);
    long first = dw.address() + bytes(at);
    long du = planes(planes, from, plane, count);
    long planeBytes = bytes(plane);
    long tap = bytes(step);
    int end = count * Float.BYTES;
    tapRow(du, planeBytes, 1, 0.5f, 0.5f, first, tap, end);
    tapRow(du, planeBytes, 0, 0.5f, -0.5f, first + TAPS * tap, tap, end);
    tapRow(du + 4 * planeBytes, planeBytes, 0.5f, 0.5f, 1, first + 2 * TAPS * tap, tap, end);
  }

  /** In two loops, as the compiler inlines only so many loads into one. */
  private static void tapRow(
      long du, long plane, float first, float second, float third, long dw, long tap, int end) {
    innerTaps(du + plane, plane, first, second, third, dw, tap, end);
    outerTaps(du, plane, first, second, third, dw, tap, end);
  }

  /** Writes the second tap, and to the first what the outer ones have in common. */
  private static void innerTaps(
      long du, long plane, float first, float second, float third, long dw, long tap, int end) {
    for (int i = 0; i < end; i += WIDTH) {
      FloatVector s1 = weighted(du + i, 4 * plane, first, second, third);
      FloatVector s2 = weighted(du + plane + i, 4 * plane, first, second, third);
      store(s1.add(s2).mul(0.5f), dw + i);
      store(s1.sub(s2).mul(0.5f), dw + tap + i);
    }
  }

  private static void outerTaps(
      long du, long plane, float first, float second, float third, long dw, long tap, int end) {
    for (int i = 0; i < end; i += WIDTH) {
      FloatVector common = load(dw + i);
      FloatVector s0 = weighted(du + i, 4 * plane, first, second, third);
      FloatVector s3 = weighted(du + 3 * plane + i, 4 * plane, first, second, third);
      store(s0.add(common), dw + i);
      store(common.add(s3), dw + 2 * tap + i);
    }
  }

  /** The address of a window of {@code size} by {@code size} pixels that lies in the memory. */
  private static long window(MemorySegment memory, int at, int row, int size, int channels) {
    return address(memory, at, (size - 1L) * row + (long) size * channels);
  }

  /** The address of the first of 16 planes that lie in the memory. */
  private static long planes(MemorySegment memory, int at, int plane, int count) {
    return address(memory, at, (PLANES - 1L) * plane + count);
  }

  /** Requires the 3 x 3 rows of weights to lie in the memory, whichever way they are turned. */
  private static void taps(MemorySegment memory, int at, int step, int count) {
    long far = (TAPS * TAPS - 1L) * step;
    address(memory, at + Math.min(0, far), Math.abs(far) + count);
  }

  private static long address(MemorySegment memory, long at, long elements) {
    Objects.checkFromIndexSize(at * Float.BYTES, elements * Float.BYTES, memory.byteSize());
    return memory.address() + at * Float.BYTES;
  }

  private static long bytes(int elements) {
    return (long) elements * Float.BYTES;
  }

  private static FloatVector load(long address) {
    return FloatVector.fromMemorySegment(SPECIES, ALL, address, nativeOrder());
  }

  private static void store(FloatVector vector, long address) {
    vector.intoMemorySegment(ALL, address, nativeOrder());
  }
}
