package org.clusternet.inference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.network.CropRegion;
import org.clusternet.network.FrozenClusterNet;
import org.clusternet.network.NetworkInput;
import org.clusternet.network.Outputs;
import org.jspecify.annotations.Nullable;

/**
 * A trained network that classifies one image after the other.
 *
 * <p>Images go through one by one, not in batches: the prediction for an image is then the same,
 * bit for bit, whatever other images are classified.
 */
public final class Classifier implements AutoCloseable {

  /** Reads the arrays behind a prediction before their memory is released. */
  @FunctionalInterface
  public interface ArrayReader {
    /**
     * Reads arrays of the device.
     *
     * @param arrays tensors by name: {@code input, feature_map, logits_primary}, and where the
     *     variant has them {@code cam, h1, b1, h2, b2, mask, box, crop, logits_auxiliary,
     *     logits_fusion}; the first dimension of each is 1, the image
     */
    void read(Map<String, Tensor> arrays);
  }

  private final Device device;
  private final FrozenClusterNet network;
  private final ImageStage stage;

  /**
   * A classifier.
   *
   * @param device the device that holds the network
   * @param network the network, closed with this classifier
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
   * @param input the preprocessed image, and where its peak is
   * @param reader reads the arrays that led to the prediction
   */
  public Prediction classify(Preprocessing.Input input, ArrayReader reader) {
    try (Scope scope = device.scope()) {
      Tensor image = stage.images(List.of(input.pixels()));
      @Nullable Tensor peaks = input.peak().isPresent() ? stage.peaks(List.of(input.peak())) : null;
      Outputs outputs = network.explain(new Eager(device, scope), new NetworkInput(image, peaks));
      reader.read(arrays(image, outputs));
      return Predictions.read(device, outputs).get(0);
    }
  }

  private static Map<String, Tensor> arrays(Tensor image, Outputs outputs) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put("input", image);
    arrays.put("feature_map", outputs.primary().map());
    arrays.put("logits_primary", outputs.primary().logits());
    outputs.second().ifPresent(second -> addSecondStage(arrays, second));
    return arrays;
  }

  private static void addSecondStage(Map<String, Tensor> arrays, Outputs.SecondStage second) {
    CropRegion region = second.region();
    CropRegion.Maps maps = region.maps().orElseThrow();
    addIfUsed(arrays, "cam", maps.cam());
    addIfUsed(arrays, "h1", maps.h1());
    addIfUsed(arrays, "b1", maps.b1());
    addIfUsed(arrays, "h2", maps.h2());
    addIfUsed(arrays, "b2", maps.b2());
    arrays.put("mask", maps.mask());
    arrays.put("box", region.box());
    arrays.put("crop", region.crop());
    arrays.put("logits_auxiliary", second.auxiliary().logits());
    arrays.put("logits_fusion", second.fusion());
  }

  private static void addIfUsed(Map<String, Tensor> arrays, String name, @Nullable Tensor map) {
    if (map != null) {
      arrays.put(name, map);
    }
  }

  @Override
  public void close() {
    stage.close();
    network.close();
  }
}
