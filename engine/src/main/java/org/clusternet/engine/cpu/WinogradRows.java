package org.clusternet.engine.cpu;

import java.lang.foreign.MemorySegment;

/**
 * The transforms of Winograd's convolution F(2 x 2, 3 x 3) (Lavin and Gray 2016, arXiv:1509.09308)
 * of one tile over all channels: 4 x 4 inputs and 3 x 3 weights become 16 planes each, their
 * products plane by plane become 2 x 2 outputs.
 *
 * <pre>
 * V = B' d B    B' = 1  0 -1  0    U = G g G'   G =  1    0    0    Y = A' M A   A' = 1  1  1  0
 *                    0  1  1  0                     1/2  1/2  1/2                     0  1 -1  1
 *                    0 -1  1  0                     1/2 -1/2  1/2
 *                    0 -1  0  1                      0    0    1
 * </pre>
 *
 * <p>The gradients are the transposes of these. Pixels are channels-last; a window is given by its
 * memory, the element at which it begins and the elements from one of its rows to the next. A plane
 * begins {@code plane} elements after the one before it. All values are F32.
 */
public interface WinogradRows {
  /** Planes of a tile. */
  int PLANES = 16;

  /** Outputs along each side of a tile. */
  int OUTPUTS = 2;

  /** Inputs along each side of a tile. */
  int INPUTS = 4;

  /** Weights along each side. */
  int TAPS = 3;

  /** The number of channels must be a multiple of this. */
  int multiple();

  /** 4 x 4 pixels of {@code x} to 16 planes: {@code B' d B}. */
  void input(
      MemorySegment x, int at, int row, int channels, MemorySegment planes, int to, int plane);

  /** 16 planes to 2 x 2 pixels of {@code y}: {@code A' M A}. */
  void output(
      MemorySegment planes, int from, int plane, MemorySegment y, int at, int row, int channels);

  /** 2 x 2 pixels of the gradient of y to 16 planes: {@code A dY A'}. */
  void outputGradient(
      MemorySegment dy, int at, int row, int channels, MemorySegment planes, int to, int plane);

  /**
   * 3 x 3 rows of {@code count} weights, {@code step} elements apart (a negative step from the last
   * one turns the window around), to 16 planes: {@code G g G'}.
   */
  void weights(
      MemorySegment w, int at, int step, int count, MemorySegment planes, int to, int plane);

  /** 16 planes to 3 x 3 rows of gradients of weights: {@code G' dU G}. */
  void weightGradient(
      MemorySegment planes, int from, int plane, MemorySegment dw, int at, int step, int count);
}
