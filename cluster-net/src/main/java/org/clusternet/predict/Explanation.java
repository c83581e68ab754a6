package org.clusternet.predict;

import java.util.HashMap;
import java.util.Map;
import org.clusternet.engine.spi.Device;
import org.clusternet.inference.Classifier;
import org.clusternet.inference.Prediction;

/**
 * A prediction and the maps behind it, in memory. Maps have the order of the input's rows; those
 * that the variant does not have are null.
 *
 * @param prediction what the network says
 * @param input what it sees, in [0, 1]
 * @param attention the attention map resized to the input, in [0, 1] (H1 of the paper)
 * @param gaussian the Gaussian at the brightest pixel, in [0, 1] (H2)
 * @param mask 1 within the region whose box is cut out, else 0
 * @param crop what the auxiliary branch sees
 */
public record Explanation(
    Prediction prediction, Plane input, Plane attention, Plane gaussian, Plane mask, Plane crop) {

  /**
   * Asks a network about an image and keeps what led to the answer.
   *
   * @param device on which the classifier is
   * @param classifier the network
   * @param pixels preprocessed, row by row, in [0, 1]
   */
  public static Explanation ask(Device device, Classifier classifier, float[] pixels) {
    Map<String, Plane> planes = new HashMap<>();
    Prediction prediction =
        classifier.classify(
            pixels,
            arrays -> {
              for (String name : new String[] {"input", "h1", "h2", "mask", "crop"}) {
                planes.put(name, Plane.of(device, arrays.get(name)));
              }
            });
    return new Explanation(
        prediction,
        planes.get("input"),
        planes.get("h1"),
        planes.get("h2"),
        planes.get("mask"),
        planes.get("crop"));
  }
}
