package org.clusternet.engine.op;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.FillLaunch;

/** The value's bits are made here, by the same rounding as on the CPU; the kernel repeats them. */
final class FillCuda {
  private FillCuda() {}

  static void run(Fill op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Tensor y = out[0];
    long[] bits = new long[1];
    y.dtype().set(MemorySegment.ofArray(bits), 0, op.value());
    cuda.launch(
        new FillLaunch(
            Byte.SIZE * y.dtype().bytes(),
            y.memory().address(),
            y.elements(),
            bits[0],
            cuda.gridFor(y.elements()),
            cuda.block()));
  }
}
