package org.clusternet.inference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.network.FrozenClusterNet;
import org.clusternet.network.Outputs;
import org.clusternet.network.Region;

/**
 * A trained network that is asked about one image after the other.
 *
 * <p>Images go through one by one, not in batches: what is said of an image is then the same to the
 * last bit whatever else is asked about.
 */
public final class Classifier implements AutoCloseable {

  /** Sees the arrays behind a prediction while they are alive. */
  @FunctionalInterface
  public interface ArrayReader {
    /**
     * Reads arrays of the device.
     *
     * @param arrays by name: {@code input, feature_map, logits_primary}, and where the variant has
     *     them {@code cam, h1, b1, h2, b2, mask, box, crop, logits_auxiliary, logits_fusion}; the
     *     first dimension of each is 1, the image
     */
    void read(Map<String, Tensor> arrays);
  }

  private final Device device;
  private final FrozenClusterNet network;
  private final ImageStage stage;

  /**
   * A classifier.
   *
   * @param device where the network lives
   * @param network closed with this
   * @param imageSize side of the images in pixels
   */
  public Classifier(Device device, FrozenClusterNet network, int imageSize) {
    this.device = device;
    this.network = network;
    this.stage = new ImageStage(device, 1, imageSize);
  }

  /**
   * Classifies an image.
   *
   * @param pixels preprocessed, row by row, in [0, 1]
   * @param reader sees what led to the prediction
   */
  public Prediction classify(float[] pixels, ArrayReader reader) {
    try (Scope scope = device.scope()) {
      Tensor image = stage.images(List.of(pixels));
      Outputs outputs = network.explain(new Eager(device, scope), image);
      reader.read(arrays(image, outputs));
      return Predictions.read(device, outputs).get(0);
    }
  }

  private static Map<String, Tensor> arrays(Tensor image, Outputs outputs) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put("input", image);
    arrays.put("feature_map", outputs.primary().map());
    arrays.put("logits_primary", outputs.primary().logits());
    Region region = outputs.region();
    if (region != null) {
      arrays.put("cam", region.cam());
      arrays.put("h1", region.h1());
      arrays.put("b1", region.b1());
      arrays.put("h2", region.h2());
      arrays.put("b2", region.b2());
      arrays.put("mask", region.mask());
      arrays.put("box", region.box());
      arrays.put("crop", region.crop());
      arrays.put("logits_auxiliary", outputs.auxiliary().logits());
      arrays.put("logits_fusion", outputs.fusion());
    }
    arrays.values().removeIf(tensor -> tensor == null);
    return arrays;
  }

  @Override
  public void close() {
    stage.close();
    network.close();
  }
}
