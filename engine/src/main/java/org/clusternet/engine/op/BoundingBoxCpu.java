package org.clusternet.engine.op;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.FloatRows;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.tensor.Tensor;

/**
 * Rows are searched from above and from below for the first that is not empty; of those between,
 * only the columns outside of the box found so far are examined.
 */
final class BoundingBoxCpu {
  private BoundingBoxCpu() {}

  static void run(BoundingBox op, Tensor[] in, Tensor[] out, Cpu cpu) {
    int height = in[0].dim(2);
    int width = in[0].dim(3);
    long size = (long) height * width;
    View box = View.of(out[0]);
    cpu.workers()
        .run(
            in[0].dim(0),
            FloatRows.grain(size),
            (from, to) -> {
              for (int n = (int) from; n < to; n++) {
                int[] corners = box(in[0].memory().asSlice(n * size, size), height, width);
                for (int k = 0; k < corners.length; k++) {
                  box.put(n, k, corners[k]);
                }
              }
            });
  }

  private static int[] box(MemorySegment mask, int height, int width) {
    int top = 0;
    while (top < height && isEmpty(mask, top, width)) {
      top++;
    }
    if (top == height) {
      return new int[] {0, 0, width - 1, height - 1};
    }
    int bottom = height - 1;
    while (isEmpty(mask, bottom, width)) {
      bottom--;
    }
    int left = width;
    int right = -1;
    for (int y = top; y <= bottom; y++) {
      long row = (long) y * width;
      left = first(mask, row, left);
      right = last(mask, row, width - 1, right);
    }
    return new int[] {left, top, right, bottom};
  }

  private static boolean isEmpty(MemorySegment mask, int y, int width) {
    return first(mask, (long) y * width, width) == width;
  }

  /** The first set column before {@code limit}, or the limit. */
  private static int first(MemorySegment mask, long row, int limit) {
    int x = 0;
    while (x < limit && mask.get(JAVA_BYTE, row + x) == 0) {
      x++;
    }
    return x;
  }

  /** The last set column after {@code limit}, or the limit. */
  private static int last(MemorySegment mask, long row, int start, int limit) {
    int x = start;
    while (x > limit && mask.get(JAVA_BYTE, row + x) == 0) {
      x--;
    }
    return x;
  }
}
