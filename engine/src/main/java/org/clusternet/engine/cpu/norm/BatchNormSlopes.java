package org.clusternet.engine.cpu.norm;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.clusternet.engine.cpu.ChannelRows;

/**
 * The sums of batch normalisation's gradient, per channel: of the upstream gradient u, which is the
 * gradient of beta, and of {@code u (x - mean)}; and the coefficients of dx that follow from them.
 */
final class BatchNormSlopes {
  private final double[] sums;
  private final double[] products;
  private final float[] chunkSums;
  private final float[] chunkProducts;
  private final float[] scale;
  private final float[] offset;
  private final float[] slope;
  private final float[] gamma;
  private final float[] beta;

  BatchNormSlopes(int channels) {
    sums = new double[channels];
    products = new double[channels];
    chunkSums = new float[channels];
    chunkProducts = new float[channels];
    scale = new float[channels];
    offset = new float[channels];
    slope = new float[channels];
    gamma = new float[channels];
    beta = new float[channels];
  }

  /** Adds the pixels of x and u. */
  void add(ChannelRows rows, MemorySegment x, MemorySegment u, float[] mean) {
    Arrays.fill(chunkSums, 0);
    Arrays.fill(chunkProducts, 0);
    rows.products(x, u, mean, chunkSums, chunkProducts);
    for (int c = 0; c < sums.length; c++) {
      sums[c] += chunkSums[c];
      products[c] += chunkProducts[c];
    }
  }

  /** Adds what another has summed. */
  void add(BatchNormSlopes other) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] += other.sums[c];
      products[c] += other.products[c];
    }
  }

  /** Draws the conclusions, from gamma, the batch variance and the number of pixels. */
  void finish(float[] weight, float[] variance, double eps, double count) {
    for (int c = 0; c < sums.length; c++) {
      double inverse = 1 / Math.sqrt(variance[c] + eps);
      scale[c] = (float) (weight[c] * inverse);
      offset[c] = (float) (sums[c] / count);
      slope[c] = (float) (products[c] * inverse * inverse / count);
      gamma[c] = (float) (products[c] * inverse);
      beta[c] = (float) sums[c];
    }
  }

  /** Writes dx. */
  void write(ChannelRows rows, MemorySegment x, MemorySegment u, MemorySegment dx, float[] mean) {
    rows.gradient(x, u, dx, mean, scale, offset, slope);
  }

  float[] gamma() {
    return gamma;
  }

  float[] beta() {
    return beta;
  }
}
