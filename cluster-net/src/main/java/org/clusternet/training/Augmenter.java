package org.clusternet.training;

import org.clusternet.config.Augmentation;
import org.clusternet.data.random.CounterRandom;

/**
 * Changes training images at random as {@link Augmentation} says. Each sample is changed anew in
 * each epoch, in a way that depends on (seed, epoch, sample) only, so that neither the number of
 * threads nor an interruption changes it. Only whole pixels are moved: no value is interpolated,
 * and where a shift uncovers an edge, the nearest pixel is repeated.
 */
final class Augmenter {
  private static final int QUARTERS = 4;

  private Augmenter() {}

  /**
   * An image as an epoch uses it.
   *
   * @param settings which changes are made
   * @param image row by row; it is not changed
   * @param side side of the image in pixels
   * @param seed seed of the run
   * @param epoch epoch, from 1
   * @param sample index into the dataset
   * @return the image itself if no change is wanted
   */
  static float[] apply(
      Augmentation settings, float[] image, int side, long seed, int epoch, int sample) {
    if (settings.equals(Augmentation.NONE)) {
      return image;
    }
    // All numbers are always drawn: switching one change on does not alter the others.
    CounterRandom random = new CounterRandom(seed, "augmentation", epoch, sample);
    boolean mirrorX = random.nextInt(2) == 1 && settings.flips();
    boolean mirrorY = random.nextInt(2) == 1 && settings.flips();
    int drawn = random.nextInt(QUARTERS);
    int quarters = settings.rotations() ? drawn : 0;
    int dx = random.nextInt(2 * settings.shift() + 1) - settings.shift();
    int dy = random.nextInt(2 * settings.shift() + 1) - settings.shift();
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
