package org.clusternet.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.Tensor;

/**
 * Reads the features that tell how an image looks to the network: the global averages of the
 * primary branch's last feature maps, V1 of the paper. Those of the auxiliary branch, V2, are of a
 * crop, in which a picture of another kind looks less strange.
 */
public final class PooledFeatures {
  private static final String MAP = "feature_map";

  private PooledFeatures() {}

  /**
   * The features of the images of a batch.
   *
   * @param device the device that holds them
   * @param pooled V1 (N, C)
   * @return one vector per image, in their order
   */
  public static List<double[]> read(Device device, Tensor pooled) {
    double[] values = HostValues.get(device, pooled);
    int images = pooled.shape().dims()[0];
    int length = values.length / images;
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      rows.add(Arrays.copyOfRange(values, i * length, (i + 1) * length));
    }
    return rows;
  }

  /**
   * The features of an image from the arrays behind its prediction.
   *
   * @param device the device that holds the arrays
   * @param arrays what {@link Classifier.ArrayReader} is given
   * @return V1, averaged here from the feature map (1, C, H, W)
   * @throws IllegalArgumentException if there is no feature map among the arrays
   */
  public static double[] read(Device device, Map<String, Tensor> arrays) {
    Tensor map = arrays.get(MAP);
    if (map == null) {
      throw new IllegalArgumentException("arrays " + arrays.keySet() + " have no " + MAP);
    }
    double[] values = HostValues.get(device, map);
    double[] means = new double[map.shape().dims()[1]];
    int places = values.length / means.length;
    for (int i = 0; i < values.length; i++) {
      means[i / places] += values[i] / places;
    }
    return means;
  }
}
