package org.clusternet.predict;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.clusternet.data.dataset.ImageScale;
import org.clusternet.data.observation.Framing;
import org.clusternet.data.observation.Observation;
import org.clusternet.data.observation.Reduced;

/**
 * An image to be classified, and how it is brought to the pixels that the model was trained on.
 *
 * @param id name of the row in its catalogue; empty without one
 * @param files the image and its maps
 * @param framing the pixels that the model was trained on
 * @param scale the image's scale as far as it is known apart from its header
 */
public record PredictionInput(
    String id, Observation.Files files, Framing framing, ImageScale scale) {
  /** An image as it is. */
  public static PredictionInput of(Path image) {
    return new PredictionInput(
        "",
        new Observation.Files(image, Optional.empty(), Optional.empty(), 1),
        Framing.NONE,
        ImageScale.UNKNOWN);
  }

  /**
   * Reads the image, with its place in the sky.
   *
   * @param notes receives lines on the image that was taken from its file, and on pixels that were
   *     not observed
   * @throws org.clusternet.data.DataException if it or its maps cannot be used
   */
  public Reduced reduce(Consumer<String> notes) {
    Observation observation = Observation.read(files, notes);
    if (observation.nonFinite() + observation.unexposed() > 0) {
      notes.accept(
          "pixels without a value=%d, not exposed=%d"
              .formatted(observation.nonFinite(), observation.unexposed()));
    }
    return Reduced.of(observation, framing, scale);
  }
}
