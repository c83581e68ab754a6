package org.clusternet.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.clusternet.data.simulate.ClassMix;

/**
 * Which images a run reads, how they become inputs and how they are divided.
 *
 * @param folder the dataset folder; null where the run simulates one of its own
 * @param simulation what is simulated; null where a folder is given
 * @param centralCrop side in pixels of the square cut from the middle of every image
 * @param imageSize side in pixels of the network's input, to which that square is resampled
 * @param splits a table of folds to use instead of dividing the clusters anew; null for none
 * @param folds how many, if they are made anew: k - 2 to train, 1 to validate, 1 to test
 * @param fold the test fold, from 0; the one after it validates
 */
public record DataConfig(
    @JsonPropertyDescription("dataset folder with catalog.csv and the images; null to simulate")
        String folder,
    @JsonPropertyDescription("the sample to simulate; null where there is a folder")
        Simulation simulation,
    @JsonPropertyDescription(
            "side in pixels of the square cut from the middle of every image (default: 256)")
        int centralCrop,
    @JsonPropertyDescription("side in pixels of the network's input (quick: 64, paper: 256)")
        int imageSize,
    @JsonPropertyDescription(
            "table of folds with the columns cluster_id and fold; null to divide anew")
        String splits,
    @JsonPropertyDescription("folds into which clusters are divided (default: 10)") int folds,
    @JsonPropertyDescription("the test fold, from 0; the next one validates (default: 0)")
        int fold) {

  /** ResNet-18 halves its input five times. */
  private static final int LEAST_SIZE = 32;

  /**
   * A simulated sample; its seed is the run's.
   *
   * @param clusters how many, three images each
   * @param size side of the images in pixels
   * @param kpcPerPixel side of a pixel in kpc
   * @param mix how many of each core type
   */
  public record Simulation(
      @JsonPropertyDescription("clusters, three images each (quick: 200, paper: 318)") int clusters,
      @JsonPropertyDescription("side of the images in pixels (default: 256)") int size,
      @JsonPropertyDescription("side of a pixel in kpc (default: 4)") double kpcPerPixel,
      @JsonPropertyDescription(
              "core types: native, paper, accept or balanced (quick: accept, paper: paper)")
          ClassMix mix) {}

  /** Checks the numbers and that there is exactly one source of images. */
  public DataConfig {
    if ((folder == null) == (simulation == null)) {
      throw new IllegalArgumentException(
          "data: folder=" + folder + " simulation=" + simulation + "; exactly one must be given");
    }
    if (imageSize < LEAST_SIZE) {
      throw new IllegalArgumentException(
          "image-size="
              + imageSize
              + "; ResNet-18 halves it five times, so at least 32 are needed");
    }
    if (centralCrop < 1) {
      throw new IllegalArgumentException(
          "central-crop=" + centralCrop + "; it must be at least 1 pixel");
    }
    if (simulation != null && centralCrop > simulation.size()) {
      throw new IllegalArgumentException(
          "central-crop=%d is larger than the simulated images of %d pixels; choose a smaller crop"
              .formatted(centralCrop, simulation.size()));
    }
    if (folds < 3) {
      throw new IllegalArgumentException(
          "folds=" + folds + "; it must be at least 3: one to test, one to validate, one to train");
    }
    if (fold < 0 || (splits == null && fold >= folds)) {
      throw new IllegalArgumentException("fold=" + fold + "; it must be from 0 to " + (folds - 1));
    }
  }

  /** The same with another test fold. */
  public DataConfig withFold(int other) {
    return new DataConfig(folder, simulation, centralCrop, imageSize, splits, folds, other);
  }

  /** The same division and preprocessing of the images of a folder. */
  public DataConfig withFolder(String other) {
    return new DataConfig(other, null, centralCrop, imageSize, splits, folds, fold);
  }
}
