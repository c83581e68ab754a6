package org.clusternet.training;

import org.clusternet.config.Augmentation;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.random.CounterRandom;

/**
 * The change of a training image, at random as {@link Augmentation} says: mirrored, then turned,
 * then shifted. Each sample is changed anew in each epoch, in a way that depends on (seed, epoch,
 * sample) only, so that neither the number of threads nor an interruption changes it. Only whole
 * pixels are moved: no value is interpolated, and where a shift uncovers an edge, the nearest pixel
 * is repeated.
 *
 * @param side side of the image in pixels
 * @param mirrorX whether left and right change places
 * @param mirrorY whether top and bottom change places
 * @param quarters number of quarter turns
 * @param dx pixels by which columns move to the right
 * @param dy pixels by which rows move down
 */
record Augmenter(int side, boolean mirrorX, boolean mirrorY, int quarters, int dx, int dy) {
  private static final int QUARTERS = 4;

  /**
   * The change of an image in an epoch.
   *
   * @param settings which changes are made
   * @param side side of the image in pixels
   * @param seed seed of the run
   * @param epoch epoch, from 1
   * @param sample index into the dataset
   */
  static Augmenter of(Augmentation settings, int side, long seed, int epoch, int sample) {
    // All numbers are always drawn: switching one change on does not alter the others.
    CounterRandom random = new CounterRandom(seed, "augmentation", epoch, sample);
    boolean mirrorX = random.nextInt(2) == 1 && settings.flips();
    boolean mirrorY = random.nextInt(2) == 1 && settings.flips();
    int drawn = random.nextInt(QUARTERS);
    int quarters = settings.rotations() ? drawn : 0;
    int dx = random.nextInt(2 * settings.shift() + 1) - settings.shift();
    int dy = random.nextInt(2 * settings.shift() + 1) - settings.shift();
    return new Augmenter(side, mirrorX, mirrorY, quarters, dx, dy);
  }

  /** A changed copy of an image, row by row. */
  float[] pixels(float[] image) {
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

  /**
   * Where a pixel of the image is in the changed copy: the inverse of what {@link #pixels} looks
   * up. A pixel that a shift moves out of the image is at the nearest one of its edge.
   */
  Preprocessing.Peak peak(Preprocessing.Peak pixel) {
    int last = side - 1;
    int x = mirrorX ? last - pixel.x() : pixel.x();
    int y = mirrorY ? last - pixel.y() : pixel.y();
    for (int quarter = 0; quarter < quarters; quarter++) {
      int turned = last - y;
      y = x;
      x = turned;
    }
    return new Preprocessing.Peak(Math.clamp(x + dx, 0, last), Math.clamp(y + dy, 0, last));
  }
}
