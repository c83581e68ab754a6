package org.clusternet.predict;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.DataException;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.observation.Reduced;

/**
 * An image as the network takes it, with where it lies in the sky. What must hold before an answer
 * is given is checked here: that enough of the field has values.
 *
 * @param reduced the image in the pixels that the model was trained on
 * @param input the network's input
 * @param grid where the input's pixels lie
 */
record PreparedImage(Reduced reduced, Preprocessing.Input input, InputGrid grid) {
  /** Below this covered share a warning is given. */
  private static final double WARNED = 0.8;

  /** Below this covered share no answer is given. */
  private static final double REFUSED = 0.3;

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
    InputGrid grid = InputGrid.of(reduced.image(), reduced.frame(), preprocessing);
    Preprocessing.Input input = preprocessing.apply(reduced.image(), file);
    checkCovered(answer, reduced.image(), input, preprocessing.cropSize());
    return new PreparedImage(reduced, input, grid);
  }

  private static void checkCovered(
      Answer answer, Image image, Preprocessing.Input input, int side) {
    double covered = 1 - input.nonFinite() / ((double) side * side);
    answer.put(AnswerColumn.COVERED, covered);
    String share = "%.3g %% of the field is covered".formatted(100 * covered);
    if (covered < REFUSED) {
      throw new DataException(
          "%s: %s (%d x %d pixels around its centre, image %d x %d); at least 30 %% are needed: use"
                  .formatted(
                      answer.input().files().image(),
                      share,
                      side,
                      side,
                      image.width(),
                      image.height())
              + " an image of a wider field, or smaller pixels (--scale)");
    }
    if (covered < WARNED) {
      answer.warn(share);
    }
  }
}
