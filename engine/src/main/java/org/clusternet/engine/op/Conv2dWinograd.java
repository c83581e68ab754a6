package org.clusternet.engine.op;

import static org.clusternet.engine.cpu.WinogradRows.PLANES;
import static org.clusternet.engine.cpu.WinogradRows.TAPS;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
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
      if (w.isFrozen()) {
        Tensor u = w.derived(KEPT_PLANES, kept -> frozen(w, weights, kept));
        convolve(x, u, weights.frozenForward(), y, padding, finish, scratch);
      } else {
        Tensor u = WinogradPlanes.allocate(scratch, weights.forward().stride());
        weights.forward(w, u.memory());
        convolve(x, u, weights.forward(), y, padding, finish, scratch);
      }
    }
  }

  private Tensor frozen(Tensor w, WinogradWeights weights, Scope scope) {
    Tensor u = WinogradPlanes.allocate(scope, weights.frozenForward().stride());
    try (Scope scratch = cpu.scratch()) {
      weights.frozenForward(w, u.memory(), scratch);
    }
    return u;
  }

  /** The gradient of x: the upstream gradient convolved with the weights turned around. */
  void backwardInput(Tensor w, Tensor dy, Tensor dx, int padding) {
    WinogradWeights weights = new WinogradWeights(cpu, rows, w);
    try (Scope scratch = cpu.scratch()) {
      Tensor u = WinogradPlanes.allocate(scratch, weights.backward().stride());
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
    WinogradBlocks blocks = WinogradBlocks.of(cpu, tiling.count(), inputs + outputs);
    Tensor[] v = blocks.planes(scratch, inputs);
    Tensor[] m = blocks.planes(scratch, outputs);
    Tensor[] rooms = WinogradWindows.rooms(blocks.lanes(), scratch, Math.max(inputs, outputs));
    blocks.run(
        (tiles, lane) ->
            MatrixProduct.batch(
                WinogradPlanes.matrices(PLANES, tiles, inputs),
                weights,
                WinogradPlanes.matrices(PLANES, tiles, outputs),
                lane),
        scratch,
        (lane, first, end, product) -> {
          WinogradWindows windows = WinogradWindows.inputs(tiling, x, rooms[lane]);
          windows.read(first, end, rows::input, v[lane], 0, end - first);
          product.with(Arg.SRC, v[lane]).with(Arg.WEIGHTS, u).with(Arg.DST, m[lane]).execute();
          write(WinogradWindows.outputs(tiling, y, rooms[lane]), outputs, first, end, m[lane]);
          tiling.pixels(first, end, y.shape(), finish);
        });
  }

  /** The gradient of w. */
  void backwardWeight(Tensor x, Tensor dy, Tensor dw, int padding) {
    WinogradWeights weights = new WinogradWeights(cpu, rows, dw);
    WinogradGradient gradient = new WinogradGradient(cpu, rows, weights, x, dy, padding);
    try (Scope scratch = cpu.scratch()) {
      weights.gradient(gradient.sums(scratch), dw);
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
}
