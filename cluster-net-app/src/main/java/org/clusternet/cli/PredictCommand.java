package org.clusternet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.clusternet.inference.Prediction;
import org.clusternet.run.PredictionRun;
import org.clusternet.run.TrainedModel;
import org.clusternet.training.Precision;
import org.clusternet.training.TrainingConfig.Compute;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code predict}: from images to core types, with a trained model. */
@Command(
    name = "predict",
    description = {
      "Predicts the core type of X-ray images with a trained model.",
      "",
      "Writes a folder with predictions.csv: file, p_cc, p_wcc, p_ncc, class and the box that the",
      "auxiliary branch looked at (x_min, y_min, x_max, y_max: pixels of the network's input, from 0",
      "in the order of the FITS file, inclusive). With --arrays also a safetensors file an image:",
      "input, feature_map, cam, h1, b1, h2, b2, mask, box, crop and the logits of the three heads.",
      ""
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: one image, with the maps behind the prediction:",
      "  cluster-net predict --model runs/accept-paper abell1795.fits --out a1795 --arrays"
    })
final class PredictCommand extends Job {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE_OR_RUN",
      description = "a run folder, or the model.safetensors of one")
  private Path model;

  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "FITS files")
  private List<Path> images;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "folder to write; must not hold anything")
  private Path out;

  @Option(names = "--arrays", description = "write the arrays behind every prediction too")
  private boolean arrays;

  @Mixin private ComputeOptions compute;

  PredictCommand() {}

  @Override
  public Integer call() {
    Compute defaults = Compute.defaults();
    TrainedModel trained = TrainedModel.find(model);
    Precision precision = trained.config().compute().precision();
    Compute chosen =
        checked(() -> compute.over(new Compute(defaults.device(), precision, defaults.threads())));
    List<Prediction> predictions =
        new PredictionRun(trained, chosen, arrays, progress()).execute(images, out);
    for (int i = 0; i < images.size(); i++) {
      Prediction p = predictions.get(i);
      out()
          .printf(
              Locale.ROOT,
              "%s: %s, probability %.3f%n",
              images.get(i),
              p.coreType(),
              p.probability(p.coreType()));
    }
    out().println("wrote " + out.resolve(PredictionRun.FILE_NAME));
    out().flush();
    return 0;
  }
}
