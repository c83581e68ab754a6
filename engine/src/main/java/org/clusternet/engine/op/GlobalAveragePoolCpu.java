package org.clusternet.engine.op;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.tensor.Tensor;

/** Plain loops for every type: what is left of an image here is a few hundred pixels. */
final class GlobalAveragePoolCpu {
  private GlobalAveragePoolCpu() {}

  static void forward(GlobalAveragePool op, Tensor[] in, Tensor[] out, Cpu cpu) {
    View x = View.of(in[0]);
    View y = View.of(out[0]);
    int channels = in[0].dim(1);
    int pixels = in[0].dim(2) * in[0].dim(3);
    double[] sums = new double[channels];
    for (int n = 0; n < in[0].dim(0); n++) {
      Arrays.fill(sums, 0);
      long base = (long) n * pixels * channels;
      for (int p = 0; p < pixels; p++) {
        for (int c = 0; c < channels; c++) {
          sums[c] += x.get(base + (long) p * channels + c);
        }
      }
      for (int c = 0; c < channels; c++) {
        y.put(n, c, sums[c] / pixels);
      }
    }
  }

  /** Every pixel of an image gets the same row, which is made once and copied. */
  static void backward(GlobalAveragePool.Backward op, Tensor[] in, Tensor[] out, Cpu cpu) {
    View upstream = View.of(in[0]);
    View dx = View.of(out[0]);
    int channels = out[0].dim(1);
    int pixels = out[0].dim(2) * out[0].dim(3);
    long row = (long) channels * out[0].dtype().bytes();
    for (int n = 0; n < out[0].dim(0); n++) {
      long first = (long) n * pixels;
      for (int c = 0; c < channels; c++) {
        dx.set(first * channels + c, upstream.at(n, c) / pixels);
      }
      MemorySegment made = out[0].memory().asSlice(first * row, row);
      for (int p = 1; p < pixels; p++) {
        out[0].memory().asSlice((first + p) * row, row).copyFrom(made);
      }
    }
  }
}
