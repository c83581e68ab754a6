package org.clusternet.data.observation;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.clusternet.data.DataException;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.ImageFile;
import org.clusternet.data.image.SkyFrame;
import org.clusternet.data.image.SourceImage;

/**
 * Reads the maps that belong to an image and checks that they lie on its grid.
 *
 * @param files files of the observation
 * @param source the image
 * @param notes receives a line on which map was taken from a file with several
 */
record MapReader(Observation.Files files, SourceImage source, Consumer<String> notes) {
  /** Largest shift, in pixels, between two maps of the same grid. */
  private static final double SAME_PLACE = 0.5;

  /** The exposure map, nowhere negative. */
  Optional<Image> exposure() {
    Optional<Image> exposure = files.exposure().map(f -> map(f, "exposure"));
    exposure.ifPresent(e -> requireExposed(e, files.exposure().get()));
    return exposure;
  }

  /** The background, multiplied by its factor. */
  Optional<Image> background() {
    return files.background().map(f -> times(map(f, "background"), files.backgroundScale()));
  }

  private static Image times(Image map, double factor) {
    double[] pixels = Arrays.stream(map.pixels()).map(v -> factor * v).toArray();
    return new Image(map.width(), map.height(), pixels);
  }

  private Image map(Path file, String kind) {
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
