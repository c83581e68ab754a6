package org.clusternet.engine.cuda.api;

import java.util.List;

/** Convolutions on the GPU. */
public interface Dnn extends AutoCloseable {

  /** The library and its version, for messages. */
  String describe();

  /** The algorithms that can compute it, the one expected to be fastest first, unmeasured. */
  List<Algorithm> expected(ConvolutionProblem convolution);

  /**
   * Runs the algorithms whose workspace fits, and waits for them. There may be more of them than
   * those expected.
   *
   * @param operands addresses; what the pass computes is overwritten
   * @param workspace memory for the algorithms, and its size
   * @return what could be run, fastest first
   */
  List<Algorithm> measured(
      ConvolutionProblem convolution, Operands operands, Workspace workspace, Stream stream);

  /** Starts a convolution by one of the algorithms listed for it. */
  void run(
      ConvolutionProblem convolution,
      Algorithm algorithm,
      Operands operands,
      Workspace workspace,
      Stream stream);

  /**
   * Addresses of x, w and y, or of their gradients.
   *
   * @param x address of x
   * @param w address of w
   * @param y address of y
   */
  record Operands(long x, long w, long y) {
    private static final int MOST = 16;

    /** The largest power of two up to 16 of which all three are multiples. */
    public int alignment() {
      return (int) Long.lowestOneBit(x | w | y | MOST);
    }
  }

  /**
   * Memory that an algorithm may use while it runs.
   *
   * @param address where it begins; 0 for none
   * @param bytes its size
   */
  record Workspace(long address, long bytes) {
    /** No memory at all. */
    public static final Workspace NONE = new Workspace(0, 0);
  }

  @Override
  void close();
}
