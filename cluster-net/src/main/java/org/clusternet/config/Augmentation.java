package org.clusternet.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * Random changes of training images that leave their class as it is: a cluster has no preferred
 * orientation, and its centre is known to a few pixels. The paper uses none.
 *
 * @param flips whether half of the images are mirrored left to right, and half top to bottom
 * @param rotations whether images are rotated by 0, 90, 180 or 270 degrees, each with the same
 *     probability
 * @param shift largest shift in pixels along each axis; 0 for none
 */
public record Augmentation(
    @JsonPropertyDescription("mirror half of the images left to right, half top to bottom")
        boolean flips,
    @JsonPropertyDescription("rotate images by 0, 90, 180 or 270 degrees") boolean rotations,
    @JsonPropertyDescription("largest shift in pixels along each axis") int shift) {

  /** No changes. */
  public static final Augmentation NONE = new Augmentation(false, false, 0);

  /** Checks the shift. */
  public Augmentation {
    if (shift < 0) {
      throw new IllegalArgumentException("shift=" + shift + "; it must be at least 0");
    }
  }

  /** Flips, rotations, and shifts by up to 1/32 of the side of the image in pixels. */
  public static Augmentation usual(int side) {
    return new Augmentation(true, true, side / 32);
  }
}
