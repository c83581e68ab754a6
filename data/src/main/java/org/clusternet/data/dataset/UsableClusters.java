package org.clusternet.data.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.clusternet.data.DataException;
import org.clusternet.data.batch.Batch;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.batch.Failures;
import org.clusternet.data.io.CsvFile;
import org.jspecify.annotations.Nullable;

/**
 * Writes a dataset folder of those clusters whose files can be used: one bad file does not cost the
 * work on the others. A cluster is first made in memory, which may fail, and then written, so that
 * none is there in part; a failure to write ends the job. What failed is listed in {@value
 * #FAILED}.
 */
public final class UsableClusters {
  /** The table of failures within the dataset folder; only there if something failed. */
  public static final String FAILED = "failed.csv";

  /**
   * What a cluster is made from.
   *
   * @param clusterId name of the cluster
   * @param file its file, as the user named it
   */
  public record Source(String clusterId, String file) {}

  /**
   * A cluster that could not be made.
   *
   * @param source what it was to be made from
   * @param reason one line that names the file, the value and the remedy
   */
  public record Failure(Source source, String reason) {}

  /** Makes the images of one cluster. */
  @FunctionalInterface
  public interface Maker {
    /**
     * Makes a cluster's images, without writing anything.
     *
     * @param index number of the cluster, from 0
     * @return writes the images
     * @throws DataException if its files cannot be used
     */
    Images make(int index);
  }

  /** Images in memory. */
  @FunctionalInterface
  public interface Images {
    /**
     * Writes the images.
     *
     * @param folder the dataset folder; its subfolder {@link DatasetFolder#IMAGES} exists
     * @return the images written, relative to the folder
     */
    List<CatalogEntry> write(Path folder);
  }

  /**
   * A new dataset.
   *
   * @param entries its catalogue
   * @param failures clusters that are not in it
   */
  public record Outcome(List<CatalogEntry> entries, List<Failure> failures) {
    /** Copies the lists. */
    public Outcome {
      entries = List.copyOf(entries);
      failures = List.copyOf(failures);
    }
  }

  private UsableClusters() {}

  /**
   * Writes a dataset.
   *
   * @param target the new folder; must not exist or must be empty
   * @param sources a source per cluster
   * @param threads number of threads, at least 1
   * @param progress called after each cluster
   * @param maker makes a cluster; called from several threads
   * @return the catalogue in the order of the clusters, and the failures
   * @throws DataException if no cluster can be made, or the target is not empty or cannot be
   *     written; nothing is written then
   */
  public static Outcome write(
      Path target, List<Source> sources, int threads, BatchProgress progress, Maker maker) {
    @Nullable String[] reasons = new @Nullable String[sources.size()];
    List<List<CatalogEntry>> written =
        new ArrayList<>(Collections.nCopies(sources.size(), List.of()));
    List<CatalogEntry> entries = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    DatasetFolder.write(
        target,
        folder -> {
          Batch.run(
              sources.size(),
              threads,
              progress,
              i -> {
                try {
                  written.set(i, made(maker, i, sources).write(folder));
                } catch (Unusable e) {
                  reasons[i] = e.getMessage();
                }
              });
          written.forEach(entries::addAll);
          failures.addAll(failures(sources, reasons));
          requireSome(failures, sources.size());
          list(folder, failures);
          return entries;
        });
    return new Outcome(entries, failures);
  }

  /** A failure while a cluster is made; one while it is written is none of these. */
  private static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unusable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private static Images made(Maker maker, int index, List<Source> sources) {
    try {
      return maker.make(index);
    } catch (DataException e) {
      throw new Unusable(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      if (sources.size() == 1) {
        throw e;
      }
      String file = sources.get(index).file();
      throw new Unusable(file + ": internal error (please report it): " + e, e);
    }
  }

  private static List<Failure> failures(List<Source> sources, @Nullable String[] reasons) {
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; i < reasons.length; i++) {
      if (reasons[i] != null) {
        failures.add(new Failure(sources.get(i), Objects.requireNonNull(reasons[i])));
      }
    }
    return failures;
  }

  private static void requireSome(List<Failure> failures, int total) {
    if (failures.size() == total) {
      List<String> reasons = failures.stream().map(Failure::reason).toList();
      throw new DataException(Failures.summary("", "files", reasons, total));
    }
  }

  private static void list(Path folder, List<Failure> failures) {
    if (!failures.isEmpty()) {
      CsvFile.write(
          folder.resolve(FAILED),
          List.of("cluster_id", "file", "error"),
          failures.stream()
              .map(f -> Arrays.asList(f.source().clusterId(), f.source().file(), f.reason()))
              .toList());
    }
  }
}
