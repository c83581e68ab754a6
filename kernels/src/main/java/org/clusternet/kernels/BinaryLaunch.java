package org.clusternet.kernels;

/** The launches of {@code binary.cu}. */
public sealed interface BinaryLaunch extends Launch {

  /** The functions. */
  enum Function {
    /** Sum. */
    ADD(0),
    /** Difference. */
    SUB(1),
    /** Product. */
    MUL(2),
    /** Quotient. */
    DIV(3),
    /** The larger. */
    MAX(4),
    /** The smaller. */
    MIN(5);

    private final int code;

    Function(int code) {
      this.code = code;
    }

    /** The number by which the kernel knows the function. */
    int code() {
      return code;
    }
  }

  @Override
  default String module() {
    return "binary";
  }

  private static String strided(Element element, int lanes) {
    return element.suffix() + (lanes == 1 ? "_scalar" : "");
  }

  /**
   * y = f(a, b) of equal shapes.
   *
   * @param function the function
   * @param element F32 or BF16
   * @param a address of the first operand
   * @param b address of the second operand
   * @param y address of the result
   * @param n number of elements
   * @param grid number of blocks
   * @param block threads per block
   */
  record Forward(
      Function function, Element element, long a, long b, long y, long n, Dim grid, Dim block)
      implements BinaryLaunch {

    @Override
    public String entry() {
      return "binary_" + element.suffix();
    }

    @Override
    public Arguments arguments() {
      return new Arguments().i32(function.code()).address(a).address(b).address(y).i64(n);
    }
  }

  /**
   * Upstream gradient times the derivative with respect to one operand, of equal shapes.
   *
   * @param function the function
   * @param operand index of the operand, 0 or 1
   * @param element F32 or BF16
   * @param a address of the first operand
   * @param b address of the second operand
   * @param upstream address of the gradient of the result
   * @param gradient address of the gradient of the operand
   * @param n number of elements
   * @param grid number of blocks
   * @param block threads per block
   */
  record Backward(
      Function function,
      int operand,
      Element element,
      long a,
      long b,
      long upstream,
      long gradient,
      long n,
      Dim grid,
      Dim block)
      implements BinaryLaunch {

    @Override
    public String entry() {
      return "binary_backward_" + element.suffix();
    }

    @Override
    public Arguments arguments() {
      return new Arguments()
          .i32(function.code())
          .i32(operand)
          .address(a)
          .address(b)
          .address(upstream)
          .address(gradient)
          .i64(n);
    }
  }

  /**
   * y = f(a, b) with broadcasting.
   *
   * @param function the function
   * @param element F32 or BF16
   * @param lanes elements per access: as many as 16 bytes hold, or 1
   * @param a address of the first operand
   * @param b address of the second operand
   * @param y address of the result
   * @param layout extents of y, and strides of a and b
   * @param grid number of blocks
   * @param block threads per block
   */
  record StridedForward(
      Function function,
      Element element,
      int lanes,
      long a,
      long b,
      long y,
      Strided layout,
      Dim grid,
      Dim block)
      implements BinaryLaunch {

    @Override
    public String entry() {
      return "binary_strided_" + strided(element, lanes);
    }

    @Override
    public Arguments arguments() {
      Arguments to = new Arguments().i32(function.code());
      layout.strides(0, to.address(a));
      layout.strides(1, to.address(b));
      return layout.innerExtents(to.address(y).i64(layout.elements()));
    }
  }

  /**
   * Upstream gradient times the derivative with respect to one operand, in the broadcast shape.
   *
   * @param function the function
   * @param operand index of the operand, 0 or 1
   * @param element F32 or BF16
   * @param lanes elements per access: as many as 16 bytes hold, or 1
   * @param a address of the first operand
   * @param b address of the second operand
   * @param upstream address of the gradient of the result
   * @param gradient address of the gradient, in the shape of upstream
   * @param layout extents of upstream, and strides of a and b
   * @param grid number of blocks
   * @param block threads per block
   */
  record StridedBackward(
      Function function,
      int operand,
      Element element,
      int lanes,
      long a,
      long b,
      long upstream,
      long gradient,
      Strided layout,
      Dim grid,
      Dim block)
      implements BinaryLaunch {

    @Override
    public String entry() {
      return "binary_strided_backward_" + strided(element, lanes);
    }

    @Override
    public Arguments arguments() {
      Arguments to = new Arguments().i32(function.code()).i32(operand);
      layout.strides(0, to.address(a));
      layout.strides(1, to.address(b));
      to.address(upstream).address(gradient).i64(layout.elements());
      return layout.innerExtents(to);
    }
  }
}
