package org.clusternet.predict;

import java.util.Locale;
import java.util.Optional;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.DataException;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.morphology.Position;
import org.clusternet.data.observation.Coverage;
import org.clusternet.data.observation.Observation;
import org.clusternet.data.observation.PixelScale;
import org.clusternet.data.observation.Reduced;
import org.clusternet.run.ModelScale;
import org.clusternet.run.TrainedModel;

/**
 * Makes images ready for a model: reads them, brings them to its pixels, and checks what must hold
 * before an answer is given.
 *
 * @param config settings of the model
 * @param trained pixels that it was trained on, if they are known
 */
record Preparation(TrainingConfig config, Optional<PixelScale> trained) {
  /** For a model. */
  static Preparation of(TrainedModel model) {
    return new Preparation(model.config(), ModelScale.of(model));
  }

  /**
   * Reads and prepares an image.
   *
   * @param answer receives facts and warnings
   * @throws DataException if the image cannot be used
   */
  PreparedImage prepare(Answer answer) {
    PredictionInput source = answer.input();
    Observation observation = source.read(answer::warn);
    Preprocessing preprocessing = config.preprocessing();
    int side = preprocessing.cropSize();
    ModelField field = ModelField.of(answer, observation, trained, side);
    Reduced reduced = Reduced.of(observation, field.framing(), source.scale(), field.middle());
    InputGrid grid =
        InputGrid.of(reduced.image(), reduced.frame(), reduced.linear(), preprocessing);
    facts(answer, reduced, grid, preprocessing);
    String file = source.files().image().toString();
    Preprocessing.Input input = preprocessing.apply(reduced.image(), reduced.noise(), file);
    Coverage coverage = new Coverage(input.covered());
    answer.put(AnswerColumn.COVERED, coverage.share());
    String words = field.framing().scale().map(s -> " of " + s).orElse("");
    coverage.require(file, String.format(Locale.ROOT, "%1$d x %1$d pixels", side) + words);
    coverage.warning().ifPresent(answer::warn);
    return new PreparedImage(
        reduced, input, grid, field.peak().map(p -> within(p, field, grid, preprocessing)));
  }

  private static void facts(
      Answer answer, Reduced reduced, InputGrid grid, Preprocessing preprocessing) {
    double middle = (preprocessing.imageSize() - 1) / 2.0;
    grid.place(middle, middle)
        .ifPresent(
            place -> {
              answer.put(AnswerColumn.RA, place[0]);
              answer.put(AnswerColumn.DEC, place[1]);
            });
    reduced.scale().redshift().ifPresent(z -> answer.put(AnswerColumn.REDSHIFT, z));
    reduced.scale().kpcPerPixel().ifPresent(s -> answer.put(AnswerColumn.KPC_PER_PIXEL, s));
    reduced.frame().ifPresent(f -> answer.put(AnswerColumn.ARCSEC_PER_PIXEL, f.arcsecPerPixel()));
  }

  /** The peak in pixels of the input: its middle if the field was cut around it. */
  private static Position within(
      Position peak, ModelField field, InputGrid grid, Preprocessing preprocessing) {
    double middle = (preprocessing.imageSize() - 1) / 2.0;
    return field.middle().isPresent()
        ? new Position(middle, middle)
        : new Position(
            (peak.x() + 0.5 - grid.left()) / grid.factor() - 0.5,
            (peak.y() + 0.5 - grid.bottom()) / grid.factor() - 0.5);
  }
}
