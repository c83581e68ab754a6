package org.clusternet.engine.op;

import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.FloatRows;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Tensor;

/** Two passes over each sample, in blocks that fit the first-level cache; samples in parallel. */
final class MinMaxNormaliseCpu {
  private static final int BLOCK = 4096;

  private MinMaxNormaliseCpu() {}

  static void run(MinMaxNormalise op, Tensor[] in, Tensor[] out, Cpu cpu) {
    int samples = in[0].dim(0);
    long size = in[0].elements() / samples;
    if (in[0].dtype() == DType.F64) {
      for (int n = 0; n < samples; n++) {
        loops(View.of(in[0]), View.of(out[0]), n * size, (n + 1) * size);
      }
      return;
    }
    cpu.workers()
        .run(
            samples,
            FloatRows.grain(size),
            (from, to) -> {
              for (long n = from; n < to; n++) {
                blocks(in[0], out[0], n * size, (n + 1) * size, cpu.simd().floatRows());
              }
            });
  }

  private static void loops(View x, View y, long from, long to) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (long i = from; i < to; i++) {
      min = x.get(i) < min ? x.get(i) : min;
      max = x.get(i) > max ? x.get(i) : max;
    }
    for (long i = from; i < to; i++) {
      y.set(i, max > min ? (x.get(i) - min) / (max - min) : 0);
    }
  }

  private static void blocks(Tensor x, Tensor y, long from, long to, FloatRows rows) {
    float[] block = new float[(int) Math.min(BLOCK, to - from)];
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (long at = from; at < to; at += block.length) {
      int count = (int) Math.min(block.length, to - at);
      rows.read(x, at, block, count);
      for (int i = 0; i < count; i++) {
        min = block[i] < min ? block[i] : min;
        max = block[i] > max ? block[i] : max;
      }
    }
    boolean flat = !(max > min);
    for (long at = from; at < to; at += block.length) {
      int count = (int) Math.min(block.length, to - at);
      rows.read(x, at, block, count);
      normalise(block, count, flat, min, (double) max - min);
      rows.write(block, count, y, at);
    }
  }

  private static void normalise(float[] block, int count, boolean flat, double min, double range) {
    for (int i = 0; i < count; i++) {
      block[i] = flat ? 0 : (float) ((block[i] - min) / range);
    }
  }
}
