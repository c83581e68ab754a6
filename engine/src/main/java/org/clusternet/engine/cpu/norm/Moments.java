package org.clusternet.engine.cpu.norm;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.clusternet.engine.cpu.ChannelRows;

/**
 * Mean and sum of squared deviations of each channel, chunk by chunk (Chan, Golub and LeVeque
 * 1983). A chunk is summed in one go about the mean of what came before it; what a chunk is far off
 * that mean is in the variance too, so the squares lose no more digits than the variance has.
 */
final class Moments {
  private final double[] mean;
  private final double[] squares;
  private final float[] centre;
  private final float[] sums;
  private final float[] chunkSquares;
  private double count;

  Moments(int channels) {
    mean = new double[channels];
    squares = new double[channels];
    centre = new float[channels];
    sums = new float[channels];
    chunkSquares = new float[channels];
  }

  /** Adds the pixels of {@code x}. */
  void add(ChannelRows rows, MemorySegment x) {
    double more = (double) x.byteSize() / Float.BYTES / mean.length;
    if (count == 0) {
      Arrays.fill(sums, 0);
      rows.sum(x, sums);
      for (int c = 0; c < mean.length; c++) {
        centre[c] = (float) (sums[c] / more);
      }
    }
    Arrays.fill(sums, 0);
    Arrays.fill(chunkSquares, 0);
    rows.deviations(x, centre, sums, chunkSquares);
    for (int c = 0; c < mean.length; c++) {
      double off = sums[c] / more;
      merge(c, centre[c] + off, chunkSquares[c] - off * sums[c], more);
      centre[c] = (float) mean[c];
    }
    count += more;
  }

  /** Adds what another has seen. */
  void add(Moments other) {
    for (int c = 0; c < mean.length; c++) {
      merge(c, other.mean[c], other.squares[c], other.count);
    }
    count += other.count;
  }

  private void merge(int c, double otherMean, double otherSquares, double more) {
    double distance = otherMean - mean[c];
    double weight = more / (count + more);
    mean[c] += distance * weight;
    squares[c] += otherSquares + distance * distance * count * weight;
  }

  /** Means. */
  float[] mean() {
    float[] result = new float[mean.length];
    for (int c = 0; c < result.length; c++) {
      result[c] = (float) mean[c];
    }
    return result;
  }

  /** Biased variances. */
  float[] variance() {
    float[] result = new float[mean.length];
    for (int c = 0; c < result.length; c++) {
      result[c] = (float) (squares[c] / count);
    }
    return result;
  }
}
