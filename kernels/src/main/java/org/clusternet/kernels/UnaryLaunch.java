package org.clusternet.kernels;

/** The launches of {@code unary.cu}. */
public sealed interface UnaryLaunch extends Launch {

  /** The functions. */
  enum Function {
    /** max(x, 0). */
    RELU(0),
    /** e to the power x. */
    EXP(1),
    /** Natural logarithm. */
    LOG(2),
    /** Square root. */
    SQRT(3),
    /** x squared. */
    SQUARE(4),
    /** -x. */
    NEG(5),
    /** Absolute value. */
    ABS(6),
    /** 1 / (1 + exp(-x)). */
    SIGMOID(7),
    /** Hyperbolic tangent. */
    TANH(8),
    /** 1 / x. */
    RECIPROCAL(9);

    private final int code;

    Function(int code) {
      this.code = code;
    }

    /** The number by which the kernel knows the function. */
    int code() {
      return code;
    }

    /** Whether the gradient is computed from x, rather than from y or from neither. */
    public boolean savesInput() {
      return this == LOG || this == SQUARE || this == ABS;
    }
  }

  @Override
  default String module() {
    return "unary";
  }

  /**
   * y = f(x).
   *
   * @param function the function
   * @param element F32 or BF16
   * @param x address of the operand
   * @param y address of the result
   * @param n number of elements
   * @param grid number of blocks
   * @param block threads per block
   */
  record Forward(Function function, Element element, long x, long y, long n, Dim grid, Dim block)
      implements UnaryLaunch {

    @Override
    public String entry() {
      return "unary_" + element.suffix();
    }

    @Override
    public Arguments arguments() {
      return new Arguments().i32(function.code()).address(x).address(y).i64(n);
    }
  }

  /**
   * dx = upstream times the derivative.
   *
   * @param function the function
   * @param element F32 or BF16
   * @param saved address of x or y, see {@link Function#savesInput}
   * @param upstream address of the gradient of y
   * @param gradient address of the gradient of x
   * @param n number of elements
   * @param grid number of blocks
   * @param block threads per block
   */
  record Backward(
      Function function,
      Element element,
      long saved,
      long upstream,
      long gradient,
      long n,
      Dim grid,
      Dim block)
      implements UnaryLaunch {

    @Override
    public String entry() {
      return "unary_backward_" + element.suffix();
    }

    @Override
    public Arguments arguments() {
      return new Arguments()
          .i32(function.code())
          .address(saved)
          .address(upstream)
          .address(gradient)
          .i64(n);
    }
  }
}
