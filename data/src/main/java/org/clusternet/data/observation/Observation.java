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
import org.clusternet.data.image.SkyFrame;
import org.clusternet.data.image.SourceImage;
import org.clusternet.data.source.SourceRemoval;

/**
 * An image of counts with the exposure and the background that belong to it.
 *
 * <p>The surface brightness is (counts - background) / exposure. The background is the expectation
 * in the same pixels, in the unit of the image (counts), times a factor if it has another exposure;
 * the exposure map may be in seconds or in cm^2 s. A pixel that was not exposed, or has no value in
 * one of the maps, is NaN in the result and counted. It is never 0, which would mean dark sky.
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
 * @param unexposed number of pixels of zero or unknown exposure
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
  /** Largest shift, in pixels, between two maps of the same grid. */
  private static final double SAME_PLACE = 0.5;

  /**
   * The files of an observation.
   *
   * @param image counts, or any other surface brightness
   * @param exposure exposure map, to divide by
   * @param background map of the expected background, to subtract
   * @param backgroundScale factor by which the background is multiplied, at least 0
   * @param events which events are counted, if the image is an event list
   * @param removal which point sources are removed
   * @param further other exposures or detectors of the same source, which are added
   */
  public record Files(
      Path image,
      Optional<Path> exposure,
      Optional<Path> background,
      double backgroundScale,
      EventSelection events,
      SourceRemoval removal,
      List<Files> further) {
    /**
     * Files whose events, if there are any, are counted as usual, and whose sources stay.
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
      return new Files(image, exposure, background, backgroundScale, selection, removal, others);
    }

    /**
     * Checks the factor.
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Files {
      further = List.copyOf(further);
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
      return new Files(image, exposure, background, backgroundScale, events, other, further);
    }

    /**
     * These files with those of other exposures of the same source.
     *
     * @param others files of the other exposures or detectors
     * @return a copy
     */
    public Files with(List<Files> others) {
      return new Files(image, exposure, background, backgroundScale, events, removal, others);
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
      observed = Exposures.sum(parts);
    }
    return SourceCleaning.apply(observed, files.removal(), notes);
  }

  private static Observation observe(Files files, Consumer<String> notes) {
    EventSelection events = files.events().on(files.exposure().or(files::background));
    SourceImage source = ImageFile.open(files.image(), events, notes);
    Optional<Image> exposure = files.exposure().map(f -> map(f, "exposure", files, source, notes));
    Optional<Image> background =
        files.background().map(f -> times(map(f, "background", files, source, notes), files));
    exposure.ifPresent(e -> requireExposed(e, files.exposure().get()));
    return of(files.image(), source, exposure, background);
  }

  /**
   * An observation in memory.
   *
   * @param file file of the image, for messages
   * @param source the image with its keywords
   * @param exposure exposure map of the same size, nowhere negative, to divide by
   * @param background expected background in the unit of the image, of the same size, to subtract
   * @return the observation
   */
  public static Observation of(
      Path file, SourceImage source, Optional<Image> exposure, Optional<Image> background) {
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
      boolean exposed = time[i] > 0 && time[i] < Double.POSITIVE_INFINITY;
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

  private static Optional<PhotonNoise> noise(SourceImage source, boolean hasMaps) {
    return PhotonNoise.of(source)
        .or(() -> hasMaps ? Optional.of(PhotonNoise.UNKNOWN) : Optional.empty());
  }

  private static Image times(Image map, Files files) {
    double factor = files.backgroundScale();
    double[] pixels = Arrays.stream(map.pixels()).map(v -> factor * v).toArray();
    return new Image(map.width(), map.height(), pixels);
  }

  /**
   * Whether a background was subtracted.
   *
   * @return true if there is a background
   */
  public boolean subtracted() {
    return background.isPresent();
  }

  private static Image map(
      Path file, String kind, Files files, SourceImage source, Consumer<String> notes) {
    SourceImage map =
        ImageFile.open(file, note -> notes.accept(kind + " map " + file + ": " + note));
    Image image = source.image();
    if (map.image().width() != image.width() || map.image().height() != image.height()) {
      throw new DataException(
          file
              + ": "
              + kind
              + " map of width="
              + map.image().width()
              + " height="
              + map.image().height()
              + ", but its image "
              + files.image()
              + " has width="
              + image.width()
              + " height="
              + image.height()
              + "; make the map on the grid of the image");
    }
    Optional<SkyFrame> own = SkyFrame.of(source.keywords());
    Optional<SkyFrame> other = SkyFrame.of(map.keywords());
    if (own.isPresent() && other.isPresent()) {
      double shift = shift(own.get(), other.get());
      if (shift > SAME_PLACE) {
        throw new DataException(
            "%s: %s map is shifted by pixels=%.1f against its image %s; make it on the grid of the image"
                .formatted(file, kind, shift, files.image()));
      }
    }
    return map.image();
  }

  /** Distance in pixels between the reference positions of two frames; 0 if unknown. */
  private static double shift(SkyFrame own, SkyFrame other) {
    double[] place = own.reference();
    return own.system()
        .flatMap(system -> other.pixelOf(system, place[0], place[1]))
        .map(p -> Math.hypot(p[0] + 1 - own.crpix1(), p[1] + 1 - own.crpix2()))
        .orElse(0.0);
  }

  private static void requireExposed(Image exposure, Path file) {
    long negative = Arrays.stream(exposure.pixels()).filter(e -> e < 0).count();
    if (negative > 0) {
      throw new DataException(
          file
              + ": exposure map with negative pixels="
              + negative
              + "; an exposure is 0 where nothing was observed: correct the map");
    }
    if (Arrays.stream(exposure.pixels()).noneMatch(e -> e > 0)) {
      throw new DataException(file + ": exposure map without a positive pixel; take another map");
    }
  }
}
