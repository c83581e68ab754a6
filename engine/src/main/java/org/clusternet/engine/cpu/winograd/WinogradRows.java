package org.clusternet.engine.cpu.winograd;

import java.lang.foreign.MemorySegment;

/**
 * The transforms of Winograd's convolution F(m x m, 3 x 3) (Lavin and Gray 2016, arXiv:1509.09308)
 * of one tile over all channels: (m + 2) x (m + 2) inputs and 3 x 3 weights become as many planes
 * each as there are inputs, {@code V = B' d B} and {@code U = G g G'}; their products M plane by
 * plane become m x m outputs, {@code Y = A' M A}.
 *
 * <p>The gradients are the transposes of these. Pixels are channels-last; a window is given by its
 * memory, the element at which it begins and the elements from one of its rows to the next. A plane
 * begins {@code plane} elements after the one before it. All values are F32.
 */
interface WinogradRows {
  /** Weights along each side. */
  int TAPS = 3;

  /** Outputs along each side of a tile. */
  int outputs();

  /** Inputs along each side of a tile. */
  default int inputs() {
    return outputs() + TAPS - 1;
  }

  /** Planes of a tile. */
  default int planes() {
    return inputs() * inputs();
  }

  /** The number of channels must be a multiple of this. */
  int multiple();

  /** The pixels of {@code x} to planes: {@code B' d B}. */
  void input(
      MemorySegment x, int at, int row, int channels, MemorySegment planes, int to, int plane);

  /** Planes, which are lost, to the pixels of {@code y}: {@code A' M A}. */
  void output(
      MemorySegment planes, int from, int plane, MemorySegment y, int at, int row, int channels);

  /** The pixels of the gradient of y to planes: {@code A dY A'}. */
  void outputGradient(
      MemorySegment dy, int at, int row, int channels, MemorySegment planes, int to, int plane);

  /**
   * 3 x 3 rows of {@code count} weights, {@code step} elements apart (a negative step from the last
   * one turns the window around), to planes: {@code G g G'}.
   */
  void weights(
      MemorySegment w, int at, int step, int count, MemorySegment planes, int to, int plane);

  /** Planes, which are lost, to 3 x 3 rows of gradients of weights: {@code G' dU G}. */
  void weightGradient(
      MemorySegment planes, int from, int plane, MemorySegment dw, int at, int step, int count);
}
