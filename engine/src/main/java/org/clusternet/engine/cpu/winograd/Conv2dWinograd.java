package org.clusternet.engine.cpu.winograd;

import static org.clusternet.engine.cpu.winograd.WinogradRows.TAPS;

import java.util.List;
import java.util.Optional;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.Simd;
import org.clusternet.engine.cpu.onednn.Matrices;
import org.clusternet.engine.cpu.winograd.WinogradShares.Operand;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;

/**
 * 3 x 3 convolution of stride 1 in F32 by Winograd's F(4 x 4, 3 x 3), for few tiles F(2 x 2, 3 x 3)
 * (Lavin and Gray 2016, arXiv:1509.09308): 36 products of matrices in place of 144, 4 times fewer
 * multiplications, or 16 in place of 36, where direct convolution already runs at the processor's
 * peak.
 *
 * <p>All threads transform tiles to planes, each multiplies planes of its own over all tiles by
 * oneDNN's product, and all write outputs, in chunks of tiles. The gradient of the input is the
 * same convolution of the upstream gradient with the weights turned around. No sum depends on the
 * number of threads.
 *
 * <p>The largest error of F(4 x 4) relative to the largest value, of sums over 64 channels of
 * normal numbers, is 1.3e-6 where that of F(2 x 2) is 3e-7 and that of direct convolution 2e-7.
 */
public final class Conv2dWinograd {
  private static final int LARGEST_PADDING = TAPS - 1;

  /** Of fewer, transforming the weights takes longer than what the tiles save. */
  private static final int FEWEST_TILES = 64;

  /** The transforms of this JVM, those of the largest tiles first; none without vectors. */
  private static final List<WinogradRows> TRANSFORMS =
      Simd.hasVectors() ? List.of(new VectorWinograd4(), new VectorWinograd2()) : List.of();

  private final Cpu cpu;
  private final WinogradRows rows;

  private Conv2dWinograd(Cpu cpu, WinogradRows rows) {
    this.cpu = cpu;
    this.rows = rows;
  }

  /** The algorithm, or nothing where it or the JVM does not fit. */
  public static Optional<Conv2dWinograd> fit(
      Tensor x, Tensor w, Tensor y, int stride, int padding, Cpu cpu) {
    if (x.dtype() != DType.F32
        || stride != 1
        || w.dim(2) != TAPS
        || w.dim(3) != TAPS
        || padding > LARGEST_PADDING
        || !cpu.accelerates(x)) {
      return Optional.empty();
    }
    return TRANSFORMS.stream()
        .filter(r -> w.dim(0) % r.multiple() == 0 && w.dim(1) % r.multiple() == 0)
        .filter(r -> WinogradTiling.of(r.outputs(), y.shape(), padding).count() >= FEWEST_TILES)
        .findFirst()
        .map(r -> new Conv2dWinograd(cpu, r));
  }

  /** What is done to the pixels of y as soon as they are written. */
  @FunctionalInterface
  public interface Finish {
    /** Works on {@code count} pixels, counted through all images, of which the first is given. */
    void pixels(long from, long count);
  }

  /** {@code y = x * w}. */
  public void forward(Tensor x, Tensor w, Tensor y, int padding) {
    forward(x, w, y, padding, (from, count) -> {});
  }

  /** {@code y = finish(x * w)}; the transform of a frozen w is kept beside it. */
  public void forward(Tensor x, Tensor w, Tensor y, int padding, Finish finish) {
    WinogradWeights weights = new WinogradWeights(cpu, rows, w);
    try (Scope scratch = cpu.scratch()) {
      if (w.isFrozen()) {
        Tensor u = w.derived(new Planes(rows.outputs()), kept -> frozen(w, weights, kept));
        convolve(x, u, weights.frozenForward(), y, padding, finish, scratch);
      } else {
        Tensor u = WinogradPlanes.allocate(scratch, rows.planes(), weights.forward().stride());
        weights.forward(w, u.memory());
        convolve(x, u, weights.forward(), y, padding, finish, scratch);
      }
    }
  }

  private Tensor frozen(Tensor w, WinogradWeights weights, Scope scope) {
    Tensor u = WinogradPlanes.allocate(scope, rows.planes(), weights.frozenForward().stride());
    try (Scope scratch = cpu.scratch()) {
      weights.frozenForward(w, u.memory(), scratch);
    }
    return u;
  }

  /** The name of the planes that are kept beside a frozen w, of tiles of so many outputs a side. */
  private record Planes(int outputs) {}

  /** The gradient of x: the upstream gradient convolved with the weights turned around. */
  public void backwardInput(Tensor w, Tensor dy, Tensor dx, int padding) {
    WinogradWeights weights = new WinogradWeights(cpu, rows, w);
    try (Scope scratch = cpu.scratch()) {
      Tensor u = WinogradPlanes.allocate(scratch, rows.planes(), weights.backward().stride());
      weights.backward(w, u.memory());
      int turned = LARGEST_PADDING - padding;
      convolve(dy, u, weights.backward(), dx, turned, (from, count) -> {}, scratch);
    }
  }

  private void convolve(
      Tensor x, Tensor u, Matrices weights, Tensor y, int padding, Finish finish, Scope scratch) {
    new WinogradConvolution(cpu, rows, x, new Operand(u, weights), y, padding, finish).run(scratch);
  }

  /** The gradient of w. */
  public void backwardWeight(Tensor x, Tensor dy, Tensor dw, int padding) {
    WinogradWeights weights = new WinogradWeights(cpu, rows, dw);
    WinogradGradient gradient = new WinogradGradient(cpu, rows, weights, x, dy, padding);
    try (Scope scratch = cpu.scratch()) {
      weights.gradient(gradient.sums(scratch), dw);
    }
  }
}
