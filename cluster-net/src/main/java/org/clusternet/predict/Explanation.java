package org.clusternet.predict;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.inference.Classifier;
import org.clusternet.inference.Prediction;
import org.jspecify.annotations.Nullable;

/**
 * A prediction and the maps behind it, in memory. Maps have the order of the input's rows; a
 * variant has some of them.
 *
 * @param prediction what the network says
 * @param input what it sees, in [0, 1]
 * @param attention the attention map resized to the input, in [0, 1] (H1 of the paper)
 * @param gaussian the Gaussian at the brightest pixel or at the input's peak, in [0, 1] (H2)
 * @param mask 1 within the region whose box is cut out, else 0
 * @param crop what the auxiliary branch sees
 */
public record Explanation(
    Prediction prediction,
    Plane input,
    @Nullable Plane attention,
    @Nullable Plane gaussian,
    @Nullable Plane mask,
    @Nullable Plane crop) {
  private static final List<String> MAPS = List.of("input", "h1", "h2", "mask", "crop");

  /**
   * Classifies an image and keeps the maps that led to the answer.
   *
   * @param device the classifier's device
   * @param classifier the network
   * @param image the preprocessed image
   */
  public static Explanation ask(Device device, Classifier classifier, Preprocessing.Input image) {
    return ask(device, classifier, image, arrays -> {});
  }

  /**
   * Classifies an image and keeps the maps that led to the answer.
   *
   * @param device the classifier's device
   * @param classifier the network
   * @param image the preprocessed image
   * @param reader reads all arrays too
   */
  static Explanation ask(
      Device device,
      Classifier classifier,
      Preprocessing.Input image,
      Classifier.ArrayReader reader) {
    Map<String, Plane> planes = new HashMap<>();
    Prediction prediction =
        classifier.classify(
            image,
            arrays -> {
              reader.read(arrays);
              for (String name : MAPS) {
                Tensor map = arrays.get(name);
                if (map != null) {
                  planes.put(name, Plane.of(device, map));
                }
              }
            });
    return new Explanation(
        prediction,
        Objects.requireNonNull(planes.get("input")),
        planes.get("h1"),
        planes.get("h2"),
        planes.get("mask"),
        planes.get("crop"));
  }
}
