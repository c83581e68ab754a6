package org.clusternet.data.image;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clusternet.data.DataException;
import org.clusternet.data.event.EventGrid;
import org.clusternet.data.event.EventListFile;

/**
 * The pixels of a map, such as an exposure map, in the columns X and Y of the event list that it
 * belongs to.
 *
 * <p>The map's corners lead there by way of the sky; where its other pixels lie on the straight
 * lines between them, the map was made from these columns and the events can be counted in its
 * pixels.
 */
final class MapGrid {
  /** Largest distance in pixels of a map's pixel from where the events would be counted. */
  private static final double ALIGNED = 0.1;

  private static final double[][] PLACES = {{0, 0}, {1, 0}, {0, 1}, {1, 1}, {0.5, 0.5}};

  private MapGrid() {}

  /**
   * The grid of a map.
   *
   * @throws DataException if the map cannot be read, has no celestial coordinates, is turned
   *     against the columns, or a bin was asked for too
   */
  static EventGrid of(EventListFile events, Path map, OptionalDouble bin) {
    if (bin.isPresent()) {
      throw new DataException(
          "%s: is counted in the pixels of %s, so bin=%s has no meaning; leave it out"
              .formatted(events.name(), map, bin.getAsDouble()));
    }
    SourceImage like = ImageFile.open(map);
    int width = like.image().width();
    int height = like.image().height();
    double[][] found = corners(events, map, like);
    double binX = (found[1][0] - found[0][0]) / width;
    double binY = (found[2][1] - found[0][1]) / height;
    double worst = 0;
    for (int i = 0; i < PLACES.length; i++) {
      double offX = (found[i][0] - found[0][0]) / binX - PLACES[i][0] * width;
      double offY = (found[i][1] - found[0][1]) / binY - PLACES[i][1] * height;
      worst = Math.max(worst, Math.hypot(offX, offY));
    }
    if (!(binX > 0 && binY > 0 && worst < ALIGNED)) {
      throw new DataException(
          "%s: its pixels are turned or bent against X and Y of %s, so the events cannot be counted in them; bin the events on its grid into an image first"
              .formatted(map, events.name()));
    }
    return new EventGrid(found[0][0], found[0][1], binX, binY, width, height);
  }

  /** X and Y at the outer corners and the middle of the map. */
  private static double[][] corners(EventListFile events, Path map, SourceImage like) {
    Optional<SkyFrame> own =
        SkyFrame.of(new FitsKeywords(events.coordinates(new EventGrid(0.5, 0.5, 1, 1, 1, 1))));
    Optional<SkyFrame> theirs = SkyFrame.of(like.keywords());
    double[][] found = new double[PLACES.length][];
    for (int i = 0; i < PLACES.length; i++) {
      double x = PLACES[i][0] * like.image().width() - 0.5;
      double y = PLACES[i][1] * like.image().height() - 0.5;
      // Pixel 0 of a grid that begins at 0.5 is the value 1.
      found[i] =
          theirs
              .flatMap(frame -> own.flatMap(target -> across(frame, x, y, target)))
              .map(pixel -> new double[] {pixel[0] + 1, pixel[1] + 1})
              .orElseThrow(
                  () ->
                      new DataException(
                          "%s: has no celestial coordinates in common with %s, so the events cannot be counted in its pixels; bin the events on its grid into an image first"
                              .formatted(map, events.name())));
    }
    return found;
  }

  private static Optional<double[]> across(SkyFrame from, double x, double y, SkyFrame to) {
    return from.skyOf(x, y)
        .flatMap(sky -> from.system().flatMap(s -> to.pixelOf(s, sky[0], sky[1])));
  }
}
