package org.clusternet.engine.cuda.launch;

import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.Element;

/** Tensors as kernels see them: an address and an element type. */
public final class CudaOperands {
  private CudaOperands() {}

  /** Where the tensor begins in the GPU's memory. */
  public static long address(Tensor tensor) {
    return tensor.memory().address();
  }

  /** The element type, for the few kernels that take F64 too. */
  public static Element element(DType dtype) {
    return switch (dtype) {
      case F32 -> Element.F32;
      case BF16 -> Element.BF16;
      case F64 -> Element.F64;
      default -> throw new IllegalArgumentException(dtype + " is no floating-point type");
    };
  }

  /**
   * The element type of an operand of a kernel for activations or parameters.
   *
   * @throws UnsupportedOperationException if it is F64
   */
  public static Element element(Op op, Tensor tensor) {
    if (tensor.dtype() == DType.F64) {
      throw new UnsupportedOperationException(
          op.name() + " of " + tensor + ": F64 runs on the cpu only; cast it to F32");
    }
    return element(tensor.dtype());
  }
}
