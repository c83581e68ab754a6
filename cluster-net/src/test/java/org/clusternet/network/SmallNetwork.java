package org.clusternet.network;

import java.util.List;
import java.util.Random;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.nn.model.ResNetConfig;

/** A network small enough for plain loops, with images and labels for it. */
final class SmallNetwork {
  static final int SIZE = 40;
  static final int BATCH = 4;

  /** (x, y) for each image of a batch, none for the first. */
  static final double[] PEAKS = {-1, -1, 20, 25, 0, 39, 8, 1};

  private SmallNetwork() {}

  static NetworkConfig config(Variant variant, DType compute) {
    ResNetConfig branch =
        new ResNetConfig(3, List.of(4, 6, 8, 12), List.of(1, 1, 1, 1), NetworkConfig.CLASSES);
    return new NetworkConfig(variant, CropConfig.paper(32), branch, compute);
  }

  /** Images with a bright blob at a random place, the same in all three channels. */
  static Tensor images(Device device, Scope scope, DType dtype) {
    Random random = new Random(3);
    double[] values = new double[BATCH * 3 * SIZE * SIZE];
    for (int n = 0; n < BATCH; n++) {
      double cx = 10 + 20 * random.nextDouble();
      double cy = 10 + 20 * random.nextDouble();
      for (int y = 0; y < SIZE; y++) {
        for (int x = 0; x < SIZE; x++) {
          double r = Math.hypot(x - cx, y - cy);
          double value = (float) (1 / (1 + r / 5) + 0.05 * random.nextDouble());
          for (int c = 0; c < 3; c++) {
            values[((n * 3 + c) * SIZE + y) * SIZE + x] = value;
          }
        }
      }
    }
    return tensor(device, scope, TensorType.of(dtype, BATCH, 3, SIZE, SIZE), values);
  }

  static Tensor labels(Device device, Scope scope) {
    return tensor(device, scope, TensorType.of(DType.I32, BATCH), 0, 2, 1, 1);
  }

  static Tensor peaks(Device device, Scope scope) {
    return tensor(device, scope, TensorType.of(DType.I32, BATCH, 2), PEAKS);
  }

  static Tensor classWeights(Device device, Scope scope, DType dtype) {
    return tensor(device, scope, TensorType.of(dtype, 3), 1, 1 / Math.sqrt(2), 0.75);
  }

  static Tensor tensor(Device device, Scope scope, TensorType type, double... values) {
    Tensor tensor = scope.allocate(type);
    HostValues.set(device, tensor, values);
    return tensor;
  }
}
