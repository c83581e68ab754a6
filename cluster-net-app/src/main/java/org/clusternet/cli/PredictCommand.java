package org.clusternet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.clusternet.data.dataset.ImageScale;
import org.clusternet.data.observation.Framing;
import org.clusternet.data.observation.Observation;
import org.clusternet.data.observation.SkyPlace;
import org.clusternet.inference.Prediction;
import org.clusternet.run.PredictionInput;
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
final class PredictCommand extends Job {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE_OR_RUN",
      description = "a run folder, or the model.safetensors of one")
  private Path model;

  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "FITS, NPY or PNG files")
  private List<Path> images;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "folder to write; must not hold anything")
  private Path out;

  @Option(names = "--arrays", description = "write the arrays behind every prediction too")
  private boolean arrays;

  @Option(
      names = "--exposure",
      paramLabel = "FILE",
      split = ",",
      description = "exposure maps, by which the images are divided")
  private List<Path> exposures = List.of();

  @Option(
      names = "--background",
      paramLabel = "FILE",
      split = ",",
      description = "expected backgrounds in the images' unit, which are subtracted before")
  private List<Path> backgrounds = List.of();

  @Mixin private ObservationOptions observation;

  @Option(
      names = "--redshift",
      paramLabel = "Z",
      description = "of the cluster, where the header has no REDSHIFT")
  private Double redshift;

  @Option(
      names = "--center",
      paramLabel = "RA,DEC",
      description = "place of the cluster in degrees (default: the middle of the image)")
  private String center;

  @Mixin private ComputeOptions compute;

  PredictCommand() {}

  @Override
  public Integer call() {
    Compute defaults = Compute.defaults();
    TrainedModel trained = TrainedModel.find(model);
    List<PredictionInput> inputs = checked(() -> inputs(trained));
    Precision precision = trained.config().compute().precision();
    Compute chosen =
        checked(() -> compute.over(new Compute(defaults.device(), precision, defaults.threads())));
    List<Prediction> predictions =
        new PredictionRun(trained, chosen, arrays, progress()).predict(inputs, out);
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

  private List<PredictionInput> inputs(TrainedModel trained) {
    requireOneEach("--exposure", exposures);
    requireOneEach("--background", backgrounds);
    if (observation.hasBackgroundScale() && backgrounds.isEmpty()) {
      throw new IllegalArgumentException("--background-scale is for --background; give that too");
    }
    Optional<SkyPlace> place = Optional.ofNullable(center).map(SkyPlace::parse);
    boolean framed = observation.hasScale() || place.isPresent();
    int side = trained.config().data().centralCrop();
    Framing framing =
        observation.framing(place, framed ? OptionalInt.of(side) : OptionalInt.empty());
    ImageScale scale =
        new ImageScale(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            redshift == null ? OptionalDouble.empty() : OptionalDouble.of(redshift));
    return IntStream.range(0, images.size())
        .mapToObj(
            i ->
                new PredictionInput(
                    new Observation.Files(
                        images.get(i),
                        exposures.isEmpty() ? Optional.empty() : Optional.of(exposures.get(i)),
                        backgrounds.isEmpty() ? Optional.empty() : Optional.of(backgrounds.get(i)),
                        observation.backgroundScale()),
                    framing,
                    scale))
        .toList();
  }

  private void requireOneEach(String option, List<Path> files) {
    if (!files.isEmpty() && files.size() != images.size()) {
      throw new IllegalArgumentException(
          "%s has files=%d for images=%d; give one an image, in their order"
              .formatted(option, files.size(), images.size()));
    }
  }
}
