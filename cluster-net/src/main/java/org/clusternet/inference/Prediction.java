package org.clusternet.inference;

import java.util.List;
import java.util.Optional;
import org.clusternet.data.CoreType;
import org.clusternet.engine.region.Box;

/**
 * The network's prediction for one image.
 *
 * @param probabilities probabilities of CC, WCC and NCC, in this order; they sum to 1
 * @param box the region that the auxiliary branch read, in pixels of the network's input; empty for
 *     the baseline
 */
public record Prediction(List<Double> probabilities, Optional<Box> box) {

  /** Copies the probabilities. */
  public Prediction {
    probabilities = List.copyOf(probabilities);
    if (probabilities.size() != CoreType.values().length) {
      throw new IllegalArgumentException("prediction: probabilities=" + probabilities);
    }
  }

  /** The probability of a class. */
  public double probability(CoreType type) {
    return probabilities.get(type.index());
  }

  /** The most probable class; of equally probable ones the one with the shorter cooling time. */
  public CoreType coreType() {
    CoreType most = CoreType.CC;
    for (CoreType type : CoreType.values()) {
      if (probability(type) > probability(most)) {
        most = type;
      }
    }
    return most;
  }
}
