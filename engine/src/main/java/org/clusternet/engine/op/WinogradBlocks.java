package org.clusternet.engine.op;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.WinogradRows;
import org.clusternet.engine.cpu.onednn.Primitive;
import org.clusternet.engine.cpu.onednn.Spec;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;

/**
 * Tiles divided among threads, a lane each, and each lane's into blocks of about equal size, with
 * the products that the lanes run on their own.
 */
final class WinogradBlocks {
  private static final int WANTED_PLANE_ELEMENTS = 1 << 18;
  private static final int SMALLEST_BLOCK = 64;
  private static final int LARGEST_BLOCK = 256;

  /** Tiles of a lane, and of a block: the product of a single one could not be transposed. */
  private static final int FEWEST_TILES = 2;

  /** The product of a block of so many tiles, for a lane. */
  @FunctionalInterface
  interface Product {
    Spec of(int tiles, int lane);
  }

  /** What a lane does with a block. */
  @FunctionalInterface
  interface Work {
    /** Works on the tiles from {@code first} to before {@code end}. */
    void run(int lane, int first, int end, Primitive product);
  }

  private record Block(int lane, int tiles) {}

  private final Cpu cpu;
  private final int count;
  private final int lanes;
  private final int most;

  /**
   * A division.
   *
   * @param count tiles, at least 2
   * @param most tiles of a block
   */
  private WinogradBlocks(Cpu cpu, int count, int most) {
    this.cpu = cpu;
    this.count = count;
    this.lanes = Math.min(count / FEWEST_TILES, cpu.workers().threads());
    this.most = most;
  }

  /**
   * A division into blocks whose planes stay in a thread's cache.
   *
   * @param count tiles
   * @param channels of all operands that have tiles
   */
  static WinogradBlocks of(Cpu cpu, int count, int channels) {
    int tiles = WANTED_PLANE_ELEMENTS / (WinogradRows.PLANES * channels);
    return new WinogradBlocks(cpu, count, Math.clamp(tiles, SMALLEST_BLOCK, LARGEST_BLOCK));
  }

  /** Memory for the planes of a block, for each lane. */
  Tensor[] planes(Scope scratch, int channels) {
    int stride = WinogradPlanes.stride(largest() * channels);
    Tensor[] all = new Tensor[lanes];
    Arrays.setAll(all, lane -> WinogradPlanes.allocate(scratch, stride));
    return all;
  }

  int lanes() {
    return lanes;
  }

  private int largest() {
    return Math.min(most, (count + lanes - 1) / lanes);
  }

  /** Runs all blocks; scratchpads of the products come from {@code scratch}. */
  void run(Product product, Scope scratch, Work work) {
    cpu.oneDnn().stayOnThread();
    Map<Block, Primitive> products = new HashMap<>();
    for (int lane = 0; lane < lanes; lane++) {
      each(
          lane,
          (l, first, end) ->
              products.computeIfAbsent(
                  new Block(l, end - first),
                  block ->
                      cpu.oneDnn()
                          .primitive(product.of(block.tiles(), block.lane()))
                          .lend(scratch)));
    }
    cpu.workers()
        .run(
            lanes,
            1,
            (from, to) -> {
              cpu.oneDnn().stayOnThread();
              for (int lane = (int) from; lane < to; lane++) {
                each(
                    lane,
                    (l, first, end) ->
                        work.run(l, first, end, products.get(new Block(l, end - first))));
              }
            });
  }

  /** A range of tiles of a lane. */
  @FunctionalInterface
  private interface Range {
    void at(int lane, int first, int end);
  }

  private void each(int lane, Range range) {
    int start = start(lane);
    int tiles = start(lane + 1) - start;
    int blocks = (tiles + most - 1) / most;
    for (int b = 0; b < blocks; b++) {
      range.at(lane, start + tiles * b / blocks, start + tiles * (b + 1) / blocks);
    }
  }

  private int start(int lane) {
    return (int) ((long) count * lane / lanes);
  }
}
