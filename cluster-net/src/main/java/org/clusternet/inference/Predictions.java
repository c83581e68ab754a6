package org.clusternet.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.network.NetworkConfig;
import org.clusternet.network.Outputs;

/** Reads what a forward pass has left on the device as predictions. */
public final class Predictions {
  private static final int CORNERS = 4;

  private Predictions() {}

  /**
   * The predictions of a batch: the softmax, in F64, of the logits that count, and the boxes.
   *
   * @param device where the outputs are
   * @param outputs of a forward pass, still alive
   * @return one an image, in their order
   */
  public static List<Prediction> read(Device device, Outputs outputs) {
    double[] logits = HostValues.get(device, outputs.prediction());
    double[] boxes =
        outputs.region() == null ? null : HostValues.get(device, outputs.region().box());
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < logits.length / NetworkConfig.CLASSES; i++) {
      predictions.add(
          new Prediction(
              softmax(logits, i * NetworkConfig.CLASSES),
              boxes == null ? Optional.empty() : Optional.of(box(boxes, i * CORNERS))));
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
