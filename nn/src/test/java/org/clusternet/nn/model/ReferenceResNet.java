package org.clusternet.nn.model;

import java.util.Arrays;
import java.util.Map;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.testing.Expect;

/**
 * A second implementation of the network, from the description in He et al. 2016 and torchvision's
 * names only: arrays in N, C, H, W order, parameters found by their keys, nothing of the engine.
 */
final class ReferenceResNet {
  private static final double EPS = 1e-5;

  /** An image batch. */
  record Batch(double[] values, int n, int c, int h, int w) {
    double at(int image, int channel, int y, int x) {
      boolean inside = y >= 0 && y < h && x >= 0 && x < w;
      return inside ? values[((image * c + channel) * h + y) * w + x] : 0;
    }
  }

  private final Map<String, Tensor> parameters;
  private final Device device;
  private final boolean training;

  ReferenceResNet(Device device, Map<String, Tensor> parameters, boolean training) {
    this.device = device;
    this.parameters = parameters;
    this.training = training;
  }

  private double[] get(String key) {
    return HostValues.get(device, Expect.present(parameters, key));
  }

  /** The feature map of the images. */
  Batch map(Batch images, int stages, int blocks) {
    Batch x = pool(relu(norm(conv(images, "conv1", 7, 2), "bn1")));
    for (int stage = 1; stage <= stages; stage++) {
      for (int block = 0; block < blocks; block++) {
        x = block(x, "layer" + stage + "." + block, stage > 1 && block == 0 ? 2 : 1);
      }
    }
    return x;
  }

  private Batch block(Batch x, String name, int stride) {
    Batch y = relu(norm(conv(x, name + ".conv1", 3, stride), name + ".bn1"));
    y = norm(conv(y, name + ".conv2", 3, 1), name + ".bn2");
    boolean projected = parameters.containsKey(name + ".downsample.0.weight");
    Batch shortcut =
        projected ? norm(conv(x, name + ".downsample.0", 1, stride), name + ".downsample.1") : x;
    double[] sum = y.values().clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += shortcut.values()[i];
    }
    return relu(new Batch(sum, y.n(), y.c(), y.h(), y.w()));
  }

  private Batch conv(Batch x, String name, int k, int stride) {
    double[] weight = get(name + ".weight");
    int out = weight.length / (x.c() * k * k);
    int pad = k / 2;
    int h = (x.h() + 2 * pad - k) / stride + 1;
    int w = (x.w() + 2 * pad - k) / stride + 1;
    double[] y = new double[x.n() * out * h * w];
    for (int i = 0; i < y.length; i++) {
      int column = i % w * stride - pad;
      int row = i / w % h * stride - pad;
      int o = i / (w * h) % out;
      int n = i / (w * h * out);
      for (int j = 0; j < x.c() * k * k; j++) {
        double pixel = x.at(n, j / (k * k), row + j / k % k, column + j % k);
        y[i] += weight[o * x.c() * k * k + j] * pixel;
      }
    }
    return new Batch(y, x.n(), out, h, w);
  }

  private Batch norm(Batch x, String name) {
    double[] gamma = get(name + ".weight");
    double[] beta = get(name + ".bias");
    double[] mean = training ? new double[x.c()] : get(name + ".running_mean");
    double[] variance = training ? new double[x.c()] : get(name + ".running_var");
    int pixels = x.h() * x.w();
    if (training) {
      int count = x.n() * pixels;
      for (int i = 0; i < x.values().length; i++) {
        mean[i / pixels % x.c()] += x.values()[i] / count;
      }
      for (int i = 0; i < x.values().length; i++) {
        int c = i / pixels % x.c();
        variance[c] += Math.pow(x.values()[i] - mean[c], 2) / count;
      }
    }
    double[] y = new double[x.values().length];
    for (int i = 0; i < y.length; i++) {
      int c = i / pixels % x.c();
      y[i] = (x.values()[i] - mean[c]) / Math.sqrt(variance[c] + EPS) * gamma[c] + beta[c];
    }
    return new Batch(y, x.n(), x.c(), x.h(), x.w());
  }

  private static Batch relu(Batch x) {
    double[] y = Arrays.stream(x.values()).map(v -> Math.max(v, 0)).toArray();
    return new Batch(y, x.n(), x.c(), x.h(), x.w());
  }

  /** The maximum of 3 x 3 windows; what is padded is 0, the least that a ReLU leaves. */
  private static Batch pool(Batch x) {
    int h = (x.h() - 1) / 2 + 1;
    int w = (x.w() - 1) / 2 + 1;
    double[] y = new double[x.n() * x.c() * h * w];
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < 9; j++) {
        int row = i / w % h * 2 - 1 + j / 3;
        int column = i % w * 2 - 1 + j % 3;
        int plane = i / (w * h);
        y[i] = Math.max(y[i], x.at(plane / x.c(), plane % x.c(), row, column));
      }
    }
    return new Batch(y, x.n(), x.c(), h, w);
  }

  /** The logits of a feature map. */
  double[] logits(Batch map) {
    double[] weight = get("fc.weight");
    double[] bias = get("fc.bias");
    int pixels = map.h() * map.w();
    double[] logits = new double[map.n() * bias.length];
    for (int i = 0; i < logits.length; i++) {
      int k = i % bias.length;
      int n = i / bias.length;
      logits[i] = bias[k];
      for (int j = 0; j < map.c() * pixels; j++) {
        double average = map.values()[n * map.c() * pixels + j] / pixels;
        logits[i] += weight[k * map.c() + j / pixels] * average;
      }
    }
    return logits;
  }
}
