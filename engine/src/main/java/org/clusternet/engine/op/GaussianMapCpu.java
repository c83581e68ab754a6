package org.clusternet.engine.op;

import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.FloatRows;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.region.GaussianBell;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The oracle is the formula at every pixel. The fast path uses that the density is a product of one
 * function of the distance along each axis: 2 (H + W) exponentials a batch, in F64, and one product
 * a pixel, rounded once.
 */
final class GaussianMapCpu {
  private GaussianMapCpu() {}

  static void run(GaussianMap op, Tensor[] in, Tensor[] out, Cpu cpu) {
    if (in[0].dtype() == DType.F64) {
      for (int n = 0; n < in[0].dim(0); n++) {
        loops(op, n, in, out[0]);
      }
    } else {
      rows(op, in, out[0], cpu);
    }
  }

  private static void loops(GaussianMap op, int n, Tensor[] in, Tensor out) {
    Shape shape = in[0].shape();
    View map = View.of(out);
    int given = given(peaks(in, 1), n, in[0]);
    int centre = given < 0 ? brightest(View.of(in[0]), n, shape) : given;
    int muX = centre % shape.dim(3);
    int muY = centre / shape.dim(3);
    double sigmaX = shape.dim(3) / Math.sqrt(op.lambda());
    double sigmaY = shape.dim(2) / Math.sqrt(op.lambda());
    for (int y = 0; y < shape.dim(2); y++) {
      for (int x = 0; x < shape.dim(3); x++) {
        double u = (x - muX) / sigmaX;
        double v = (y - muY) / sigmaY;
        double density = Math.exp(-(u * u + v * v) / 2) / (2 * Math.PI * sigmaX * sigmaY);
        map.put(n, 0, y, x, density);
      }
    }
  }

  private static int brightest(View image, int n, Shape shape) {
    int best = 0;
    double brightest = Double.NEGATIVE_INFINITY;
    for (int y = 0; y < shape.dim(2); y++) {
      for (int x = 0; x < shape.dim(3); x++) {
        if (image.at(n, 0, y, x) > brightest) {
          brightest = image.at(n, 0, y, x);
          best = y * shape.dim(3) + x;
        }
      }
    }
    return best;
  }

  private static void rows(GaussianMap op, Tensor[] in, Tensor map, Cpu cpu) {
    Tensor image = in[0];
    @Nullable Tensor peaks = peaks(in, 1);
    int width = image.dim(3);
    int height = image.dim(2);
    double[] along = GaussianBell.table(width, op.lambda());
    double[] down = GaussianBell.table(height, op.lambda());
    long size = (long) width * height;
    double peak = GaussianBell.peak(height, width, op.lambda());
    cpu.workers()
        .run(
            image.dim(0),
            FloatRows.grain(size),
            (from, to) -> {
              FloatRows rows = cpu.simd().floatRows();
              float[] row = new float[width];
              for (long n = from; n < to; n++) {
                int centre = centre(image, peaks, (int) n, rows);
                int left = width - 1 - centre % width;
                int top = height - 1 - centre / width;
                for (int y = 0; y < height; y++) {
                  product(along, left, peak * down[top + y], row);
                  rows.write(row, width, map, n * size + (long) y * width);
                }
              }
            });
  }

  private static void product(double[] bell, int start, double scale, float[] row) {
    for (int x = 0; x < row.length; x++) {
      row[x] = (float) (scale * bell[start + x]);
    }
  }

  /** Operand {@code i}, the peaks, or null if it was left out. */
  static @Nullable Tensor peaks(Tensor[] in, int i) {
    return in.length > i ? in[i] : null;
  }

  /** The pixel y W + x about which the Gaussian of image n lies. */
  static int centre(Tensor image, @Nullable Tensor peaks, int n, FloatRows rows) {
    int given = given(peaks, n, image);
    long start = (long) n * image.dim(2) * image.dim(3);
    return given < 0 ? brightest(image, start, rows) : given;
  }

  /** The pixel y W + x of the peak given for image n; -1 if none is. */
  private static int given(@Nullable Tensor peaks, int n, Tensor image) {
    if (peaks == null) {
      return -1;
    }
    View view = View.of(peaks);
    int x = (int) view.at(n, 0);
    int y = (int) view.at(n, 1);
    if (x == -1 && y == -1) {
      return -1;
    }
    int width = image.dim(3);
    return Math.clamp(y, 0, image.dim(2) - 1) * width + Math.clamp(x, 0, width - 1);
  }

  /** The brightest pixel's y W + x in channel 0 of the image whose first pixel is {@code start}. */
  private static int brightest(Tensor image, long start, FloatRows rows) {
    int channels = image.dim(1);
    int width = image.dim(3);
    float[] row = new float[width * channels];
    int best = 0;
    float brightest = Float.NEGATIVE_INFINITY;
    for (int y = 0; y < image.dim(2); y++) {
      rows.read(image, (start + (long) y * width) * channels, row, row.length);
      float largest = rows.largest(row, row.length, channels);
      if (largest > brightest) {
        brightest = largest;
        best = y * width + first(row, channels, largest);
      }
    }
    return best;
  }

  /** The first pixel of a row whose channel 0 has that value. */
  private static int first(float[] row, int channels, float value) {
    int x = 0;
    while (row[x * channels] != value) {
      x++;
    }
    return x;
  }
}
