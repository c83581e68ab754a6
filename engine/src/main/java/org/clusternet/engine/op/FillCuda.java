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
    byte[] element = new byte[Long.BYTES];
    y.dtype().set(MemorySegment.ofArray(element), 0, op.value());
    long bits = 0;
    for (int i = element.length - 1; i >= 0; i--) {
      bits = bits << 8 | (element[i] & 0xFF);
    }
    cuda.launch(
        new FillLaunch(
            Byte.SIZE * y.dtype().bytes(),
            y.memory().address(),
            y.elements(),
            bits,
            cuda.gridFor(y.elements()),
            cuda.block()));
  }
}
