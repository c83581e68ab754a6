package org.clusternet.engine.cpu.winograd;

import static java.nio.ByteOrder.nativeOrder;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What the transforms of {@link WinogradRows} by the Vector API have in common. What a call touches
 * is checked against the bounds once, here; the loops then go by address, for with a check at each
 * of their many accesses they take several times as long. All addresses and distances between them
 * are in bytes.
 */
abstract class VectorWinogradRows implements WinogradRows {
  static final int WIDTH = FloatVector.SPECIES_PREFERRED.vectorByteSize();
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** All memory, by address: a constant whose bounds the compiler need not look up. */
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private final int outputs;

  VectorWinogradRows(int outputs) {
    this.outputs = outputs;
  }

  @Override
  public final int outputs() {
    return outputs;
  }

  @Override
  public final int multiple() {
    return SPECIES.length();
  }

  @Override
  public final void input(
      MemorySegment x, int at, int row, int channels, MemorySegment planes, int to, int plane) {
    long first = window(x, at, row, inputs(), channels);
    long v = planes(planes, to, plane, channels);
    input(first, bytes(row), channels * Float.BYTES, v, bytes(plane));
  }

  /** Transforms pixels of {@code pixel} bytes, the first at {@code x}. */
  abstract void input(long x, long row, int pixel, long v, long plane);

  @Override
  public final void output(
      MemorySegment planes, int from, int plane, MemorySegment y, int at, int row, int channels) {
    long m = planes(planes, from, plane, channels);
    long first = window(y, at, row, outputs, channels);
    output(m, bytes(plane), first, bytes(row), channels * Float.BYTES);
  }

  /** Writes pixels of {@code pixel} bytes, the first to {@code y}. */
  abstract void output(long m, long plane, long y, long row, int pixel);

  @Override
  public final void outputGradient(
      MemorySegment dy, int at, int row, int channels, MemorySegment planes, int to, int plane) {
    long first = window(dy, at, row, outputs, channels);
    long dm = planes(planes, to, plane, channels);
    outputGradient(first, bytes(row), channels * Float.BYTES, dm, bytes(plane));
  }

  /** Transforms pixels of {@code pixel} bytes, the first at {@code dy}. */
  abstract void outputGradient(long dy, long row, int pixel, long dm, long plane);

  @Override
  public final void weights(
      MemorySegment w, int at, int step, int count, MemorySegment planes, int to, int plane) {
    taps(w, at, step, count);
    long u = planes(planes, to, plane, count);
    weights(w.address() + bytes(at), bytes(step), count * Float.BYTES, u, bytes(plane));
  }

  /** Transforms 3 x 3 taps of {@code size} bytes, the first at {@code w}. */
  abstract void weights(long w, long tap, int size, long u, long plane);

  @Override
  public final void weightGradient(
      MemorySegment planes, int from, int plane, MemorySegment dw, int at, int step, int count) {
    taps(dw, at, step, count);
    long du = planes(planes, from, plane, count);
    weightGradient(du, bytes(plane), dw.address() + bytes(at), bytes(step), count * Float.BYTES);
  }

  /** Writes 3 x 3 taps of {@code size} bytes, the first to {@code dw}. */
  abstract void weightGradient(long du, long plane, long dw, long tap, int size);

  /** The address of a window of {@code size} by {@code size} pixels that lies in the memory. */
  private static long window(MemorySegment memory, int at, int row, int size, int channels) {
    return address(memory, at, (size - 1L) * row + (long) size * channels);
  }

  /** The address of the first of all planes, which lie in the memory. */
  private long planes(MemorySegment memory, int at, int plane, int count) {
    return address(memory, at, (planes() - 1L) * plane + count);
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

  static FloatVector load(long address) {
    return FloatVector.fromMemorySegment(SPECIES, ALL, address, nativeOrder());
  }

  static void store(FloatVector vector, long address) {
    vector.intoMemorySegment(ALL, address, nativeOrder());
  }

  /** The same number in all lanes. */
  static FloatVector all(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}
