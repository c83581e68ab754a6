package org.clusternet.engine.op;

import java.util.Arrays;
import java.util.function.ToIntFunction;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;

/**
 * Bilinear resizing of a box of each image of a batch to one size, forward and backward: what
 * {@link ResizeBilinear} (the box is the image) and {@link CropResize} have in common.
 *
 * <p>The oracle takes each sample's position and four neighbours from the formula, and scatters
 * gradients. The fast path interpolates whole rows first vertically, then horizontally, from the
 * tables of {@link Interpolation}; a source row is read once for all the rows that it contributes
 * to. Its backward pass gathers, for each pixel, from the samples that used it, in a fixed order:
 * no two threads write to one place, and the bits do not depend on their number.
 */
final class BilinearCpu {
  private BilinearCpu() {}

  /** Corners of a region of an image, inclusive. */
  record Box(int xMin, int yMin, int xMax, int yMax) {
    int width() {
      return xMax - xMin + 1;
    }

    int height() {
      return yMax - yMin + 1;
    }
  }

  /** For each image of {@code x}: the box that is the whole of it. */
  static Box[] wholeImages(Shape x) {
    Box[] boxes = new Box[x.dim(0)];
    Arrays.fill(boxes, new Box(0, 0, x.dim(3) - 1, x.dim(2) - 1));
    return boxes;
  }

  /** Resizes the boxes of x to the size of y. */
  static void forward(Tensor x, Box[] boxes, Tensor y, Cpu cpu) {
    if (x.dtype() == DType.F64) {
      forwardLoops(x, boxes, y);
    } else {
      forwardRows(x, boxes, y, cpu);
    }
  }

