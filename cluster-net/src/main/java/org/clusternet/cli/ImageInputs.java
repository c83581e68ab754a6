package org.clusternet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.clusternet.data.dataset.ImageScale;
import org.clusternet.data.event.EventSelection;
import org.clusternet.data.observation.Framing;
import org.clusternet.data.observation.Observation;
import org.clusternet.data.observation.SkyPlace;
import org.clusternet.data.source.SourceRemoval;
import org.clusternet.predict.PredictionInput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The images to classify, with their exposure and background maps. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ImageInputs {
  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "FITS, NPY or PNG files")
  private List<Path> images;

  @Option(
      names = "--exposure",
      paramLabel = "FILE",
      split = ",",
      description =
          "exposure maps by which the images are divided, one per image in the same order")
  private List<Path> exposures = List.of();

  @Option(
      names = "--background",
      paramLabel = "FILE",
      split = ",",
      description =
          "background maps in the unit of the images, subtracted before the division; one per"
              + " image")
  private List<Path> backgrounds = List.of();

  @Option(
      names = "--mask",
      paramLabel = "REGIONS",
      split = ",",
      description =
          "region files (DS9, CIAO) of point sources, which are filled by what surrounds them; one"
              + " per image")
  private List<Path> masks = List.of();

  @Mixin private ObservationOptions observation;

  @Option(
      names = "--redshift",
      paramLabel = "Z",
      description = "redshift of the cluster, if the FITS header has no REDSHIFT")
  private @Nullable Double redshift;

  @Option(
      names = "--center",
      paramLabel = "RA,DEC",
      description =
          "position of the cluster, ICRS, in degrees or as hh:mm:ss,dd:mm:ss; or in another system:"
              + " galactic:L,B, fk5:, fk4:, ecliptic: (default: centre of the image)")
  private @Nullable String center;

  ImageInputs() {}

  /**
   * The images and how they are resampled for a model.
   *
   * @param side side of the square that the model takes as input, in pixels
   * @throws IllegalArgumentException if options have invalid values
   */
  List<PredictionInput> of(int side) {
    requireOneEach("--exposure", exposures);
    requireOneEach("--background", backgrounds);
    requireOneEach("--mask", masks);
    OptionalDouble detection = observation.detection();
    EventSelection events = observation.events();
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
                    "",
                    new Observation.Files(
                            images.get(i),
                            exposures.isEmpty() ? Optional.empty() : Optional.of(exposures.get(i)),
                            backgrounds.isEmpty()
                                ? Optional.empty()
                                : Optional.of(backgrounds.get(i)),
                            observation.backgroundScale())
                        .exposedFrom(observation.minExposure())
                        .counting(events)
                        .removing(
                            new SourceRemoval(
                                masks.isEmpty() ? Optional.empty() : Optional.of(masks.get(i)),
                                detection)),
                    framing,
                    scale))
        .toList();
  }

  private void requireOneEach(String option, List<Path> files) {
    if (!files.isEmpty() && files.size() != images.size()) {
      throw new IllegalArgumentException(
          "%s has files=%d for images=%d; give one per image, in the same order"
              .formatted(option, files.size(), images.size()));
    }
  }
}
