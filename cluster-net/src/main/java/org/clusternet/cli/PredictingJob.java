package org.clusternet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.clusternet.config.TrainingConfig.Compute;
import org.clusternet.inference.Prediction;
import org.clusternet.predict.Answer;
import org.clusternet.predict.PredictionInput;
import org.clusternet.run.TrainedModel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Base of the commands that apply a trained model to images. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
abstract class PredictingJob extends Job {
  @Mixin private ModelOptions model;

  @Mixin private ImageInputs inputs;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "output folder; must be empty or not exist")
  private Path out;

  @Option(
      names = "--force",
      description = "also answer for pictures of another kind than the training images")
  private boolean forced;

  @Mixin private final ComputeOptions compute = new ComputeOptions("default: as in training");

  /** Whether pictures of another kind than the training images get an answer. */
  final boolean isForced() {
    return forced;
  }

  /** Writes the folder and returns an answer per image, in their order. */
  abstract List<Answer> predict(
      TrainedModel trained, Compute chosen, List<PredictionInput> images, Path folder);

  /** The file or folder that the last line of the output names. */
  abstract Path written(Path folder);

  @Override
  public final Integer call() {
    List<PredictionInput> images = checked(inputs::read);
    TrainedModel trained = model.find(progress());
    Compute chosen = checked(() -> compute.over(trained.config()));
    List<Answer> answers = predict(trained, chosen, images, out);
    print(answers);
    out().flush();
    long failed = answers.stream().filter(answer -> answer.error().isPresent()).count();
    if (failed > 0) {
      progress().line("images without an answer=%d of %d".formatted(failed, answers.size()));
    }
    return failed > 0 ? 1 : 0;
  }

  /** Prints the answers to standard output. */
  void print(List<Answer> answers) {
    for (Answer answer : answers) {
      answer.prediction().ifPresent(p -> print(answer.input(), p));
    }
    out().println("wrote " + written(out));
  }

  private void print(PredictionInput image, Prediction p) {
    out()
        .printf(
            Locale.ROOT,
            "%s: %s, probability %.3f%n",
            image.files().image(),
            p.coreType(),
            p.probability(p.coreType()));
  }
}
