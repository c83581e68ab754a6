package org.clusternet.cli;

import java.nio.file.Path;
import java.util.List;
import org.clusternet.config.TrainingConfig.Compute;
import org.clusternet.predict.Answer;
import org.clusternet.predict.ExplainRun;
import org.clusternet.predict.PredictionInput;
import org.clusternet.run.TrainedModel;
import picocli.CommandLine.Command;

/** {@code explain}: where a trained model looked. */
@Command(
    name = "explain",
    header = "Show which parts of an image a trained model used, as pictures and DS9 overlays.",
    description = {
      "",
      "Writes a folder. For every image NAME.svg: input (with a cross at the X-ray peak, unless",
      "--center is given), attention map (CAM), Gaussian, masks with the box, crop, and the",
      "probabilities; and NAME.png, the panels alone without text. For FITS",
      "images also, with the image's sky or linear coordinates: NAME_cam.fits, NAME_mask.fits, and",
      "NAME.reg, the box as a region of DS9 (in sky coordinates if DS9 has a name for them, else"
          + " in",
      "image coordinates).",
      "To overlay them in DS9:",
      "  ds9 image.fits -regions out/image.reg -frame new out/image_cam.fits -lock frame wcs",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example: two images, with a trained model:",
      "  cluster-net explain --model runs/accept abell1795.fits abell85.fits --out where"
    })
final class ExplainCommand extends PredictingJob {
  ExplainCommand() {}

  @Override
  List<Answer> predict(
      TrainedModel trained, Compute chosen, List<PredictionInput> images, Path folder) {
    return new ExplainRun(trained, chosen, isForced(), progress()).execute(images, folder);
  }

  @Override
  Path written(Path folder) {
    return folder;
  }
}
