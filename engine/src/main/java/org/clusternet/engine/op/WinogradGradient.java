package org.clusternet.engine.op;

import static org.clusternet.engine.cpu.WinogradRows.PLANES;

import java.lang.foreign.MemorySegment;
import java.util.function.IntConsumer;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.WinogradRows;
import org.clusternet.engine.cpu.onednn.Arg;
import org.clusternet.engine.cpu.onednn.Matrices;
import org.clusternet.engine.cpu.onednn.MatrixProduct;
import org.clusternet.engine.cpu.onednn.Primitive;
import org.clusternet.engine.cpu.onednn.Spec;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;

/**
 * The sums over all tiles from which the gradient of the weights follows, for each plane the
 * product of the upstream gradient's tiles with the image's.
 *
 * <p>Two ways, for what counts is how often the sums go to memory. While they fit into a thread's
 * second-level cache, each thread adds the products of its tiles, block by block, to sums of its
 * own. Larger ones, of deep layers with few tiles, are written once: all threads transform the
 * tiles, and then each multiplies planes of its own over all of them.
 */
final class WinogradGradient {
  private static final int CACHED_SUMS = 1 << 19;

  /** Tiles that are transformed before they are multiplied, of deep layers. */
  private static final int LARGEST_CHUNK = 512;

  private final Cpu cpu;
  private final WinogradRows rows;
  private final WinogradWeights weights;
  private final Tensor x;
  private final Tensor dy;
  private final WinogradTiling tiling;
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
    this.tiling = WinogradTiling.of(dy.shape(), padding);
    this.inputs = x.dim(1);
    this.outputs = dy.dim(1);
  }

  /** Terms that add up to the sums, in {@code scratch}. */
  Tensor[] sums(Scope scratch) {
    return PLANES * inputs * outputs > CACHED_SUMS ? byPlanes(scratch) : byTiles(scratch);
  }

  private Tensor sum(Scope scratch) {
    return WinogradPlanes.allocate(scratch, weights.backward().stride());
  }

  private Tensor[] rooms(int lanes, Scope scratch) {
    return WinogradWindows.rooms(lanes, scratch, Math.max(inputs, outputs));
  }

  private Tensor[] byTiles(Scope scratch) {
    WinogradBlocks blocks = WinogradBlocks.of(cpu, tiling.count(), inputs + outputs);
    Tensor[] sums = new Tensor[blocks.lanes()];
    for (int lane = 0; lane < sums.length; lane++) {
      sums[lane] = sum(scratch);
      sums[lane].memory().fill((byte) 0);
    }
    Tensor[] v = blocks.planes(scratch, inputs);
    Tensor[] dm = blocks.planes(scratch, outputs);
    Tensor[] rooms = rooms(blocks.lanes(), scratch);
    blocks.run(
        (tiles, lane) ->
            MatrixProduct.batchSum(
                WinogradPlanes.matrices(PLANES, tiles, outputs).transpose(),
                WinogradPlanes.matrices(PLANES, tiles, inputs),
                weights.backward(),
                lane),
        scratch,
        (lane, first, end, product) -> {
          transform(first, end, rooms[lane], v[lane], dm[lane], 0, end - first);
          product.with(Arg.SRC, dm[lane]).with(Arg.WEIGHTS, v[lane]).with(Arg.DST, sums[lane]);
          product.execute();
        });
    return sums;
  }

  /** Transforms tiles to their places among the planes of {@code tiles}. */
  private void transform(
      int first, int end, Tensor room, Tensor v, Tensor dm, int place, int tiles) {
    WinogradWindows.outputs(tiling, dy, room)
        .read(first, end, rows::outputGradient, dm, place, tiles);
    WinogradWindows.inputs(tiling, x, room).read(first, end, rows::input, v, place, tiles);
  }

  private Tensor[] byPlanes(Scope scratch) {
    int chunks = (tiling.count() + LARGEST_CHUNK - 1) / LARGEST_CHUNK;
    int largest = (tiling.count() + chunks - 1) / chunks;
    Tensor sums = sum(scratch);
    Tensor v = WinogradPlanes.allocate(scratch, WinogradPlanes.stride(largest * inputs));
    Tensor dm = WinogradPlanes.allocate(scratch, WinogradPlanes.stride(largest * outputs));
    Tensor[] rooms = rooms(cpu.workers().threads(), scratch);
    for (int chunk = 0; chunk < chunks; chunk++) {
      int first = start(tiling.count(), chunk, chunks);
      int end = start(tiling.count(), chunk + 1, chunks);
      lanes(rooms.length, lane -> transformShare(first, end, lane, rooms, v, dm));
      multiply(end - first, v, dm, sums, chunk > 0);
    }
    return new Tensor[] {sums};
  }

  private void transformShare(int first, int end, int lane, Tensor[] rooms, Tensor v, Tensor dm) {
    int tiles = end - first;
    int from = start(tiles, lane, rooms.length);
    int to = start(tiles, lane + 1, rooms.length);
    transform(first + from, first + to, rooms[lane], v, dm, from, tiles);
  }

  private void multiply(int tiles, Tensor v, Tensor dm, Tensor sums, boolean add) {
    cpu.oneDnn().stayOnThread();
    Primitive[] products = new Primitive[Math.min(PLANES, cpu.workers().threads())];
    try (Scope scratch = cpu.scratch()) {
      for (int lane = 0; lane < products.length; lane++) {
        int first = start(PLANES, lane, products.length);
        int planes = start(PLANES, lane + 1, products.length) - first;
        products[lane] =
            cpu.oneDnn()
                .primitive(product(planes, tiles, add, lane))
                .with(Arg.SRC, plane(dm, first, WinogradPlanes.stride(tiles * outputs)))
                .with(Arg.WEIGHTS, plane(v, first, WinogradPlanes.stride(tiles * inputs)))
                .with(Arg.DST, plane(sums, first, weights.backward().stride()))
                .lend(scratch);
      }
      lanes(products.length, lane -> products[lane].execute());
    }
  }

  private Spec product(int planes, int tiles, boolean add, int lane) {
    Matrices gradient = WinogradPlanes.matrices(planes, tiles, outputs).transpose();
    Matrices image = WinogradPlanes.matrices(planes, tiles, inputs);
    Matrices sum = Matrices.of(planes, outputs, inputs, weights.backward().stride());
    return add
        ? MatrixProduct.batchSum(gradient, image, sum, lane)
        : MatrixProduct.batch(gradient, image, sum, lane);
  }

  private static MemorySegment plane(Tensor planes, int number, int stride) {
    return planes.memory().asSlice((long) number * stride * Float.BYTES);
  }

  private void lanes(int count, IntConsumer work) {
    cpu.workers()
        .run(
            count,
            1,
            (from, to) -> {
              cpu.oneDnn().stayOnThread();
              for (int lane = (int) from; lane < to; lane++) {
                work.accept(lane);
              }
            });
  }

  private static int start(int count, int share, int shares) {
    return (int) ((long) count * share / shares);
  }
}