  /** The gradient of x from that of y. */
  static void backward(Tensor dy, Box[] boxes, Tensor dx, Cpu cpu) {
    if (dx.dtype() == DType.F64) {
      backwardLoops(dy, boxes, dx);
    } else {
      backwardRows(dy, boxes, dx, cpu);
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
        int top = box.yMin + (int) v;
        int bottom = Math.min(top + 1, box.yMax);
        for (int j = 0; j < y.dim(3); j++) {
          double u = position(j, box.width(), y.dim(3));
          int left = box.xMin + (int) u;
          int right = Math.min(left + 1, box.xMax);
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

  private static Interpolation[] tables(Box[] boxes, ToIntFunction<Box> extent, int target) {
    Interpolation[] tables = new Interpolation[boxes.length];
    for (int n = 0; n < boxes.length; n++) {
      int length = extent.applyAsInt(boxes[n]);
      boolean again = n > 0 && extent.applyAsInt(boxes[n - 1]) == length;
      tables[n] = again ? tables[n - 1] : Interpolation.of(length, target);
    }
    return tables;
  }

  private static void forwardRows(Tensor x, Box[] boxes, Tensor y, Cpu cpu) {
    int channels = y.dim(1);
    int height = y.dim(2);
    int length = y.dim(3) * channels;
    Interpolation[] vertical = tables(boxes, Box::height, height);
    Interpolation[] horizontal = tables(boxes, Box::width, y.dim(3));
    cpu.workers()
        .run(
            (long) boxes.length * height,
            Rows.grain(length),
            (from, to) -> {
              RowPair pair = new RowPair(x);
              float[] row = new float[length];
              for (long r = from; r < to; r++) {
                int n = (int) (r / height);
                float[] source = pair.between(n, boxes[n], vertical[n], (int) (r % height));
                stretch(source, horizontal[n], channels, row);
                Rows.write(row, length, y, r * length);
              }
            });
  }

  private static void stretch(float[] source, Interpolation table, int channels, float[] row) {
    int[] lower = table.lower();
    int[] upper = table.upper();
    float[] weight = table.weight();
    int at = 0;
    for (int j = 0; j < lower.length; j++) {
      int left = lower[j] * channels;
      int right = upper[j] * channels;
      for (int c = 0; c < channels; c++) {
        float a = source[left + c];
        row[at++] = a + weight[j] * (source[right + c] - a);
      }
    }
  }

  /** The two source rows that rows of y lie between; going down, each is read once. */
  private static final class RowPair {
    private final Tensor x;
    private final float[] blended;
    private float[] above;
    private float[] below;
    private long aboveAt = -1;
    private long belowAt = -1;
    private int held;

    RowPair(Tensor x) {
      this.x = x;
      int room = x.dim(3) * x.dim(1);
      this.blended = new float[room];
      this.above = new float[room];
      this.below = new float[room];
    }

    /** Row i of sample n before it is stretched horizontally. */
    float[] between(int n, Box box, Interpolation table, int i) {
      int count = box.width() * x.dim(1);
      if (count != held) {
        aboveAt = -1;
        belowAt = -1;
        held = count;
      }
      readAbove(x.shape().offset(n, 0, box.yMin + table.lower()[i], box.xMin), count);
      float weight = table.weight()[i];
      if (weight == 0) {
        return above;
      }
      readBelow(x.shape().offset(n, 0, box.yMin + table.upper()[i], box.xMin), count);
      for (int k = 0; k < count; k++) {
        blended[k] = above[k] + weight * (below[k] - above[k]);
      }
      return blended;
    }

    private void readAbove(long position, int count) {
      if (position == belowAt) {
        float[] swapped = above;
        above = below;
        below = swapped;
        belowAt = aboveAt;
      } else if (position != aboveAt) {
        Rows.read(x, position, above, count);
      }
      aboveAt = position;
    }

    private void readBelow(long position, int count) {
      if (position != belowAt) {
        Rows.read(x, position, below, count);
        belowAt = position;
      }
    }
  }

  private static void backwardRows(Tensor dy, Box[] boxes, Tensor dx, Cpu cpu) {
    int height = dx.dim(2);
    int length = dx.dim(3) * dx.dim(1);
    Interpolation[] vertical = tables(boxes, Box::height, dy.dim(2));
    Interpolation[] horizontal = tables(boxes, Box::width, dy.dim(3));
    cpu.workers()
        .run(
            (long) boxes.length * height,
            Rows.grain(length),
            (from, to) -> {
              Gather gather = new Gather(dy);
              float[] row = new float[length];
              for (long r = from; r < to; r++) {
                int n = (int) (r / height);
                int h = (int) (r % height);
                Arrays.fill(row, 0);
                if (h >= boxes[n].yMin && h <= boxes[n].yMax) {
                  gather.rowsOf(n, vertical[n], h - boxes[n].yMin);
                  gather.columnsInto(row, horizontal[n], boxes[n]);
                }
                Rows.write(row, length, dx, r * length);
              }
            });
  }

  /** Sums what the samples that used a row of x have to say of it, in F64. */
  private static final class Gather {
    private final Tensor dy;
    private final int channels;
    private final float[] row;
    private final double[] sums;

    Gather(Tensor dy) {
      this.dy = dy;
      this.channels = dy.dim(1);
      this.row = new float[dy.dim(3) * channels];
      this.sums = new double[row.length];
    }

    void rowsOf(int n, Interpolation table, int h) {
      Arrays.fill(sums, 0);
      for (int i = table.firstUser(h); i < table.endOfUsers(h); i++) {
        Rows.read(dy, dy.shape().offset(n, 0, i, 0), row, row.length);
        double share = table.share(i, h);
        for (int k = 0; k < sums.length; k++) {
          sums[k] += share * row[k];
        }
      }
    }

    void columnsInto(float[] gradient, Interpolation table, Box box) {
      for (int w = 0; w < box.width(); w++) {
        for (int c = 0; c < channels; c++) {
          double sum = 0;
          for (int j = table.firstUser(w); j < table.endOfUsers(w); j++) {
            sum += table.share(j, w) * sums[j * channels + c];
          }
          gradient[(box.xMin + w) * channels + c] = (float) sum;
        }
      }
    }
  }
}
