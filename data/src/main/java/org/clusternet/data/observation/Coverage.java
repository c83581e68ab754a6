package org.clusternet.data.observation;

import java.util.Arrays;
import java.util.Optional;
import org.clusternet.data.DataException;
import org.clusternet.data.image.Image;

/**
 * How much of a field an observation covers. A field that is mostly empty says nothing about the
 * cluster, but a network answers anyway, as it does for a constant image.
 *
 * @param share share of the field's pixels that have a value, from 0 to 1
 */
public record Coverage(double share) {
  /** The share below which a field is refused (our choice). */
  public static final double LEAST = 0.3;

  /** The share below which a field is warned of (our choice). */
  public static final double GOOD = 0.8;

  /**
   * The coverage of a whole image.
   *
   * @param image the field; pixels without a value are NaN or infinite
   * @return its coverage
   */
  public static Coverage of(Image image) {
    long finite = Arrays.stream(image.pixels()).filter(Double::isFinite).count();
    return new Coverage(finite / (double) image.pixels().length);
  }

  /**
   * Refuses a field that is mostly empty.
   *
   * @param file the image's file
   * @param field what the field is, such as its size
   * @throws DataException if the share is below {@link #LEAST}
   */
  public void require(String file, String field) {
    if (share < LEAST) {
      throw new DataException(
          "%s: the image covers %.2g %% of the field (%s); at least %.0f %% are needed: use an image of"
                  .formatted(file, 100 * share, field, 100 * LEAST)
              + " a wider field, another centre, or a smaller pixel size");
    }
  }

  /**
   * The warning about a field that is partly empty.
   *
   * @return empty if it is covered well enough
   */
  public Optional<String> warning() {
    return share < GOOD
        ? Optional.of("the image covers only %.0f %% of the field".formatted(100 * share))
        : Optional.empty();
  }
}
