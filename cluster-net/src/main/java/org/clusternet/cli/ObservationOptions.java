package org.clusternet.cli;

import static org.clusternet.cli.Defaults.or;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.clusternet.data.event.EventBand;
import org.clusternet.data.event.EventSelection;
import org.clusternet.data.observation.Framing;
import org.clusternet.data.observation.Observation;
import org.clusternet.data.observation.PixelScale;
import org.clusternet.data.observation.SkyPlace;
import org.clusternet.data.source.SourceRemoval;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Background, least exposure and resampling of observed images, and the choice of events. */
final class ObservationOptions {
  @Option(
      names = "--background-scale",
      paramLabel = "FACTOR",
      description =
          "factor by which the backgrounds are multiplied, for example to match exposures (default:"
              + " 1)")
  private @Nullable Double backgroundScale;

  @Option(
      names = "--min-exposure",
      paramLabel = "SHARE",
      description =
          "share of the greatest exposure, from 0 to 1, below which a pixel counts as not exposed"
              + " (default: 0.05)")
  private @Nullable Double minExposure;

  @Option(
      names = "--scale",
      paramLabel = "SIZE",
      description =
          "resample to this pixel size, such as 4kpc (needs the redshift) or 2.5arcsec (default:"
              + " predict and explain take the model's, import-images does not resample)")
  private @Nullable String scale;

  @Option(
      names = "--energy",
      paramLabel = "BAND",
      description =
          "event lists: photon energies that are counted, such as 0.5-2keV, or all (default:"
              + " 0.5-7keV; eROSITA 0.5-2.3keV, ROSAT 0.5-2keV)")
  private @Nullable String energy;

  @Option(
      names = "--pi",
      paramLabel = "FROM-TO",
      description = "event lists: channels of the column PI that are counted, in place of --energy")
  private @Nullable String channels;

  @Option(
      names = "--bin",
      paramLabel = "FACTOR",
      description =
          "event lists: side of a pixel in units of the columns X and Y (default: at most 2048"
              + " pixels a side; with --exposure or --background the pixels of that map)")
  private @Nullable Double bin;

  @Option(
      names = "--no-gti",
      description = "event lists: count events outside the good time intervals too")
  private boolean allTimes;

  @Option(
      names = "--detect-sources",
      description =
          "detect point sources in images of counts and fill them by what surrounds them; the"
              + " cluster's centre is left as it is")
  private boolean detect;

  @Option(
      names = "--source-sigma",
      paramLabel = "SIGMA",
      description = "significance of detected sources, at least 3 (default: 5)")
  private @Nullable Double sigma;

  ObservationOptions() {}

  /**
   * Which events of event lists are counted, and in which pixels.
   *
   * @throws IllegalArgumentException if an option has an invalid value
   */
  EventSelection events() {
    if (energy != null && channels != null) {
      throw new IllegalArgumentException("--energy and --pi exclude each other; give one");
    }
    Optional<EventBand> band =
        energy != null
            ? Optional.of(EventBand.energies(energy))
            : Optional.ofNullable(channels).map(EventBand::channels);
    return new EventSelection(
        band, bin == null ? OptionalDouble.empty() : OptionalDouble.of(bin), !allTimes);
  }

  /**
   * Significance above which sources are detected.
   *
   * @return empty for no detection
   * @throws IllegalArgumentException if the options do not go together
   */
  OptionalDouble detection() {
    if (sigma != null && !detect) {
      throw new IllegalArgumentException("--source-sigma is for --detect-sources; give that too");
    }
    return detect ? OptionalDouble.of(or(sigma, SourceRemoval.SIGMA)) : OptionalDouble.empty();
  }

  double backgroundScale() {
    return or(backgroundScale, 1.0);
  }

  double minExposure() {
    return or(minExposure, Observation.MIN_EXPOSURE);
  }

  boolean hasBackgroundScale() {
    return backgroundScale != null;
  }

  boolean hasScale() {
    return scale != null;
  }

  /**
   * Resampling and cut-out of the images.
   *
   * @throws IllegalArgumentException if an option has an invalid value
   */
  Framing framing(Optional<SkyPlace> centre, OptionalInt size) {
    return new Framing(Optional.ofNullable(scale).map(PixelScale::parse), centre, size);
  }
}
