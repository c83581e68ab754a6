package org.clusternet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.clusternet.explain.ExplainRun;
import org.clusternet.inference.Prediction;
import org.clusternet.run.PredictionInput;
import org.clusternet.run.TrainedModel;
import org.clusternet.training.Precision;
import org.clusternet.training.TrainingConfig.Compute;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code explain}: where a trained model looked. */
@Command(
    name = "explain",
    header = "Show where a trained model looked, as pictures and as overlays for DS9.",
    description = {
      "",
      "Writes a folder. For every image NAME.png: input, attention map (CAM), Gaussian, masks with",
      "the box, crop, and the probabilities. For FITS images also, with their place in the sky:",
      "NAME_cam.fits, NAME_mask.fits, and NAME.reg, the box as a region of DS9 (in RA and Dec for",
      "the TAN projection, else in image coordinates). Over the original in DS9:",
      "  ds9 image.fits -regions out/image.reg -frame new out/image_cam.fits -lock frame wcs",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example: two images, with a model that train has made:",
      "  cluster-net explain --model runs/accept abell1795.fits abell85.fits --out where"
    })
final class ExplainCommand extends Job {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE_OR_RUN",
      description = "a run folder, or the model.safetensors of one")
  private Path model;

  @Mixin private ImageInputs inputs;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "folder to write; must not hold anything")
  private Path out;

  @Mixin private ComputeOptions compute;

  ExplainCommand() {}

  @Override
  public Integer call() {
    Compute defaults = Compute.defaults();
    TrainedModel trained = TrainedModel.find(model);
    List<PredictionInput> sources = checked(() -> inputs.of(trained.config().data().centralCrop()));
    Precision precision = trained.config().compute().precision();
    Compute chosen =
        checked(() -> compute.over(new Compute(defaults.device(), precision, defaults.threads())));
    List<Prediction> predictions =
        new ExplainRun(trained, chosen, progress()).execute(sources, out);
    for (int i = 0; i < sources.size(); i++) {
      Prediction p = predictions.get(i);
      out()
          .printf(
              Locale.ROOT,
              "%s: %s, probability %.3f%n",
              sources.get(i).files().image(),
              p.coreType(),
              p.probability(p.coreType()));
    }
    out().println("wrote " + out);
    out().flush();
    return 0;
  }
}
