package org.clusternet.engine.cpu;

import java.lang.foreign.MemorySegment;

/**
 * The loops of batch normalisation over channels-last F32 values: sums per channel, and what is
 * computed from each value with its channel's coefficients. Every segment holds whole pixels, all
 * segments of a call the same number; the arrays have one number per channel.
 *
 * <p>Each loop is one pass through memory in its order, with the coefficients in the nearest cache.
 * What a call may leave out is a call of its own, or a bound of minus infinity, never a flag: the
 * compiler would build the loop for the case that it saw last, and again at the next change.
 */
public interface ChannelRows {

  /** The number of channels must be a multiple of this. */
  int multiple();

  /** Adds x to {@code sums}. */
  void sum(MemorySegment x, float[] sums);

  /** Adds {@code x - mean} to {@code sums} and its square to {@code squares}. */
  void deviations(MemorySegment x, float[] mean, float[] sums, float[] squares);

  /**
   * {@code y = (x - mean) scale + shift}, and {@code least} wherever that is smaller; NaN stays.
   *
   * @param least 0 for a ReLU, minus infinity for none
   */
  void normalise(
      MemorySegment x, MemorySegment y, float[] mean, float[] scale, float[] shift, float least);

  /** As {@link #normalise}, with {@code residual} added before the comparison. */
  void normaliseAndAdd(
      MemorySegment x,
      MemorySegment residual,
      MemorySegment y,
      float[] mean,
      float[] scale,
      float[] shift,
      float least);

  /** {@code masked = upstream}, or 0 wherever {@code y <= 0}: the gradient of a ReLU. */
  void mask(MemorySegment upstream, MemorySegment y, MemorySegment masked);

  /** Adds u to {@code sums} and {@code u (x - mean)} to {@code products}. */
  void products(MemorySegment x, MemorySegment u, float[] mean, float[] sums, float[] products);

  /** {@code dx = scale (u - offset - (x - mean) slope)}. */
  void gradient(
      MemorySegment x,
      MemorySegment u,
      MemorySegment dx,
      float[] mean,
      float[] scale,
      float[] offset,
      float[] slope);
}
