package org.clusternet.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.clusternet.data.image.LogFloor;
import org.clusternet.data.simulate.ClassMix;
import org.jspecify.annotations.Nullable;

/**
 * Which images a run reads, how they become inputs and how they are divided into folds.
 *
 * @param folder dataset folder; null if the run simulates its own images
 * @param simulation sample to simulate; null if a folder is given
 * @param centralCrop side in pixels of the square that is cut from the middle of every image
 * @param imageSize side in pixels of the network's input, to which that square is resampled
 * @param floor rule for the value at which the logarithm of an image begins
 * @param splits table of folds to use instead of drawing them; null for none
 * @param folds number of folds if they are drawn: k - 2 to train, 1 to validate, 1 to test
 * @param fold the test fold, from 0; the one after it validates
 * @param allowDuplicates whether clusters that are suspected to be one may have two identifiers
 */
public record DataConfig(
    @JsonPropertyDescription(
            "dataset folder with catalog.csv and the images; without one, a sample is simulated")
        @Nullable String folder,
    @JsonPropertyDescription("sample to simulate; null if there is a folder")
        @Nullable Simulation simulation,
    @JsonPropertyDescription(
            "side in pixels of the square that is cut from the middle of every image")
        int centralCrop,
    @JsonPropertyDescription(
            "side in pixels of the network's input, to which the central crop is resampled")
        int imageSize,
    @JsonPropertyDescription(
            "rule for the value at which the logarithm begins (paper: the smallest positive pixel,"
                + " photon: the noise, auto: the noise in images that are known to be photons)")
        LogFloor floor,
    @JsonPropertyDescription(
            "table of folds with the columns cluster_id and fold; without one, folds are drawn at"
                + " random")
        @Nullable String splits,
    @JsonPropertyDescription("number of folds into which the clusters are divided") int folds,
    @JsonPropertyDescription("index of the test fold, from 0; the next fold validates") int fold,
    @JsonPropertyDescription(
            "whether ids that differ by case or separators only, images with equal pixels and"
                + " places within 30 arcsec may belong to different clusters")
        boolean allowDuplicates) {

  /** ResNet-18 halves its input five times. */
  private static final int LEAST_SIZE = 32;

  /**
   * A simulated sample; its seed is that of the run.
   *
   * @param clusters number of clusters, three images each
   * @param size side of the images in pixels
   * @param kpcPerPixel side of a pixel in kpc
   * @param mix fractions of the core types
   */
  public record Simulation(
      @JsonPropertyDescription("number of clusters to simulate, three images each") int clusters,
      @JsonPropertyDescription("side of the simulated images in pixels") int size,
      @JsonPropertyDescription("side of a pixel in kpc") double kpcPerPixel,
      @JsonPropertyDescription("mix of core types to simulate") ClassMix mix) {}

  /** Checks the numbers and that there is exactly one source of images. */
  public DataConfig {
    if ((folder == null) == (simulation == null)) {
      throw new IllegalArgumentException(
          "data: folder=" + folder + " simulation=" + simulation + "; exactly one must be given");
    }
    if (imageSize < LEAST_SIZE) {
      throw new IllegalArgumentException(
          "image_size="
              + imageSize
              + "; ResNet-18 halves it five times, so at least 32 are needed");
    }
    if (centralCrop < 1) {
      throw new IllegalArgumentException(
          "central_crop=" + centralCrop + "; it must be at least 1 pixel");
    }
    if (simulation != null && centralCrop > simulation.size()) {
      throw new IllegalArgumentException(
          "central_crop=%d is larger than the simulated images of %d pixels; choose a smaller crop"
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
    return new DataConfig(
        folder, simulation, centralCrop, imageSize, floor, splits, folds, other, allowDuplicates);
  }

  /** The same with the images of a dataset folder. */
  public DataConfig withFolder(String other) {
    return new DataConfig(
        other, null, centralCrop, imageSize, floor, splits, folds, fold, allowDuplicates);
  }
}
