package org.clusternet.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.clusternet.data.random.CounterRandom;

/**
 * Changes of training images that leave their class as it is: a cluster has no up and no right, and
 * its centre is known to a few pixels. Each sample is changed anew in each epoch, in a way that
 * follows from (seed, epoch, sample) and nothing else, so that neither threads nor an interruption
 * change it. Whole pixels only: no value is made up but at the edges that a shift lays bare, where
 * the nearest pixel is repeated. Off in the paper.
 *
 * @param flips left to right and top to bottom, each for half of the images
 * @param rotations by 0, 1, 2 or 3 quarters, each for a quarter of them
 * @param shift the most pixels, 0 for none, that an image is moved along each axis
 */
public record Augmentation(
    @JsonPropertyDescription("mirror half of the images left to right, half top to bottom")
        boolean flips,
    @JsonPropertyDescription("turn images by 0, 1, 2 or 3 quarters") boolean rotations,
    @JsonPropertyDescription("move images by up to so many pixels along each axis") int shift) {

  /** Images as they are. */
  public static final Augmentation NONE = new Augmentation(false, false, 0);

  private static final int QUARTERS = 4;

  /** Checks the shift. */
  public Augmentation {
    if (shift < 0) {
      throw new IllegalArgumentException("shift=" + shift + "; it must be at least 0");
    }
  }

  /** Flips, rotations, and shifts by up to a 32nd of the side. */
  public static Augmentation usual(int side) {
    return new Augmentation(true, true, side / 32);
  }

  /**
   * An image as an epoch sees it.
   *
   * @param image row by row, not changed
   * @param side of it in pixels
   * @param seed of the run
   * @param epoch from 1
   * @param sample index into the dataset
   * @return the image itself where nothing is to be done
   */
  float[] apply(float[] image, int side, long seed, int epoch, int sample) {
    if (equals(NONE)) {
      return image;
    }
    // All numbers are drawn whatever is switched on: one switch does not change what another does.
    CounterRandom random = new CounterRandom(seed, "augmentation", epoch, sample);
    boolean mirrorX = random.nextInt(2) == 1 && flips;
    boolean mirrorY = random.nextInt(2) == 1 && flips;
    int drawn = random.nextInt(QUARTERS);
    int quarters = rotations ? drawn : 0;
    int dx = random.nextInt(2 * shift + 1) - shift;
    int dy = random.nextInt(2 * shift + 1) - shift;
    float[] changed = new float[image.length];
    int last = side - 1;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int fromX = Math.clamp(x - dx, 0, last);
        int fromY = Math.clamp(y - dy, 0, last);
        for (int quarter = 0; quarter < quarters; quarter++) {
          int turned = last - fromX;
          fromX = fromY;
          fromY = turned;
        }
        fromX = mirrorX ? last - fromX : fromX;
        fromY = mirrorY ? last - fromY : fromY;
        changed[y * side + x] = image[fromY * side + fromX];
      }
    }
    return changed;
  }
}
