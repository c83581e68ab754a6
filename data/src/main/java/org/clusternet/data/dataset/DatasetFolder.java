package org.clusternet.data.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.clusternet.data.DataException;
import org.clusternet.data.batch.Batch;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.io.AtomicFolder;

/**
 * Writes a new dataset folder: a subfolder of images and the catalogue that lists them, completely
 * or not at all.
 *
 * <p>Clusters are written by several threads in any order, but listed in order; since the files of
 * a cluster depend on its number alone, the folder's bytes do not depend on the number of threads.
 */
public final class DatasetFolder {
  /** The folder of the images within a dataset folder. */
  public static final String IMAGES = "images";

  /** Writes the images of one cluster. */
  @FunctionalInterface
  public interface ClusterWriter {
    /**
     * Writes a cluster's images.
     *
     * @param folder the dataset folder; its subfolder {@link #IMAGES} exists
     * @param index number of the cluster, from 0
     * @return the images written, relative to the folder
     */
    List<CatalogEntry> write(Path folder, int index);

    /**
     * Writes further files when all clusters are written; by default none.
     *
     * @param folder the dataset folder
     */
    default void finish(Path folder) {}
  }

  private DatasetFolder() {}

  /**
   * Writes a dataset.
   *
   * @param target the new folder; must not exist or must be empty
   * @param clusters number of clusters
   * @param threads number of threads, at least 1
   * @param progress called after each cluster
   * @param writer writes the images of a cluster; called from several threads
   * @return the catalogue's entries, in the order of the clusters
   * @throws DataException if the target is not empty or cannot be written
   */
  public static List<CatalogEntry> write(
      Path target, int clusters, int threads, BatchProgress progress, ClusterWriter writer) {
    List<List<CatalogEntry>> written = new ArrayList<>(Collections.nCopies(clusters, List.of()));
    return write(
        target,
        folder -> {
          Batch.run(
              clusters,
              threads,
              progress,
              index -> written.set(index, writer.write(folder, index)));
          writer.finish(folder);
          return written.stream().flatMap(List::stream).toList();
        });
  }

  /** Writes a folder with what the content puts into it and the catalogue that it returns. */
  static List<CatalogEntry> write(Path target, Function<Path, List<CatalogEntry>> content) {
    List<CatalogEntry> entries = new ArrayList<>();
    AtomicFolder.write(
        target,
        folder -> {
          createImages(folder);
          entries.addAll(content.apply(folder));
          Catalog.write(folder, entries);
        });
    return List.copyOf(entries);
  }

  private static void createImages(Path folder) {
    try {
      Files.createDirectories(folder.resolve(IMAGES));
    } catch (IOException e) {
      throw new DataException(folder + ": cannot be written: " + e, e);
    }
  }
}
