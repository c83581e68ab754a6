package org.clusternet.cli;

import static org.clusternet.cli.Defaults.or;

import java.util.Optional;
import java.util.OptionalInt;
import org.clusternet.data.observation.Framing;
import org.clusternet.data.observation.PixelScale;
import org.clusternet.data.observation.SkyPlace;
import picocli.CommandLine.Option;

/** How observed images are brought to the pixels that are wanted. */
final class ObservationOptions {
  @Option(
      names = "--background-scale",
      paramLabel = "FACTOR",
      description = "by which backgrounds are multiplied, for another exposure (default: 1)")
  private Double backgroundScale;

  @Option(
      names = "--scale",
      paramLabel = "SIZE",
      description =
          "resample to pixels of this side: 4kpc (needs the redshift) or 2.5arcsec (default: as is)")
  private String scale;

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
   * What is wanted of the images.
   *
   * @throws IllegalArgumentException if an option makes no sense
   */
  Framing framing(Optional<SkyPlace> centre, OptionalInt size) {
    return new Framing(Optional.ofNullable(scale).map(PixelScale::parse), centre, size);
  }
}
