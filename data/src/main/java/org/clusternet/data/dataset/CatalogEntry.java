package org.clusternet.data.dataset;

import java.util.OptionalDouble;
import org.clusternet.data.CoreType;
import org.jspecify.annotations.Nullable;

/**
 * One image of a dataset folder: the projection of a cluster, its file and its class.
 *
 * @param clusterId name of the cluster, shared by all its projections
 * @param projection name of the line of sight, such as {@code x}, {@code y}, {@code z}
 * @param file path of the image relative to the dataset folder, with '/' as separator
 * @param tCoolGyr central cooling time in Gyr, where known
 * @param label the class
 * @param scale physical size of image and cluster, where the catalogue gives it
 */
public record CatalogEntry(
    String clusterId,
    String projection,
    String file,
    OptionalDouble tCoolGyr,
    CoreType label,
    ImageScale scale) {

  /**
   * Checks the values against each other and derives an absent label.
   *
   * @param clusterId name of the cluster, shared by all its projections
   * @param projection name of the line of sight, such as {@code x}, {@code y}, {@code z}
   * @param file path of the image relative to the dataset folder, with '/' as separator
   * @param tCoolGyr central cooling time in Gyr, where known
   * @param label the class; null derives it from the cooling time
   * @param scale physical size of image and cluster, where the catalogue gives it
   * @throws IllegalArgumentException if a name is blank, the cooling time is not a positive finite
   *     number, the label contradicts it, or both are missing
   */
  public CatalogEntry(
      String clusterId,
      String projection,
      String file,
      OptionalDouble tCoolGyr,
      @Nullable CoreType label,
      ImageScale scale) {
    requireName("cluster_id", clusterId);
    requireName("projection", projection);
    requireName("file", file);
    if (tCoolGyr.isPresent()) {
      CoreType derived = CoreType.ofCoolingTime(tCoolGyr.getAsDouble());
      if (label != null && label != derived) {
        throw new IllegalArgumentException(
            "label="
                + label
                + " contradicts t_cool_gyr="
                + tCoolGyr.getAsDouble()
                + ", which is "
                + derived
                + "; correct one of them or leave one empty");
      }
      label = derived;
    }
    if (label == null) {
      throw new IllegalArgumentException(
          "neither t_cool_gyr nor label is given; give at least one of them");
    }
    this.clusterId = clusterId;
    this.projection = projection;
    this.file = file;
    this.tCoolGyr = tCoolGyr;
    this.label = label;
    this.scale = scale;
  }

  /**
   * An image whose scale the catalogue does not give.
   *
   * @param clusterId name of the cluster
   * @param projection name of the line of sight
   * @param file path of the image relative to the dataset folder
   * @param tCoolGyr central cooling time in Gyr, where known
   * @param label the class; null derives it from the cooling time
   * @throws IllegalArgumentException as the other constructor
   */
  public CatalogEntry(
      String clusterId,
      String projection,
      String file,
      OptionalDouble tCoolGyr,
      @Nullable CoreType label) {
    this(clusterId, projection, file, tCoolGyr, label, ImageScale.UNKNOWN);
  }

  private static void requireName(String column, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(column + " is empty; every row needs a value");
    }
  }
}
