package org.clusternet.engine.op;

import static org.clusternet.engine.cpu.WinogradRows.INPUTS;
import static org.clusternet.engine.cpu.WinogradRows.PLANES;
import static org.clusternet.engine.cpu.WinogradRows.TAPS;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.WinogradRows;
import org.clusternet.engine.cpu.onednn.Arg;
import org.clusternet.engine.cpu.onednn.Matrices;
import org.clusternet.engine.cpu.onednn.MatrixProduct;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;

/**
 * 3 x 3 convolution of stride 1 in F32 by Winograd's F(2 x 2, 3 x 3) (Lavin and Gray 2016,
 * arXiv:1509.09308): 16 products of matrices in place of 36, a factor of 2.25 fewer
 * multiplications, where direct convolution already runs at the processor's peak.
 *
 * <p>Each thread takes the tiles of its part in blocks, small enough that their planes stay in its
 * second-level cache, and runs oneDNN's product on them on its own. So nothing is handed from
 * thread to thread but the transformed weights, and of the planes of all tiles, four times the size
 * of the image, nothing goes to memory. The gradient of the input is the same convolution of the
 * upstream gradient with the weights turned around; that of the weights is summed per thread, hence
 * its last bits depend on the number of threads.
 *
 * <p>The transforms only add and halve; the error is about twice that of direct convolution.
 */
final class Conv2dWinograd {
  private static final int WANTED_PLANE_ELEMENTS = 1 << 18;
  private static final int SMALLEST_BLOCK = 64;
  private static final int LARGEST_BLOCK = 256;
  private static final int LARGEST_PADDING = TAPS - 1;
  private static final String KEPT_PLANES = "Winograd's planes";

  /** Of fewer, transforming the weights takes longer than what the tiles save. */
  private static final int FEWEST_TILES = 64;

  private final Cpu cpu;
  private final WinogradRows rows;

  private Conv2dWinograd(Cpu cpu, WinogradRows rows) {
    this.cpu = cpu;
    this.rows = rows;
  }

  /** The algorithm, or nothing where it or the JVM does not fit. */
  static Optional<Conv2dWinograd> fit(
      Tensor x, Tensor w, Tensor y, int stride, int padding, Cpu cpu) {
    boolean fits =
        x.dtype() == DType.F32
            && stride == 1
            && w.dim(2) == TAPS
            && w.dim(3) == TAPS
            && padding <= LARGEST_PADDING
            && WinogradTiling.of(y.shape(), padding).count() >= FEWEST_TILES
            && cpu.accelerates(x);
    return cpu.simd()
        .winogradRows()
        .filter(r -> fits && w.dim(0) % r.multiple() == 0 && w.dim(1) % r.multiple() == 0)
        .map(r -> new Conv2dWinograd(cpu, r));
  }

  /** What is done to the pixels of y as soon as they are written. */
  @FunctionalInterface
  interface Finish {
    /** Works on {@code count} pixels, counted through all images, of which the first is given. */
    void pixels(long from, long count);
  }

  /** {@code y = x * w}. */
  void forward(Tensor x, Tensor w, Tensor y, int padding) {
    forward(x, w, y, padding, (from, count) -> {});
  }

  /** {@code y = finish(x * w)}; the transform of a frozen w is kept beside it. */
  void forward(Tensor x, Tensor w, Tensor y, int padding, Finish finish) {
    WinogradWeights weights = new WinogradWeights(cpu, rows, w);
    try (Scope scratch = cpu.scratch()) {
      Tensor u =
          w.isFrozen()
              ? w.derived(KEPT_PLANES, kept -> transformed(w, weights, kept))
              : transformed(w, weights, scratch);
      convolve(x, u, weights.forward(), y, padding, finish, scratch);
    }
  }

  private Tensor transformed(Tensor w, WinogradWeights weights, Scope scope) {
    Tensor u = planes(scope, weights.forward().stride());
    try (Scope scratch = cpu.scratch()) {
      weights.forward(w, u.memory(), scratch);
    }
    return u;
  }

  /** The gradient of x: the upstream gradient convolved with the weights turned around. */
  void backwardInput(Tensor w, Tensor dy, Tensor dx, int padding) {
    WinogradWeights weights = new WinogradWeights(cpu, rows, w);
    try (Scope scratch = cpu.scratch()) {
      Tensor u = planes(scratch, weights.backward().stride());
      weights.backward(w, u.memory());
      int turned = LARGEST_PADDING - padding;
      convolve(dy, u, weights.backward(), dx, turned, (from, count) -> {}, scratch);
    }
  }

