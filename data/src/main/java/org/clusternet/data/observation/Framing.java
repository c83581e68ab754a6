package org.clusternet.data.observation;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The wanted part of an image and the wanted size of its pixels.
 *
 * @param scale side of the new pixels; empty to keep those of the image
 * @param centre position in the sky of the new centre; empty for the centre of the image
 * @param size side of the square to cut out, in new pixels; empty for the whole image
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
   * The same framing around another position.
   *
   * @param place the new centre; empty to keep the present one
   * @return a copy
   */
  public Framing around(Optional<SkyPlace> place) {
    return new Framing(scale, place.isPresent() ? place : centre, size);
  }
}
