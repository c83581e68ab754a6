package org.clusternet.engine.cpu.winograd;

import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.winograd.WinogradShares.Operand;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;

/**
 * The sums over all tiles from which the gradient of the weights follows, for each plane the
 * product of the upstream gradient's tiles with the image's. They are added up in one order
 * whatever the number of threads.
 */
final class WinogradGradient {
  private final Cpu cpu;
  private final WinogradRows rows;
  private final WinogradWeights weights;
  private final Tensor x;
  private final Tensor dy;
  private final WinogradTiling tiling;
  private final int planes;
  private final int inputs;
  private final int outputs;

  /** Of an image and the upstream gradient; {@code weights} says how the sums lie. */
  WinogradGradient(
      Cpu cpu, WinogradRows rows, WinogradWeights weights, Tensor x, Tensor dy, int padding) {
    this.cpu = cpu;
    this.rows = rows;
    this.weights = weights;
    this.x = x;
    this.dy = dy;
    this.tiling = WinogradTiling.of(rows.outputs(), dy.shape(), padding);
    this.planes = rows.planes();
    this.inputs = x.dim(1);
    this.outputs = dy.dim(1);
  }

  /** The sums, in {@code scratch}. */
  Tensor sums(Scope scratch) {
    WinogradShares shares = new WinogradShares(cpu);
    int values = planes * Math.max(inputs, outputs);
    Tensor[] buffers = WinogradWindows.buffers(shares.lanes(), scratch, values);
    WinogradChunks chunks = WinogradChunks.of(tiling.count());
    Tensor v = chunks.planes(scratch, planes, inputs);
    Tensor dm = chunks.planes(scratch, planes, outputs);
    Tensor sums = WinogradPlanes.allocate(scratch, planes, weights.backward().stride());
    chunks.run(
        (first, tiles) -> {
          shares.run(
              tiles,
              (lane, from, to) ->
                  transform(first + from, first + to, buffers[lane], v, dm, from, tiles));
          shares.multiply(
              new Operand(dm, WinogradPlanes.matrices(planes, tiles, outputs).transpose()),
              new Operand(v, WinogradPlanes.matrices(planes, tiles, inputs)),
              new Operand(sums, weights.backward()),
              first > 0);
        });
    return sums;
  }

  /** Transforms tiles to their places among the planes of {@code tiles}. */
  private void transform(
      int first, int end, Tensor buffer, Tensor v, Tensor dm, int place, int tiles) {
    WinogradWindows.outputs(tiling, dy, buffer)
        .read(first, end, rows::outputGradient, dm, place, tiles);
    WinogradWindows.inputs(tiling, x, buffer).read(first, end, rows::input, v, place, tiles);
  }
}
