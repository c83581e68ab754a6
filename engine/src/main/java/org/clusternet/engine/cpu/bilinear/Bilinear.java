package org.clusternet.engine.cpu.bilinear;

import java.util.Arrays;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.region.Box;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;

/**
 * Bilinear resizing of a box of each image of a batch to one size, forward and backward: what
 * {@code ResizeBilinear} (the box is the image) and {@code CropResize} have in common.
 *
 * <p>Here is the oracle: it takes each sample's position and four neighbours from the formula, and
 * scatters gradients. The fast path is {@link BilinearRows}.
 */
public final class Bilinear {
  private Bilinear() {}

  /** For each image of {@code x}: the box that is the whole of it. */
  public static Box[] wholeImages(Shape x) {
    Box[] boxes = new Box[x.dim(0)];
    Arrays.fill(boxes, new Box(0, 0, x.dim(3) - 1, x.dim(2) - 1));
    return boxes;
  }

  /** Resizes the boxes of x to the size of y. */
  public static void forward(Tensor x, Box[] boxes, Tensor y, Cpu cpu) {
    if (x.dtype() == DType.F64) {
      forwardLoops(x, boxes, y);
    } else {
      BilinearRows.forward(x, boxes, y, cpu);
    }
  }

  /** The gradient of x from that of y. */
  public static void backward(Tensor dy, Box[] boxes, Tensor dx, Cpu cpu) {
    if (dx.dtype() == DType.F64) {
      backwardLoops(dy, boxes, dx);
    } else {
      BilinearRows.backward(dy, boxes, dx, cpu);
    }
  }

  /** A sample's position between the {@code length} values along an axis. */
  private static double position(int i, int length, int target) {
    return Math.min(Math.max((i + 0.5) * length / target - 0.5, 0), length - 1);
  }

  private static double mix(double a, double b, double weight) {
    return a + weight * (b - a);
  }

  /** One sample of y, and where it lies in x. */
  @FunctionalInterface
  private interface Meeting {
    void at(
        int n, int i, int j, int top, int bottom, double down, int left, int right, double along);
  }

  private static void walk(Box[] boxes, Shape y, Meeting meeting) {
    for (int n = 0; n < boxes.length; n++) {
      Box box = boxes[n];
      for (int i = 0; i < y.dim(2); i++) {
        double v = position(i, box.height(), y.dim(2));
        int top = box.yMin() + (int) v;
        int bottom = Math.min(top + 1, box.yMax());
        for (int j = 0; j < y.dim(3); j++) {
          double u = position(j, box.width(), y.dim(3));
          int left = box.xMin() + (int) u;
          int right = Math.min(left + 1, box.xMax());
          meeting.at(n, i, j, top, bottom, v - (int) v, left, right, u - (int) u);
        }
      }
    }
  }

  private static void forwardLoops(Tensor from, Box[] boxes, Tensor to) {
    View x = View.of(from);
    View y = View.of(to);
    int channels = to.dim(1);
    walk(
        boxes,
        to.shape(),
        (n, i, j, top, bottom, down, left, right, along) -> {
          for (int c = 0; c < channels; c++) {
            double above = mix(x.at(n, c, top, left), x.at(n, c, top, right), along);
            double below = mix(x.at(n, c, bottom, left), x.at(n, c, bottom, right), along);
            y.put(n, c, i, j, mix(above, below, down));
          }
        });
  }

  private static void backwardLoops(Tensor upstream, Box[] boxes, Tensor gradient) {
    View dy = View.of(upstream);
    View dx = View.of(gradient);
    gradient.memory().fill((byte) 0);
    int channels = gradient.dim(1);
    walk(
        boxes,
        upstream.shape(),
        (n, i, j, top, bottom, down, left, right, along) -> {
          for (int c = 0; c < channels; c++) {
            double g = dy.at(n, c, i, j);
            dx.add(n, c, top, left, g * (1 - down) * (1 - along));
            dx.add(n, c, top, right, g * (1 - down) * along);
            dx.add(n, c, bottom, left, g * down * (1 - along));
            dx.add(n, c, bottom, right, g * down * along);
          }
        });
  }
}
