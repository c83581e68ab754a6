package org.clusternet.engine.cpu.winograd;

import org.clusternet.engine.cpu.onednn.Matrices;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * How the planes of Winograd's convolution lie in memory: a cache line further apart than a whole
 * number of pages. A transform writes to all of them at once, and at a distance of pages they would
 * all fall into the same set of the first-level cache, which has fewer ways.
 */
final class WinogradPlanes {
  private static final int PAGE = 4096 / Float.BYTES;
  private static final int LINE = 64 / Float.BYTES;

  private WinogradPlanes() {}

  /** Elements from one plane of {@code elements} to the next. */
  static int stride(int elements) {
    return (elements + PAGE - 1) / PAGE * PAGE + LINE;
  }

  /** Memory for so many planes, a stride apart. */
  static Tensor allocate(Scope scope, int planes, int stride) {
    return floats(scope, Math.multiplyExact(planes, stride));
  }

  /** So many planes of a block: one row a tile, one column a channel. */
  static Matrices matrices(int planes, int tiles, int channels) {
    return Matrices.of(planes, tiles, channels, stride(tiles * channels));
  }

  /** F32 memory. */
  static Tensor floats(Scope scope, int count) {
    return scope.allocate(TensorType.of(DType.F32, count));
  }
}
