package org.clusternet.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.clusternet.data.CoreType;
import org.clusternet.data.image.Preprocessing;

/**
 * Synthetic images for benchmarks and self-tests: a blob at a random position with a little noise,
 * more peaked for the classes with a cooler core. The classes can be told apart, so that a loss
 * that does not fall means a step that does not train.
 *
 * @param size number of images in the batch
 * @param side side of an image in pixels
 * @param peaked whether the peaks of some images are given
 */
public record BlobBatch(int size, int side, boolean peaked) {
  private static final double NOISE = 0.05;

  /**
   * A batch.
   *
   * @throws IllegalArgumentException unless both are positive
   */
  public BlobBatch {
    if (size < 1 || side < 1) {
      throw new IllegalArgumentException(
          "batch: size=" + size + ", side=" + side + "; both must be at least 1");
    }
  }

  /** A batch without peaks. */
  public BlobBatch(int size, int side) {
    this(size, side, false);
  }

  /** One channel of each image, row by row. */
  List<float[]> images() {
    Random random = new Random(3);
    List<float[]> images = new ArrayList<>();
    for (int n = 0; n < size; n++) {
      images.add(image(random, 0.05 + 0.1 * (n % CoreType.values().length)));
    }
    return images;
  }

  private float[] image(Random random, double radius) {
    double cx = side * (0.25 + 0.5 * random.nextDouble());
    double cy = side * (0.25 + 0.5 * random.nextDouble());
    float[] pixels = new float[side * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double r = Math.hypot(x - cx, y - cy) / (radius * side);
        pixels[y * side + x] = (float) (1 / (1 + r) + NOISE * random.nextDouble());
      }
    }
    return pixels;
  }

  /** A peak away from the brightest pixel for every second image, none for the others. */
  List<Optional<Preprocessing.Peak>> peaks() {
    List<Optional<Preprocessing.Peak>> peaks = new ArrayList<>();
    for (int n = 0; n < size; n++) {
      peaks.add(
          n % 2 == 0
              ? Optional.empty()
              : Optional.of(new Preprocessing.Peak(n * side / size, side / 3)));
    }
    return peaks;
  }

  /** The class of each image. */
  List<CoreType> labels() {
    List<CoreType> labels = new ArrayList<>();
    for (int n = 0; n < size; n++) {
      labels.add(CoreType.ofIndex(n % CoreType.values().length));
    }
    return labels;
  }
}
