package org.clusternet.engine.cuda.launch;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.kernels.Columns;
import org.clusternet.kernels.Element;
import org.clusternet.kernels.ShortRows;
import org.clusternet.kernels.SumToLaunch;

/**
 * Sums over the middle dimension of (outer, rows, channels), in F64: in one launch where that fills
 * the GPU, in two over F64 partial sums where few channels stand beside many rows.
 */
public final class DeviceSums {
  private static final int SHORT = 1024;

  private final Cuda cuda;
  private final double factor;

  /** Sums that are multiplied by {@code factor}. */
  public DeviceSums(Cuda cuda, double factor) {
    this.cuda = cuda;
    this.factor = factor;
  }

  /**
   * Numbers in memory.
   *
   * @param element their type
   * @param address address of the first
   */
  public record Array(Element element, long address) {

    /** The numbers of a tensor. */
    public static Array of(Tensor tensor) {
      return new Array(CudaOperands.element(tensor.dtype()), CudaOperands.address(tensor));
    }
  }

  /** Starts {@code y[o][c] = factor sum_r x[o][r][c]}. */
  public void start(Array x, Array y, long outer, long rows, long channels) {
    if (channels > 1) {
      overRows(x, y, outer, rows, channels);
      return;
    }
    int lanes = x.element == Element.F64 ? 1 : x.element.lanes(rows, x.address);
    if (rows <= SHORT) {
      innermost(x, y, outer, (int) rows);
    } else if (lanes > 1) {
      try (Scope scratch = cuda.scratch()) {
        Array sums = partial(scratch, outer * lanes);
        new DeviceSums(cuda, 1).overRows(x, sums, outer, rows / lanes, lanes);
        innermost(sums, y, outer, lanes);
      }
    } else {
      overRows(x, y, outer, rows, 1);
    }
  }

  private void innermost(Array x, Array y, long outer, int length) {
    ShortRows rows = new ShortRows(outer, length);
    cuda.launch(
        new SumToLaunch.Innermost(
            x.element,
            y.element,
            x.address,
            y.address,
            rows,
            factor,
            cuda.gridFor(rows.threads()),
            cuda.block()));
  }

  private void overRows(Array x, Array y, long outer, long rows, long channels) {
    int lanes = x.element == Element.F64 ? 1 : x.element.lanes(channels, x.address);
    int blocks = (int) Math.max(1, cuda.residentBlocks() / outer);
    Columns layout = Columns.of(rows, channels, lanes, cuda.blockSize(), blocks);
    if (layout.splits() == 1) {
      launch(x, y, outer, layout, factor);
      return;
    }
    try (Scope scratch = cuda.scratch()) {
      Array sums = partial(scratch, outer * layout.splits() * channels);
      launch(x, sums, outer, layout, 1);
      launch(sums, y, outer, Columns.finishing(layout.splits(), channels), factor);
    }
  }

  private void launch(Array x, Array y, long outer, Columns layout, double times) {
    cuda.launch(
        new SumToLaunch.OverRows(x.element, y.element, x.address, y.address, outer, layout, times));
  }

  private static Array partial(Scope scratch, long count) {
    Tensor sums = scratch.allocate(TensorType.of(DType.F64, Math.toIntExact(count)));
    return new Array(Element.F64, address(sums));
  }
}
