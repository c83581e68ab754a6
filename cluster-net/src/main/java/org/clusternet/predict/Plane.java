package org.clusternet.predict;

import java.util.Arrays;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.Tensor;

/**
 * One channel of a map in memory, in the order of the image that it belongs to.
 *
 * @param width columns
 * @param height rows
 * @param values row by row
 */
public record Plane(int width, int height, double[] values) {
  /** Checks that there is one value per pixel. */
  public Plane {
    if (values.length != width * height) {
      throw new IllegalArgumentException(
          "plane: width=%d height=%d values=%d".formatted(width, height, values.length));
    }
  }

  /** The first channel of the first image of a tensor (N, C, H, W). */
  static Plane of(Device device, Tensor tensor) {
    int height = tensor.dim(2);
    int width = tensor.dim(3);
    double[] all = HostValues.get(device, tensor);
    return new Plane(width, height, Arrays.copyOf(all, width * height));
  }

  /** The value of a pixel. */
  public double at(int x, int y) {
    return values[y * width + x];
  }
}
