package org.clusternet.engine.cpu.winograd;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.winograd.WinogradShares.Operand;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;

/**
 * The convolution of an image with transformed weights: tiles to planes, the planes times those of
 * the weights, and the products to tiles of the output.
 */
final class WinogradConvolution {
  private final Cpu cpu;
  private final WinogradRows rows;
  private final Tensor x;
  private final Operand u;
  private final Tensor y;
  private final WinogradTiling tiling;
  private final Conv2dWinograd.Finish finish;
  private final int planes;
  private final int inputs;
  private final int outputs;

  WinogradConvolution(
      Cpu cpu,
      WinogradRows rows,
      Tensor x,
      Operand u,
      Tensor y,
      int padding,
      Conv2dWinograd.Finish finish) {
    this.cpu = cpu;
    this.rows = rows;
    this.x = x;
    this.u = u;
    this.y = y;
    this.tiling = WinogradTiling.of(rows.outputs(), y.shape(), padding);
    this.finish = finish;
    this.planes = rows.planes();
    this.inputs = x.dim(1);
    this.outputs = y.dim(1);
  }

  /** Writes y. */
  void run(Scope scratch) {
    WinogradShares shares = new WinogradShares(cpu);
    int values = planes * Math.max(inputs, outputs);
    Tensor[] buffers = WinogradWindows.buffers(shares.lanes(), scratch, values);
    WinogradChunks chunks = WinogradChunks.of(tiling.count());
    Tensor v = chunks.planes(scratch, planes, inputs);
    Tensor m = chunks.planes(scratch, planes, outputs);
    chunks.run(
        (first, tiles) -> {
          shares.run(
              tiles,
              (lane, from, to) -> read(first + from, first + to, buffers[lane], v, from, tiles));
          shares.multiply(
              new Operand(v, WinogradPlanes.matrices(planes, tiles, inputs)),
              u,
              new Operand(m, WinogradPlanes.matrices(planes, tiles, outputs)),
              false);
          shares.run(
              tiles,
              (lane, from, to) -> write(first + from, first + to, buffers[lane], m, from, tiles));
        });
  }

  /** Transforms tiles of x to their places among the planes of {@code tiles}. */
  private void read(int first, int end, Tensor buffer, Tensor v, int place, int tiles) {
    WinogradWindows.inputs(tiling, x, buffer).read(first, end, rows::input, v, place, tiles);
  }

  /** Writes the tiles of y from their places among the planes of {@code tiles}. */
  private void write(int first, int end, Tensor buffer, Tensor m, int place, int tiles) {
    WinogradWindows windows = WinogradWindows.outputs(tiling, y, buffer);
    MemorySegment products = m.memory();
    int plane = WinogradPlanes.stride(tiles * outputs);
    for (int t = first; t < end; t++) {
      int from = (place + t - first) * outputs;
      windows.write(
          t, (memory, at, row) -> rows.output(products, from, plane, memory, at, row, outputs));
    }
    tiling.pixels(first, end, y.shape(), finish);
  }
}
