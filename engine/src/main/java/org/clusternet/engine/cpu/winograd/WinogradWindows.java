package org.clusternet.engine.cpu.winograd;

import static org.clusternet.engine.cpu.winograd.WinogradRows.TAPS;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;

/**
 * The pixels of each tile in a channels-last F32 tensor. A window that extends beyond its image is
 * copied through a zero-padded buffer; all others are read and written in place.
 */
final class WinogradWindows {

  /** What is done to a window. */
  @FunctionalInterface
  interface Work {
    /**
     * Reads or writes a window.
     *
     * @param memory memory that contains it
     * @param at index of its first element
     * @param row number of elements from one of its rows to the next
     */
    void at(MemorySegment memory, int at, int row);
  }

  private final WinogradTiling tiling;
  private final int size;
  private final int padding;
  private final int height;
  private final int width;
  private final int channels;
  private final MemorySegment memory;
  private final MemorySegment buffer;

  private WinogradWindows(
      WinogradTiling tiling, Tensor tensor, int size, int padding, Tensor buffer) {
    this.tiling = tiling;
    this.size = size;
    this.padding = padding;
    this.height = tensor.dim(2);
    this.width = tensor.dim(3);
    this.channels = tensor.dim(1);
    this.memory = tensor.memory();
    this.buffer = buffer.memory();
  }

  /** The inputs of each tile; the buffer must hold as many pixels. */
  static WinogradWindows inputs(WinogradTiling tiling, Tensor x, Tensor buffer) {
    return new WinogradWindows(tiling, x, tiling.side() + TAPS - 1, tiling.padding(), buffer);
  }

  /** The outputs of each tile; the buffer must hold as many pixels. */
  static WinogradWindows outputs(WinogradTiling tiling, Tensor y, Tensor buffer) {
    return new WinogradWindows(tiling, y, tiling.side(), 0, buffer);
  }

  /** A buffer for each lane, of so many values. */
  static Tensor[] buffers(int lanes, Scope scratch, int values) {
    Tensor[] buffers = new Tensor[lanes];
    Arrays.setAll(buffers, lane -> WinogradPlanes.floats(scratch, values));
    return buffers;
  }

  /** A transform of a window to planes. */
  @FunctionalInterface
  interface Transform {
    /** As {@link WinogradRows#input}. */
    void of(
        MemorySegment memory,
        int at,
        int row,
        int channels,
        MemorySegment planes,
        int to,
        int plane);
  }

  /**
   * Transforms the windows of the tiles from {@code first} to before {@code end}.
   *
   * @param planes memory of the planes of {@code tiles} tiles
   * @param place index of the first tile among them
   */
  void read(int first, int end, Transform transform, Tensor planes, int place, int tiles) {
    int plane = WinogradPlanes.stride(tiles * channels);
    for (int t = first; t < end; t++) {
      int to = (place + t - first) * channels;
      read(t, (from, at, row) -> transform.of(from, at, row, channels, planes.memory(), to, plane));
    }
  }

  private void read(int tile, Work work) {
    int top = tiling.top(tile) - padding;
    int left = tiling.left(tile) - padding;
    if (inside(top, left)) {
      work.at(image(tile), position(top, left), width * channels);
      return;
    }
    buffer.fill((byte) 0);
    MemorySegment image = image(tile);
    for (int r = first(top); r < end(top, height); r++) {
      copy(image, position(top + r, left), buffer, r * size * channels, left);
    }
    work.at(buffer, 0, size * channels);
  }

  /** Has a window written. */
  void write(int tile, Work work) {
    int top = tiling.top(tile) - padding;
    int left = tiling.left(tile) - padding;
    if (inside(top, left)) {
      work.at(image(tile), position(top, left), width * channels);
      return;
    }
    work.at(buffer, 0, size * channels);
    MemorySegment image = image(tile);
    for (int r = first(top); r < end(top, height); r++) {
      copy(buffer, r * size * channels, image, position(top + r, left), left);
    }
  }

  private boolean inside(int top, int left) {
    return top >= 0 && left >= 0 && top + size <= height && left + size <= width;
  }

  private MemorySegment image(int tile) {
    long bytes = (long) height * width * channels * Float.BYTES;
    return memory.asSlice(tiling.image(tile) * bytes, bytes);
  }

  private int position(int y, int x) {
    return (y * width + x) * channels;
  }

  /** The first row or column of a window that lies in the image. */
  private static int first(int start) {
    return Math.max(0, -start);
  }

  private int end(int start, int extent) {
    return Math.min(size, extent - start);
  }

  /** Copies the pixels of a row of a window that begins at column {@code left} of the image. */
  private void copy(MemorySegment from, int fromRow, MemorySegment to, int toRow, int left) {
    int skipped = first(left) * channels;
    long bytes = (long) (end(left, width) * channels - skipped) * Float.BYTES;
    MemorySegment.copy(
        from,
        (long) (fromRow + skipped) * Float.BYTES,
        to,
        (long) (toRow + skipped) * Float.BYTES,
        bytes);
  }
}
