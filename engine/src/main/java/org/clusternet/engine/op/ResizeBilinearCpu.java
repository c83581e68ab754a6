package org.clusternet.engine.op;

import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.bilinear.Bilinear;
import org.clusternet.engine.tensor.Tensor;

/** The loops of {@link Bilinear}, with the whole image as the box. */
final class ResizeBilinearCpu {
  private ResizeBilinearCpu() {}

  static void forward(ResizeBilinear op, Tensor[] in, Tensor[] out, Cpu cpu) {
    Bilinear.forward(in[0], Bilinear.wholeImages(in[0].shape()), out[0], cpu);
  }

  static void backward(ResizeBilinear.Backward op, Tensor[] in, Tensor[] out, Cpu cpu) {
    Bilinear.backward(in[0], Bilinear.wholeImages(out[0].shape()), out[0], cpu);
  }
}
