package org.clusternet.cli;

import java.nio.file.Path;
import java.util.List;
import org.clusternet.config.TrainingConfig.Compute;
import org.clusternet.predict.Answer;
import org.clusternet.predict.AnswerTable;
import org.clusternet.predict.PredictionInput;
import org.clusternet.predict.PredictionRun;
import org.clusternet.run.TrainedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code predict}: from images to core types, with a trained model. */
@Command(
    name = "predict",
    header = "Predict the core types of X-ray images with a trained model.",
    description = {
      "",
      "Writes a folder with predictions.csv: file, p_cc, p_wcc, p_ncc, class and the box that the",
      "auxiliary branch takes as input (x_min, y_min, x_max, y_max in pixels of the network's"
          + " input,",
      "inclusive, from 0, in the order of the FITS file), the covered share of the field, the",
      "distance of the features that the network sees from those of its training images, what is",
      "unlike the training images, warnings, and the error of an image that cannot be used: its"
          + " row",
      "has no prediction, and the exit code is 1. A picture of another kind than the training",
      "images, at a distance that 1 in 1000 images of their kind exceeds, is an error too"
          + " (--force).",
      "With --arrays also a safetensors file per image: input, feature_map, cam, h1, b1,",
      "h2, b2, mask, box, crop and the logits of the heads.",
      "",
      "An image whose pixel size is known is brought to that of the model's training images,"
          + " around",
      "its X-ray peak; --scale and --center override both, and --as-is leaves the image as it is,"
          + " of",
      "which the central part is classified. Exposure and background maps have the grid of their",
      "image. With --catalog every row has an answer of its own; docs/observations.md has"
          + " examples.",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example: one image, with the maps behind the prediction:",
      "  cluster-net predict --model runs/accept-paper abell1795.fits --out a1795 --arrays",
      "Example: a counts image, divided by its exposure and resampled to 4 kpc per pixel:",
      "  cluster-net predict --model runs/accept-paper counts.fits --exposure exp.fits --scale 4kpc"
          + " \\",
      "    --redshift 0.0625 --center 207.2188,26.5930 --out a1795-chandra"
    })
final class PredictCommand extends PredictingJob {
  @Option(names = "--arrays", description = "also write the arrays behind every prediction")
  private boolean arrays;

  @Option(
      names = "--json",
      description =
          "print the rows of predictions.csv as a JSON array, and nothing else, on standard output")
  private boolean json;

  PredictCommand() {}

  @Override
  List<Answer> predict(
      TrainedModel trained, Compute chosen, List<PredictionInput> images, Path folder) {
    return new PredictionRun(trained, chosen, arrays, isForced(), progress())
        .predict(images, folder);
  }

  @Override
  void print(List<Answer> answers) {
    if (json) {
      out().print(AnswerTable.json(answers));
    } else {
      super.print(answers);
    }
  }

  @Override
  Path written(Path folder) {
    return folder.resolve(PredictionRun.FILE_NAME);
  }
}
