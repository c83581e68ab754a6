package org.clusternet.engine.cpu.bilinear;

import java.util.Arrays;
import java.util.function.ToIntFunction;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.FloatRows;
import org.clusternet.engine.region.Box;
import org.clusternet.engine.region.Interpolation;
import org.clusternet.engine.tensor.Tensor;

/**
 * The fast path of {@link Bilinear} for F32 and BF16, row by row.
 *
 * <p>Source rows are stretched horizontally by the tables of {@link Interpolation}, and pairs of
 * them are blended. Enlarging, which is what the network does, reads and stretches each source row
 * once for all the rows that it contributes to; most of the work is then the blend, which
 * vectorises.
 *
 * <p>The backward pass gathers, for each pixel, from the samples that used it, in a fixed order and
 * in F64: no two threads write to one place, and the bits do not depend on their number.
 */
final class BilinearRows {
  private BilinearRows() {}

  private static Interpolation[] tables(Box[] boxes, ToIntFunction<Box> extent, int target) {
    Interpolation[] tables = new Interpolation[boxes.length];
    for (int n = 0; n < boxes.length; n++) {
      int length = extent.applyAsInt(boxes[n]);
      boolean again = n > 0 && extent.applyAsInt(boxes[n - 1]) == length;
      tables[n] = again ? tables[n - 1] : Interpolation.of(length, target);
    }
    return tables;
  }

  /** Resizes the boxes of x to the size of y. */
  static void forward(Tensor x, Box[] boxes, Tensor y, Cpu cpu) {
    int channels = y.dim(1);
    int height = y.dim(2);
    int length = y.dim(3) * channels;
    Interpolation[] vertical = tables(boxes, Box::height, height);
    Interpolation[] horizontal = tables(boxes, Box::width, y.dim(3));
    cpu.workers()
        .run(
            (long) boxes.length * height,
            FloatRows.grain(length),
            (from, to) -> {
              FloatRows rows = cpu.simd().floatRows();
              RowPair pair = new RowPair(x, length, rows);
              for (long r = from; r < to; r++) {
                int n = (int) (r / height);
                pair.enter(n, boxes[n], horizontal[n]);
                float[] row = pair.between(vertical[n], (int) (r % height));
                rows.write(row, length, y, r * length);
              }
            });
  }

  /**
   * The two source rows, stretched to the width of y, that a row of y lies between. Going down the
   * image, each is read and stretched once.
   */
  private static final class RowPair {
    private final Tensor x;
    private final FloatRows floats;
    private final int channels;
    private final float[] source;
    private final float[] blended;
    private final int[] left;
    private final float[] along;
    private float[] above;
    private float[] below;
    private int aboveIs = -1;
    private int belowIs = -1;
    private int sample = -1;
    private Box box = new Box(0, 0, 0, 0);

    RowPair(Tensor x, int length, FloatRows floats) {
      this.x = x;
      this.floats = floats;
      this.channels = x.dim(1);
      this.source = new float[(x.dim(3) + 1) * channels];
      this.blended = new float[length];
      this.above = new float[length];
      this.below = new float[length];
      this.left = new int[length];
      this.along = new float[length];
    }

    /** The rows that follow are of this sample. */
    void enter(int n, Box region, Interpolation columns) {
      if (n == sample) {
        return;
      }
      sample = n;
      box = region;
      aboveIs = -1;
      belowIs = -1;
      int k = 0;
      for (int j = 0; j < columns.lower().length; j++) {
        for (int c = 0; c < channels; c++) {
          left[k] = columns.lower()[j] * channels + c;
          along[k++] = columns.weight()[j];
        }
      }
    }

    /** Row i of y; it is valid until the next call. */
    float[] between(Interpolation rows, int i) {
      readAbove(rows.lower()[i]);
      float weight = rows.weight()[i];
      if (weight == 0) {
        return above;
      }
      readBelow(rows.upper()[i]);
      floats.blend(above, below, weight, blended);
      return blended;
    }

    private void readAbove(int row) {
      if (row == belowIs) {
        float[] swapped = above;
        above = below;
        below = swapped;
        belowIs = aboveIs;
      } else if (row != aboveIs) {
        read(row, above);
      }
      aboveIs = row;
    }

    private void readBelow(int row) {
      if (row != belowIs) {
        read(row, below);
        belowIs = row;
      }
    }

    /** The last pixel is read as its own right neighbour. */
    private void read(int row, float[] stretched) {
      long start = x.shape().offset(sample, 0, box.yMin() + row, box.xMin());
      int end = box.width() * channels;
      floats.read(x, start, source, end);
      System.arraycopy(source, end - channels, source, end, channels);
      floats.stretch(source, left, channels, along, stretched);
    }
  }

  /** The gradient of x from that of y. */
  static void backward(Tensor dy, Box[] boxes, Tensor dx, Cpu cpu) {
    int height = dx.dim(2);
    int length = dx.dim(3) * dx.dim(1);
    Interpolation[] vertical = tables(boxes, Box::height, dy.dim(2));
    Interpolation[] horizontal = tables(boxes, Box::width, dy.dim(3));
    cpu.workers()
        .run(
            (long) boxes.length * height,
            FloatRows.grain(length),
            (from, to) -> {
              FloatRows rows = cpu.simd().floatRows();
              Gather gather = new Gather(dy, rows);
              float[] row = new float[length];
              for (long r = from; r < to; r++) {
                int n = (int) (r / height);
                int h = (int) (r % height);
                Arrays.fill(row, 0);
                if (h >= boxes[n].yMin() && h <= boxes[n].yMax()) {
                  gather.rowsOf(n, vertical[n], h - boxes[n].yMin());
                  gather.columnsInto(row, horizontal[n], boxes[n]);
                }
                rows.write(row, length, dx, r * length);
              }
            });
  }

  /** Sums what the samples that used a row of x have to say of it, in F64. */
  private static final class Gather {
    private final Tensor dy;
    private final FloatRows floats;
    private final float[] row;
    private final double[] sums;
    private final double[] pixel;

    Gather(Tensor dy, FloatRows floats) {
      this.dy = dy;
      this.floats = floats;
      this.row = new float[dy.dim(3) * dy.dim(1)];
      this.sums = new double[row.length];
      this.pixel = new double[dy.dim(1)];
    }

    void rowsOf(int n, Interpolation table, int h) {
      Arrays.fill(sums, 0);
      for (int i = table.firstUser(h); i < table.endOfUsers(h); i++) {
        floats.read(dy, dy.shape().offset(n, 0, i, 0), row, row.length);
        double share = table.share(i, h);
        for (int k = 0; k < sums.length; k++) {
          sums[k] += share * row[k];
        }
      }
    }

    void columnsInto(float[] gradient, Interpolation table, Box box) {
      for (int w = 0; w < box.width(); w++) {
        Arrays.fill(pixel, 0);
        for (int j = table.firstUser(w); j < table.endOfUsers(w); j++) {
          double share = table.share(j, w);
          for (int c = 0; c < pixel.length; c++) {
            pixel[c] += share * sums[j * pixel.length + c];
          }
        }
        for (int c = 0; c < pixel.length; c++) {
          gradient[(box.xMin() + w) * pixel.length + c] = (float) pixel[c];
        }
      }
    }
  }
}
