package org.clusternet.predict;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.clusternet.data.DataException;
import org.clusternet.data.dataset.ImageScale;
import org.clusternet.data.observation.Framing;
import org.clusternet.data.observation.Observation;

/**
 * An image to be classified, and how it is brought to the pixels that the model was trained on.
 *
 * @param id name of the row in its catalogue; empty without one
 * @param files the image and its maps
 * @param framing the wanted pixels and the cluster's position, as far as they were asked for
 * @param scale the image's scale as far as it is known apart from its header
 * @param asIs whether its pixels are those that the model was trained on, whatever its header says
 * @param problem why it cannot be used whatever its file holds, such as a wrong value in its
 *     catalogue
 */
public record PredictionInput(
    String id,
    Observation.Files files,
    Framing framing,
    ImageScale scale,
    boolean asIs,
    Optional<String> problem) {
  /** An image of which nothing is known but its file. */
  public static PredictionInput of(Path image) {
    return new PredictionInput(
        "",
        new Observation.Files(image, Optional.empty(), Optional.empty(), 1),
        Framing.NONE,
        ImageScale.UNKNOWN,
        false,
        Optional.empty());
  }

  /**
   * Reads the image and its maps.
   *
   * @param notes receives lines on the image that was taken from its file, and on pixels that were
   *     not observed
   * @throws DataException if it or its maps cannot be used
   */
  public Observation read(Consumer<String> notes) {
    if (problem.isPresent()) {
      throw new DataException(problem.get());
    }
    Observation observation = Observation.read(files, notes);
    if (observation.nonFinite() + observation.unexposed() > 0) {
      notes.accept(
          "pixels without a value=%d, not exposed=%d"
              .formatted(observation.nonFinite(), observation.unexposed()));
    }
    return observation;
  }
}
