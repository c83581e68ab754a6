package org.clusternet.engine.cuda.emulated;

import org.clusternet.engine.cuda.api.Convolution;
import org.clusternet.engine.tensor.Shape;

/** The three products of a convolution in plain loops over NHWC images and OHWI filters. */
final class ConvolutionLoops {
  private final Convolution convolution;
  private final double[] x;
  private final double[] w;
  private final double[] y;

  /** Adds to that of the three arrays that the pass computes. */
  ConvolutionLoops(Convolution convolution, double[] x, double[] w, double[] y) {
    this.convolution = convolution;
    this.x = x;
    this.w = w;
    this.y = y;
  }

  void run() {
    Shape out = convolution.y();
    int at = 0;
    for (int n = 0; n < out.dim(0); n++) {
      for (int row = 0; row < out.dim(2); row++) {
        for (int column = 0; column < out.dim(3); column++) {
          window(n, row, column, at);
          at += out.dim(1);
        }
      }
    }
  }

  private void window(int n, int row, int column, int outAt) {
    Shape in = convolution.x();
    Shape filter = convolution.w();
    for (int kh = 0; kh < filter.dim(2); kh++) {
      int h = row * convolution.stride() - convolution.padding() + kh;
      for (int kw = 0; kw < filter.dim(3); kw++) {
        int v = column * convolution.stride() - convolution.padding() + kw;
        if (h >= 0 && h < in.dim(2) && v >= 0 && v < in.dim(3)) {
          int inAt = ((n * in.dim(2) + h) * in.dim(3) + v) * in.dim(1);
          channels(kh * filter.dim(3) + kw, inAt, outAt);
        }
      }
    }
  }

  private void channels(int tap, int inAt, int outAt) {
    Shape filter = convolution.w();
    int inputs = filter.dim(1);
    int taps = filter.dim(2) * filter.dim(3);
    for (int o = 0; o < filter.dim(0); o++) {
      int filterAt = (o * taps + tap) * inputs;
      for (int c = 0; c < inputs; c++) {
        switch (convolution.pass()) {
          case FORWARD -> y[outAt + o] += x[inAt + c] * w[filterAt + c];
          case BACKWARD_DATA -> x[inAt + c] += y[outAt + o] * w[filterAt + c];
          case BACKWARD_FILTER -> w[filterAt + c] += y[outAt + o] * x[inAt + c];
        }
      }
    }
  }
}
