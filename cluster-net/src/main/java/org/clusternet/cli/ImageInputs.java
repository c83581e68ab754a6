package org.clusternet.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.clusternet.predict.ImagePaths;
import org.clusternet.predict.InputCatalog;
import org.clusternet.predict.PredictionInput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The images to classify, with their exposure and background maps. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ImageInputs {
  @Parameters(
      arity = "0..*",
      paramLabel = "IMAGE",
      description =
          "FITS, NPY or PNG files, folders of them, or quoted patterns such as 'xmm/*.fits.gz'")
  private List<String> names = List.of();

  @Option(
      names = "--catalog",
      paramLabel = "FILE",
      description =
          "table of images in place of IMAGE: CSV with the column file, and id, redshift, ra, dec,"
              + " exposure, background, mask, source, kpc_per_pixel where wanted")
  private @Nullable Path catalog;

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
      names = "--as-is",
      description =
          "the images have the pixel size of the training images: do not resample them (default:"
              + " images whose pixel size is known are resampled to the model's)")
  private boolean asIs;

  @Option(
      names = "--center",
      paramLabel = "RA,DEC",
      description =
          "position of the cluster, ICRS, in degrees or as hh:mm:ss,dd:mm:ss; or in another system:"
              + " galactic:L,B, fk5:, fk4:, ecliptic: (default: the X-ray"
              + " peak; the middle of an image that is not resampled)")
  private @Nullable String center;

  ImageInputs() {}

  /**
   * The images and what is known of them.
   *
   * @throws IllegalArgumentException if options have invalid values
   * @throws org.clusternet.data.DataException if the catalogue cannot be read
   */
  List<PredictionInput> read() {
    if (names.isEmpty() == (catalog == null)) {
      throw new IllegalArgumentException(
          catalog == null
              ? "Missing required parameter: 'IMAGE'; name an image, or a table of images with"
                  + " --catalog"
              : "IMAGE and --catalog exclude each other; give one");
    }
    if (asIs && observation.hasScale()) {
      throw new IllegalArgumentException("--as-is and --scale exclude each other; give one");
    }
    Framing framing =
        observation.framing(Optional.ofNullable(center).map(SkyPlace::parse), OptionalInt.empty());
    OptionalDouble detection = observation.detection();
    EventSelection events = observation.events();
    if (catalog != null) {
      requireNone(catalog);
      return InputCatalog.read(
          catalog,
          framing,
          observation.backgroundScale(),
          asIs,
          files ->
              files.exposedFrom(observation.minExposure()).counting(events).detecting(detection));
    }
    List<Path> images = ImagePaths.of(names);
    requireOneEach("--exposure", exposures, images.size());
    requireOneEach("--background", backgrounds, images.size());
    requireOneEach("--mask", masks, images.size());
    if (observation.hasBackgroundScale() && backgrounds.isEmpty()) {
      throw new IllegalArgumentException("--background-scale is for --background; give that too");
    }
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
                    scale,
                    asIs,
                    Optional.empty()))
        .toList();
  }

  /** A catalogue says for each row what these options say for all images. */
  private void requireNone(Path table) {
    Map<String, Boolean> given = new LinkedHashMap<>();
    given.put("--exposure", !exposures.isEmpty());
    given.put("--background", !backgrounds.isEmpty());
    given.put("--mask", !masks.isEmpty());
    given.put("--redshift", redshift != null);
    given.put("--center", center != null);
    given.forEach(
        (option, isGiven) -> {
          if (isGiven) {
            throw new IllegalArgumentException(
                "%s is a column of a catalogue (%s); leave the option out"
                    .formatted(option, table));
          }
        });
  }

  private static void requireOneEach(String option, List<Path> files, int images) {
    if (!files.isEmpty() && files.size() != images) {
      throw new IllegalArgumentException(
          "%s has files=%d for images=%d; give one per image, in the same order"
              .formatted(option, files.size(), images));
    }
  }
}
