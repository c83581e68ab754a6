package org.clusternet.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.clusternet.engine.region.Box;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.network.NetworkConfig;
import org.clusternet.network.Outputs;

/** Reads the outputs of a forward pass from the device as predictions. */
public final class Predictions {
  private static final int CORNERS = 4;

  private Predictions() {}

  /**
   * The predictions of a batch: the softmax, in F64, of the prediction's logits, and the boxes.
   *
   * @param device the device that holds the outputs
   * @param outputs outputs of a forward pass whose scope is still open
   * @return one prediction per image, in their order
   */
  public static List<Prediction> read(Device device, Outputs outputs) {
    double[] logits = HostValues.get(device, outputs.prediction());
    Optional<double[]> boxes =
        outputs.second().map(second -> HostValues.get(device, second.region().box()));
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < logits.length / NetworkConfig.CLASSES; i++) {
      int image = i;
      predictions.add(
          new Prediction(
              softmax(logits, i * NetworkConfig.CLASSES),
              boxes.map(corners -> box(corners, image * CORNERS))));
    }
    return predictions;
  }

  private static List<Double> softmax(double[] logits, int from) {
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < NetworkConfig.CLASSES; k++) {
      most = Math.max(most, logits[from + k]);
    }
    double sum = 0;
    List<Double> probabilities = new ArrayList<>();
    for (int k = 0; k < NetworkConfig.CLASSES; k++) {
      double weight = StrictMath.exp(logits[from + k] - most);
      probabilities.add(weight);
      sum += weight;
    }
    double total = sum;
    probabilities.replaceAll(p -> p / total);
    return probabilities;
  }

  private static Box box(double[] corners, int from) {
    return new Box(
        (int) corners[from],
        (int) corners[from + 1],
        (int) corners[from + 2],
        (int) corners[from + 3]);
  }
}