  private void convolve(
      Tensor x, Tensor u, Matrices weights, Tensor y, int padding, Finish finish, Scope scratch) {
    int inputs = x.dim(1);
    int outputs = y.dim(1);
    WinogradTiling tiling = WinogradTiling.of(y.shape(), padding);
    WinogradBlocks blocks = blocks(tiling, inputs, outputs);
    Tensor[] v = tiles(blocks, scratch, inputs);
    Tensor[] m = tiles(blocks, scratch, outputs);
    Tensor[] rooms = rooms(blocks, scratch, inputs, outputs);
    blocks.run(
        (tiles, lane) ->
            MatrixProduct.batch(matrices(tiles, inputs), weights, matrices(tiles, outputs), lane),
        scratch,
        (lane, first, end, product) -> {
          WinogradWindows windows = WinogradWindows.inputs(tiling, x, rooms[lane]);
          read(windows, rows::input, inputs, first, end, v[lane]);
          product.with(Arg.SRC, v[lane]).with(Arg.WEIGHTS, u).with(Arg.DST, m[lane]).execute();
          write(WinogradWindows.outputs(tiling, y, rooms[lane]), outputs, first, end, m[lane]);
          tiling.pixels(first, end, y.shape(), finish);
        });
  }

  /** The gradient of w. */
  void backwardWeight(Tensor x, Tensor dy, Tensor dw, int padding) {
    int inputs = x.dim(1);
    int outputs = dy.dim(1);
    WinogradWeights weights = new WinogradWeights(cpu, rows, dw);
    WinogradTiling tiling = WinogradTiling.of(dy.shape(), padding);
    WinogradBlocks blocks = blocks(tiling, inputs, outputs);
    try (Scope scratch = cpu.scratch()) {
      Tensor[] v = tiles(blocks, scratch, inputs);
      Tensor[] dm = tiles(blocks, scratch, outputs);
      Tensor[] rooms = rooms(blocks, scratch, inputs, outputs);
      Tensor[] sums = new Tensor[blocks.lanes()];
      for (int lane = 0; lane < sums.length; lane++) {
        sums[lane] = planes(scratch, weights.backward().stride());
        sums[lane].memory().fill((byte) 0);
      }
      blocks.run(
          (tiles, lane) ->
              MatrixProduct.batchSum(
                  matrices(tiles, outputs).transpose(),
                  matrices(tiles, inputs),
                  weights.backward(),
                  lane),
          scratch,
          (lane, first, end, product) -> {
            WinogradWindows gradients = WinogradWindows.outputs(tiling, dy, rooms[lane]);
            read(gradients, rows::outputGradient, outputs, first, end, dm[lane]);
            WinogradWindows windows = WinogradWindows.inputs(tiling, x, rooms[lane]);
            read(windows, rows::input, inputs, first, end, v[lane]);
            product.with(Arg.SRC, dm[lane]).with(Arg.WEIGHTS, v[lane]).with(Arg.DST, sums[lane]);
            product.execute();
          });
      weights.gradient(sums, dw);
    }
  }

  /** A transform of windows to planes. */
  @FunctionalInterface
  private interface Transform {
    void of(
        MemorySegment memory,
        int at,
        int row,
        int channels,
        MemorySegment planes,
        int to,
        int plane);
  }

  private static void read(
      WinogradWindows windows, Transform transform, int channels, int first, int end, Tensor to) {
    MemorySegment planes = to.memory();
    int plane = WinogradPlanes.stride((end - first) * channels);
    for (int t = first; t < end; t++) {
      int place = (t - first) * channels;
      windows.read(
          t, (memory, at, row) -> transform.of(memory, at, row, channels, planes, place, plane));
    }
  }

  private void write(WinogradWindows windows, int channels, int first, int end, Tensor from) {
    MemorySegment planes = from.memory();
    int plane = WinogradPlanes.stride((end - first) * channels);
    for (int t = first; t < end; t++) {
      int place = (t - first) * channels;
      windows.write(
          t, (memory, at, row) -> rows.output(planes, place, plane, memory, at, row, channels));
    }
  }

  private WinogradBlocks blocks(WinogradTiling tiling, int inputs, int outputs) {
    int tiles = WANTED_PLANE_ELEMENTS / (PLANES * (inputs + outputs));
    return new WinogradBlocks(
        cpu, tiling.count(), Math.clamp(tiles, SMALLEST_BLOCK, LARGEST_BLOCK));
  }

  /** The planes of a block: one row a tile, one column a channel. */
  private static Matrices matrices(int tiles, int channels) {
    return Matrices.of(PLANES, tiles, channels, WinogradPlanes.stride(tiles * channels));
  }

  private static Tensor[] tiles(WinogradBlocks blocks, Scope scratch, int channels) {
    int plane = WinogradPlanes.stride(blocks.largest() * channels);
    return perLane(blocks, () -> planes(scratch, plane));
  }

  private static Tensor[] rooms(WinogradBlocks blocks, Scope scratch, int inputs, int outputs) {
    int count = INPUTS * INPUTS * Math.max(inputs, outputs);
    return perLane(blocks, () -> WinogradPlanes.floats(scratch, count));
  }

  private static Tensor[] perLane(WinogradBlocks blocks, Supplier<Tensor> tensor) {
    return Stream.generate(tensor).limit(blocks.lanes()).toArray(Tensor[]::new);
  }

  private static Tensor planes(Scope scope, int stride) {
    return WinogradPlanes.floats(scope, PLANES * stride);
  }
}
