package org.clusternet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.clusternet.data.dataset.ImageScale;
import org.clusternet.data.observation.Framing;
import org.clusternet.data.observation.Observation;
import org.clusternet.data.observation.SkyPlace;
import org.clusternet.predict.PredictionInput;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The images that a trained model is asked about, with their maps. */
final class ImageInputs {
  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "FITS, NPY or PNG files")
  private List<Path> images;

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

  ImageInputs() {}

  /**
   * The images and how they are brought to what a model knows.
   *
   * @param side of the square that the model looks at, in its pixels
   * @throws IllegalArgumentException if the options make no sense
   */
  List<PredictionInput> of(int side) {
    requireOneEach("--exposure", exposures);
    requireOneEach("--background", backgrounds);
    if (observation.hasBackgroundScale() && backgrounds.isEmpty()) {
      throw new IllegalArgumentException("--background-scale is for --background; give that too");
    }
    Optional<SkyPlace> place = Optional.ofNullable(center).map(SkyPlace::parse);
    boolean framed = observation.hasScale() || place.isPresent();
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
