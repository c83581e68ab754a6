package org.clusternet.engine.cpu.winograd;

import static org.clusternet.engine.cpu.winograd.WinogradRows.TAPS;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.onednn.Arg;
import org.clusternet.engine.cpu.onednn.Matrices;
import org.clusternet.engine.cpu.onednn.Spec;
import org.clusternet.engine.cpu.onednn.Transposition;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;

/**
 * The weights of a convolution as the right operands of its products, and their gradient from sums
 * of such. In memory they are (O, 3, 3, C).
 */
final class WinogradWeights {
  private static final int ALL_TAPS = TAPS * TAPS;

  private final Cpu cpu;
  private final WinogradRows rows;
  private final int outputs;
  private final int inputs;
  private final int plane;

  WinogradWeights(Cpu cpu, WinogradRows rows, Tensor w) {
    this.cpu = cpu;
    this.rows = rows;
    this.outputs = w.dim(0);
    this.inputs = w.dim(1);
    this.plane = WinogradPlanes.stride(inputs * outputs);
  }

  /**
   * The operands from inputs (rows) to outputs (columns) that lie output by output, as the weights
   * do. The product copies them, which takes less time than transposing them first.
   */
  Matrices forward() {
    return backward().transpose();
  }

  /** The same row by row, for weights that are used many times. */
  Matrices frozenForward() {
    return Matrices.of(rows.planes(), inputs, outputs, plane);
  }

  /** The operands from outputs (rows) to inputs (columns); also the sums of the gradient. */
  Matrices backward() {
    return Matrices.of(rows.planes(), outputs, inputs, plane);
  }

  /** Writes the operands of {@link #forward}. */
  void forward(Tensor w, MemorySegment u) {
    outputByOutput(w, u, 0, inputs);
  }

  /** Writes the operands of {@link #frozenForward}. */
  void frozenForward(Tensor w, MemorySegment u, Scope scratch) {
    Tensor turned = WinogradPlanes.floats(scratch, ALL_TAPS * inputs * outputs);
    Spec turn = Transposition.of(outputs, ALL_TAPS * inputs);
    cpu.oneDnn().primitive(turn).with(Arg.SRC, w).with(Arg.DST, turned).run();
    int step = inputs * outputs;
    cpu.workers()
        .run(
            inputs,
            1,
            (from, to) -> {
              int at = (int) from * outputs;
              int count = (int) (to - from) * outputs;
              rows.weights(turned.memory(), at, step, count, u, at, plane);
            });
  }

  /** Writes the operands of {@link #backward}: those of the weights turned around. */
  void backward(Tensor w, MemorySegment u) {
    outputByOutput(w, u, (ALL_TAPS - 1) * inputs, -inputs);
  }

  private void outputByOutput(Tensor w, MemorySegment u, int firstTap, int step) {
    cpu.workers()
        .run(
            outputs,
            1,
            (from, to) -> {
              for (int o = (int) from; o < to; o++) {
                int first = o * ALL_TAPS * inputs + firstTap;
                rows.weights(w.memory(), first, step, inputs, u, o * inputs, plane);
              }
            });
  }

  /** Writes the gradient that follows from sums, which are lost. */
  void gradient(Tensor sums, Tensor dw) {
    cpu.workers()
        .run(
            outputs,
            1,
            (from, to) -> {
              for (int o = (int) from; o < to; o++) {
                int at = o * ALL_TAPS * inputs;
                MemorySegment s = sums.memory();
                rows.weightGradient(s, o * inputs, plane, dw.memory(), at, inputs, inputs);
              }
            });
  }
}
