package org.clusternet.engine.op;

import java.util.Arrays;
import java.util.List;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.FloatRows;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.spi.OpException;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * Channels-last makes a pixel's features neighbours: the fast path is one scalar product a pixel.
 * The gradients, which training does not ask for, are plain loops for every type.
 */
final class CamWeightingCpu {
  /** Sums that are kept apart: four for each thread of a warp. */
  static final int PARTIALS = 128;

  private CamWeightingCpu() {}

  static void forward(CamWeighting op, Tensor[] in, Tensor[] out, Cpu cpu) {
    int[] classes = classes(op, in, in[2], in[1].dim(0));
    if (in[0].dtype() == DType.F64) {
      forwardLoops(in, classes, out[0]);
    } else {
      forwardRows(in, classes, out[0], cpu);
    }
  }

  static int[] classes(Op op, Tensor[] in, Tensor index, int count) {
    View view = View.of(index);
    int[] classes = new int[index.dim(0)];
    for (int n = 0; n < classes.length; n++) {
      classes[n] = (int) view.get(n);
      if (classes[n] < 0 || classes[n] >= count) {
        List<TensorType> types = Arrays.stream(in).map(Tensor::type).toList();
        throw new OpException(
            op,
            types,
            "classIndex of sample %d is %d; the classes are 0 to %d"
                .formatted(n, classes[n], count - 1));
      }
    }
    return classes;
  }

  private static void forwardLoops(Tensor[] in, int[] classes, Tensor out) {
    View features = View.of(in[0]);
    View weight = View.of(in[1]);
    View cam = View.of(out);
    Shape shape = in[0].shape();
    for (int n = 0; n < shape.dim(0); n++) {
      for (int h = 0; h < shape.dim(2); h++) {
        for (int w = 0; w < shape.dim(3); w++) {
          double sum = 0;
          for (int k = 0; k < shape.dim(1); k++) {
            sum += weight.at(classes[n], k) * features.at(n, k, h, w);
          }
          cam.put(n, 0, h, w, sum);
        }
      }
    }
  }

  private static void forwardRows(Tensor[] in, int[] classes, Tensor cam, Cpu cpu) {
    int channels = in[0].dim(1);
    int pixels = in[0].dim(2) * in[0].dim(3);
    cpu.workers()
        .run(
            cam.elements(),
            FloatRows.grain(channels),
            (from, to) -> {
              FloatRows rows = cpu.simd().floatRows();
              float[] weight = new float[channels];
              float[] features = new float[channels];
              double[] partial = new double[PARTIALS];
              for (long p = from; p < to; p++) {
                int n = (int) (p / pixels);
                if (p == from || p % pixels == 0) {
                  rows.read(in[1], (long) classes[n] * channels, weight, channels);
                }
                rows.read(in[0], p * channels, features, channels);
                cam.dtype().set(cam.memory(), p, dot(rows, weight, features, channels, partial));
              }
            });
  }

  /**
   * A scalar product in F64, in an order that a warp of a GPU can follow ({@code cam.cuh}) and that
   * vectorises: channel k is added to partial sum k mod 128; of these, four neighbours at a time
   * are added up, and then halves.
   *
   * @param partial room for {@link #PARTIALS} sums
   */
  static double dot(FloatRows rows, float[] a, float[] b, int length, double[] partial) {
    rows.products(a, b, length, partial);
    for (int l = 0; l < PARTIALS / 4; l++) {
      int j = 4 * l;
      partial[l] = (partial[j] + partial[j + 1]) + (partial[j + 2] + partial[j + 3]);
    }
    for (int half = PARTIALS / 8; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        partial[l] += partial[l + half];
      }
    }
    return partial[0];
  }

  static void backwardFeatures(
      CamWeighting.BackwardFeatures op, Tensor[] in, Tensor[] out, Cpu cpu) {
    int[] classes = classes(op, in, in[1], in[0].dim(0));
    View weight = View.of(in[0]);
    View upstream = View.of(in[2]);
    View gradient = View.of(out[0]);
    int channels = out[0].dim(1);
    int pixels = out[0].dim(2) * out[0].dim(3);
    for (long p = 0; p < in[2].elements(); p++) {
      int c = classes[(int) (p / pixels)];
      double u = upstream.get(p);
      for (int k = 0; k < channels; k++) {
        gradient.set(p * channels + k, weight.at(c, k) * u);
      }
    }
  }

  static void backwardWeight(CamWeighting.BackwardWeight op, Tensor[] in, Tensor[] out, Cpu cpu) {
    int[] classes = classes(op, in, in[1], out[0].dim(0));
    View features = View.of(in[0]);
    View upstream = View.of(in[2]);
    View gradient = View.of(out[0]);
    int channels = in[0].dim(1);
    int pixels = in[0].dim(2) * in[0].dim(3);
    double[] sums = new double[Math.toIntExact(out[0].elements())];
    for (long p = 0; p < in[2].elements(); p++) {
      int row = classes[(int) (p / pixels)] * channels;
      double u = upstream.get(p);
      for (int k = 0; k < channels; k++) {
        sums[row + k] += u * features.get(p * channels + k);
      }
    }
    for (int i = 0; i < sums.length; i++) {
      gradient.set(i, sums[i]);
    }
  }
}
