package org.clusternet.predict;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.DataException;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.observation.Coverage;
import org.clusternet.data.observation.Reduced;
import org.jspecify.annotations.Nullable;

/**
 * An image as the network takes it, with where it lies in the sky. What must hold before an answer
 * is given is checked here: that enough of the field has values.
 *
 * @param reduced the image in the pixels that the model was trained on
 * @param input the network's input
 * @param grid where the input's pixels lie
 */
record PreparedImage(Reduced reduced, Preprocessing.Input input, InputGrid grid) {
  /**
   * Reads and prepares an image.
   *
   * @param answer receives facts and warnings
   * @param config settings of the model
   * @throws DataException if the image cannot be used
   */
  static PreparedImage of(Answer answer, TrainingConfig config) {
    PredictionInput source = answer.input();
    String file = source.files().image().toString();
    List<String> notes = new ArrayList<>();
    Reduced reduced = source.reduce(notes::add);
    notes.forEach(answer::warn);
    Preprocessing preprocessing = config.preprocessing();
    InputGrid grid =
        InputGrid.of(reduced.image(), reduced.frame(), reduced.linear(), preprocessing);
    Preprocessing.Input input = preprocessing.apply(reduced.image(), reduced.noise(), file);
    Coverage coverage = new Coverage(input.covered());
    answer.put(AnswerColumn.COVERED, coverage.share());
    coverage.require(file, "%1$d x %1$d pixels".formatted(preprocessing.cropSize()));
    coverage.warning().ifPresent(answer::warn);
    return new PreparedImage(reduced, input, grid);
  }

  /** Shares of the input's pixels that were masked as point sources; null if none were. */
  @Nullable Plane sources() {
    return reduced.masked().map(mask -> grid.onInput(mask, input.size())).orElse(null);
  }
}
