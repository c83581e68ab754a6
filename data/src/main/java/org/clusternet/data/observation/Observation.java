package org.clusternet.data.observation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.clusternet.data.DataException;
import org.clusternet.data.event.EventSelection;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.ImageFile;
import org.clusternet.data.image.PhotonNoise;
import org.clusternet.data.image.SourceImage;
import org.clusternet.data.source.SourceRemoval;

/**
 * An image of counts with the exposure and the background that belong to it.
 *
 * <p>The surface brightness is (counts - background) / exposure. The background is the expectation
 * in the same pixels, in the unit of the image (counts), times a factor if it has another exposure;
 * the exposure map may be in seconds or in cm^2 s. A pixel that was not exposed, or has no value in
 * one of the maps, is NaN in the result and counted. It is never 0, which would mean dark sky. A
 * pixel with a small share of the greatest exposure counts as not exposed.
 *
 * @param file file of the image, for messages
 * @param source the image with its keywords
 * @param light counts minus background; NaN where there is no value
 * @param exposure exposure of each pixel, 1 without a map; NaN where {@code light} is
 * @param background the background that was subtracted, in the unit of the image
 * @param noise noise of the image before its maps were applied; empty if it is not known to be
 *     photons
 * @param masked 1 where point sources were masked and filled, else 0; empty if none were looked for
 * @param corrected whether there is an exposure map
 * @param nonFinite number of pixels without a value in the image or the background
 * @param unexposed number of pixels of zero, too little or unknown exposure
 */
