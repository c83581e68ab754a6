package org.clusternet.cli;

import java.nio.file.Path;
import java.util.List;
import org.clusternet.config.TrainingConfig.Compute;
import org.clusternet.inference.Prediction;
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
      "auxiliary branch looked at (x_min, y_min, x_max, y_max: pixels of the network's input, from 0",
      "in the order of the FITS file, inclusive). With --arrays also a safetensors file an image:",
      "input, feature_map, cam, h1, b1, h2, b2, mask, box, crop and the logits of the three heads.",
      "",
      "The middle of an image is looked at, in pixels of the size that the model was trained on:",
      "--scale and --center bring an observed image there. Exposure and background are maps on the",
      "image's grid, as many as images, in their order.",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example: one image, with the maps behind the prediction:",
      "  cluster-net predict --model runs/accept-paper abell1795.fits --out a1795 --arrays",
      "Example: counts of a telescope, corrected and brought to 4 kpc per pixel around the cluster:",
      "  cluster-net predict --model runs/accept-paper counts.fits --exposure exp.fits --scale 4kpc \\",
      "    --redshift 0.0625 --center 207.2188,26.5930 --out a1795-chandra"
    })
final class PredictCommand extends PredictingJob {
  @Option(names = "--arrays", description = "write the arrays behind every prediction too")
  private boolean arrays;

  PredictCommand() {}

  @Override
  List<Prediction> predict(
      TrainedModel trained, Compute chosen, List<PredictionInput> images, Path folder) {
    return new PredictionRun(trained, chosen, arrays, progress()).predict(images, folder);
  }

  @Override
  Path written(Path folder) {
    return folder.resolve(PredictionRun.FILE_NAME);
  }
}
