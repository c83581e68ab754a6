package org.clusternet.data.observation;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which part of an image is wanted, in what pixels.
 *
 * @param scale the side of the pixels; empty for those of the image
 * @param centre the place that shall be in the middle; empty for the middle of the image
 * @param size side of the square that is cut out, in new pixels; empty for the whole image
 */
public record Framing(Optional<PixelScale> scale, Optional<SkyPlace> centre, OptionalInt size) {
  /** The image as it is. */
  public static final Framing NONE =
      new Framing(Optional.empty(), Optional.empty(), OptionalInt.empty());

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if it is below 1 or above 16384
   */
  public Framing {
    if (size.isPresent() && (size.getAsInt() < 1 || size.getAsInt() > 16384)) {
      throw new IllegalArgumentException(
          "size=" + size.getAsInt() + "; it must be from 1 to 16384 pixels");
    }
  }

  /**
   * Another middle.
   *
   * @param place the middle, empty to keep this one's
   * @return a copy
   */
  public Framing around(Optional<SkyPlace> place) {
    return new Framing(scale, place.isPresent() ? place : centre, size);
  }
}