public record Observation(
    Path file,
    SourceImage source,
    Image light,
    Image exposure,
    Optional<Image> background,
    Optional<PhotonNoise> noise,
    Optional<Image> masked,
    boolean corrected,
    int nonFinite,
    int unexposed) {
  /**
   * Usual share of the greatest exposure below which a pixel counts as not exposed: at the edge of
   * a field, one photon in a twentieth of the exposure looks brighter than a cluster's core.
   */
  public static final double MIN_EXPOSURE = 0.05;

  /**
   * The files of an observation.
   *
   * @param image counts, or any other surface brightness
   * @param exposure exposure map, to divide by
   * @param background map of the expected background, to subtract
   * @param backgroundScale factor by which the background is multiplied, at least 0
   * @param minExposure share of the greatest exposure below which a pixel counts as not exposed
   * @param events which events are counted, if the image is an event list
   * @param removal which point sources are removed
   * @param further other exposures or detectors of the same source, which are added
   */
  public record Files(
      Path image,
      Optional<Path> exposure,
      Optional<Path> background,
      double backgroundScale,
      double minExposure,
      EventSelection events,
      SourceRemoval removal,
      List<Files> further) {
    /**
     * Files with the usual least exposure and choice of events, whose sources stay.
     *
     * @param image as the component
     * @param exposure as the component
     * @param background as the component
     * @param backgroundScale as the component
     */
    public Files(
        Path image, Optional<Path> exposure, Optional<Path> background, double backgroundScale) {
      this(
          image,
          exposure,
          background,
          backgroundScale,
          MIN_EXPOSURE,
          EventSelection.DEFAULT,
          SourceRemoval.NONE,
          List.of());
    }

    /**
     * The same files with another choice of events.
     *
     * @param selection which events are counted, if the image is an event list
     * @return a copy
     */
    public Files counting(EventSelection selection) {
      List<Files> others = further.stream().map(f -> f.counting(selection)).toList();
      return new Files(
          image, exposure, background, backgroundScale, minExposure, selection, removal, others);
    }

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the factor is negative or not finite, or the share not
     *     from 0 to 1
     */
    public Files {
      further = List.copyOf(further);
      requireShare(minExposure);
      if (!(backgroundScale >= 0) || Double.isInfinite(backgroundScale)) {
        throw new IllegalArgumentException(
            "background-scale=" + backgroundScale + "; it must be a finite number of at least 0");
      }
    }

    /**
     * The same files with other sources to remove.
     *
     * @param other which point sources are removed
     * @return a copy
     */
    public Files removing(SourceRemoval other) {
      return new Files(
          image, exposure, background, backgroundScale, minExposure, events, other, further);
    }

    /**
     * These files with those of other exposures of the same source.
     *
     * @param others files of the other exposures or detectors
     * @return a copy
     */
    public Files with(List<Files> others) {
      return new Files(
          image, exposure, background, backgroundScale, minExposure, events, removal, others);
    }

    /**
     * The same files with a detection of sources, beside those of a region file.
     *
     * @param sigma the least significance; empty for no detection
     * @return a copy
     */
    public Files detecting(OptionalDouble sigma) {
      return removing(new SourceRemoval(removal.regions(), sigma));
    }

    /**
     * The same files with another least exposure.
     *
     * @param share share of the greatest exposure below which a pixel counts as not exposed
     * @return a copy
     * @throws IllegalArgumentException if the share is not from 0 to 1
     */
    public Files exposedFrom(double share) {
      List<Files> others = further.stream().map(f -> f.exposedFrom(share)).toList();
      return new Files(
          image, exposure, background, backgroundScale, share, events, removal, others);
    }
  }

  /**
   * Reads an observation, and adds the other exposures of its source.
   *
   * @param files files of the observation, each of any format that {@link ImageFile} reads
   * @param notes receives lines on which image was taken from a file with several, and on the
   *     sources that were removed
   * @return the observation
   * @throws DataException if a file cannot be read, the maps have another shape or position than
   *     the image, an exposure is negative or none is positive, or exposures cannot be added
   */
  public static Observation read(Files files, Consumer<String> notes) {
    Observation observed = observe(files, notes);
    if (!files.further().isEmpty()) {
      List<Observation> parts = new ArrayList<>();
      parts.add(observed);
      for (Files other : files.further()) {
        parts.add(read(other, note -> notes.accept(other.image() + ": " + note)));
      }
      notes.accept("exposures=%d were added in its pixels".formatted(parts.size()));
      observed = Exposures.sum(parts, files.minExposure());
    }
    return SourceCleaning.apply(observed, files.removal(), notes);
  }

  private static Observation observe(Files files, Consumer<String> notes) {
    EventSelection events = files.events().on(files.exposure().or(files::background));
    SourceImage source = ImageFile.open(files.image(), events, notes);
    MapReader maps = new MapReader(files, source, notes);
    return of(files.image(), source, maps.exposure(), maps.background(), files.minExposure());
  }

  /**
   * An observation in memory, with the usual least exposure.
   *
   * @param file file of the image, for messages
   * @param source the image with its keywords
   * @param exposure exposure map of the same size, nowhere negative, to divide by
   * @param background expected background in the unit of the image, of the same size, to subtract
   * @return the observation
   */
  public static Observation of(
      Path file, SourceImage source, Optional<Image> exposure, Optional<Image> background) {
    return of(file, source, exposure, background, MIN_EXPOSURE);
  }

  /**
   * An observation in memory.
   *
   * @param file file of the image, for messages
   * @param source the image with its keywords
   * @param exposure exposure map of the same size, nowhere negative, to divide by
   * @param background expected background in the unit of the image, of the same size, to subtract
   * @param minExposure share of the greatest exposure below which a pixel counts as not exposed
   * @return the observation
   * @throws IllegalArgumentException if the share is not from 0 to 1
   */
  public static Observation of(
      Path file,
      SourceImage source,
      Optional<Image> exposure,
      Optional<Image> background,
      double minExposure) {
    requireShare(minExposure);
    double least = minExposure * exposure.map(Observation::greatest).orElse(0.0);
    Image image = source.image();
    double[] light = new double[image.pixels().length];
    double[] time = new double[light.length];
    int nonFinite = 0;
    int unexposed = 0;
    for (int i = 0; i < light.length; i++) {
      int pixel = i;
      double dark = background.map(b -> b.pixels()[pixel]).orElse(0.0);
      light[i] = image.pixels()[i] - dark;
      time[i] = exposure.map(e -> e.pixels()[pixel]).orElse(1.0);
      boolean exposed = time[i] > 0 && time[i] >= least && time[i] < Double.POSITIVE_INFINITY;
      if (!exposed) {
        unexposed++;
      } else if (!Double.isFinite(light[i])) {
        nonFinite++;
      }
      if (!exposed || !Double.isFinite(light[i])) {
        light[i] = Double.NaN;
        time[i] = Double.NaN;
      }
    }
    return new Observation(
        file,
        source,
        new Image(image.width(), image.height(), light),
        new Image(image.width(), image.height(), time),
        background,
        noise(source, exposure.isPresent() || background.isPresent()),
        Optional.empty(),
        exposure.isPresent(),
        nonFinite,
        unexposed);
  }

  private static void requireShare(double minExposure) {
    if (!(minExposure >= 0 && minExposure <= 1)) {
      throw new IllegalArgumentException(
          "min-exposure=" + minExposure + "; it must be from 0 to 1 (0.05: 5 % of the greatest)");
    }
  }

  private static double greatest(Image exposure) {
    return Arrays.stream(exposure.pixels()).filter(Double::isFinite).max().orElse(0);
  }

  private static Optional<PhotonNoise> noise(SourceImage source, boolean hasMaps) {
    return PhotonNoise.of(source)
        .or(() -> hasMaps ? Optional.of(PhotonNoise.UNKNOWN) : Optional.empty());
  }

  /**
   * Whether a background was subtracted.
   *
   * @return true if there is a background
   */
  public boolean subtracted() {
    return background.isPresent();
  }
}
