package org.clusternet.predict;

import java.util.Optional;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.morphology.Position;
import org.clusternet.data.observation.Reduced;
import org.clusternet.inference.Prediction;
import org.jspecify.annotations.Nullable;

/**
 * An image as the network takes it, with where it lies in the sky.
 *
 * @param reduced the image in the pixels that the model was trained on
 * @param input the network's input
 * @param grid where the input's pixels lie
 * @param peak the X-ray peak in pixels of the network's input; empty if none was looked for
 */
record PreparedImage(
    Reduced reduced, Preprocessing.Input input, InputGrid grid, Optional<Position> peak) {
  /** Sets the prediction and the cells that follow from it. */
  void answered(Answer answer, Prediction prediction) {
    answer.predicted(prediction);
    prediction.box().flatMap(box -> SkyBox.of(box, grid)).ifPresent(box -> box.fill(answer));
  }

  /** Shares of the input's pixels that were masked as point sources; null if none were. */
  @Nullable Plane sources() {
    return reduced.masked().map(mask -> grid.onInput(mask, input.size())).orElse(null);
  }
}
