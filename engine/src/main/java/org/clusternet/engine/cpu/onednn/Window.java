package org.clusternet.engine.cpu.onednn;

import java.lang.foreign.MemorySegment;

/**
 * The sliding window of a convolution or a pooling, the same along both axes but for its size.
 *
 * @param height rows of the window
 * @param width columns of the window
 * @param stride its step
 * @param padding before the first row and column
 */
record Window(int height, int width, int stride, int padding) {

  MemorySegment size(Session s) {
    return s.dims(height, width);
  }

  MemorySegment strides(Session s) {
    return s.dims(stride, stride);
  }

  MemorySegment dilation(Session s) {
    return s.dims(0, 0);
  }

  MemorySegment near(Session s) {
    return s.dims(padding, padding);
  }

  /**
   * The library wants the padding that makes the sizes come out even; where the stride leaves
   * pixels over at the far edge, that is less than on the near one, possibly negative.
   */
  MemorySegment far(Session s, Descriptor x, Descriptor y) {
    return s.dims(
        (y.shape().dim(2) - 1L) * stride + height - x.shape().dim(2) - padding,
        (y.shape().dim(3) - 1L) * stride + width - x.shape().dim(3) - padding);
  }
}
