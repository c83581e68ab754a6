package org.clusternet.cli;

import static org.clusternet.cli.Defaults.or;

import java.util.Optional;
import java.util.OptionalInt;
import org.clusternet.data.observation.Framing;
import org.clusternet.data.observation.PixelScale;
import org.clusternet.data.observation.SkyPlace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Background scaling and resampling of observed images. */
final class ObservationOptions {
  @Option(
      names = "--background-scale",
      paramLabel = "FACTOR",
      description =
          "factor by which the backgrounds are multiplied, for example to match exposures (default:"
              + " 1)")
  private @Nullable Double backgroundScale;

  @Option(
      names = "--scale",
      paramLabel = "SIZE",
      description =
          "resample to this pixel size, such as 4kpc (needs the redshift) or 2.5arcsec (default: no"
              + " resampling)")
  private @Nullable String scale;

  ObservationOptions() {}

  double backgroundScale() {
    return or(backgroundScale, 1.0);
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
