package org.clusternet.data.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.batch.Failures;
import org.clusternet.data.image.ImageFile;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.image.SourceImage;
import org.jspecify.annotations.Nullable;

/**
 * A dataset folder in memory: its catalogue and every image, prepared for the network.
 *
 * <p>All images are loaded at the start: the paper's 954 images of 256 x 256 floats take 250 MB,
 * and no training step then waits for a file. If any file cannot be used, loading fails with one
 * error that reports all of them, because a network trained on an arbitrary part of the data would
 * be meaningless. Immutable; images are shared, not copied.
 */
public final class Dataset {
  private final Catalog catalog;
  private final Preprocessing preprocessing;
  private final List<Image> images;

  /** What is kept of a file. */
  private record Image(Preprocessing.Input input, ImageTraits traits, Duplicates.Source source) {}

  private Dataset(Catalog catalog, Preprocessing preprocessing, List<Image> images) {
    this.catalog = catalog;
    this.preprocessing = preprocessing;
    this.images = images;
  }

  /**
   * Loads a dataset folder.
   *
   * @param folder folder with {@code catalog.csv} and the images
   * @param preprocessing conversion of images to inputs of the network
   * @param threads number of files that are read at the same time, at least 1
   * @param progress called after every image
   * @return the dataset, in the catalogue's order
   * @throws DataException if the catalogue is invalid or any image cannot be used; the message
   *     names the first few of them with their reasons
   * @throws IllegalArgumentException if threads is below 1
   */
  public static Dataset load(
      Path folder, Preprocessing preprocessing, int threads, BatchProgress progress) {
    if (threads < 1) {
      throw new IllegalArgumentException("dataset: threads=" + threads + " must be at least 1");
    }
    Catalog catalog = Catalog.read(folder);
    Counter counter = new Counter(catalog.entries().size(), progress);
    List<Callable<Image>> tasks = new ArrayList<>();
    for (CatalogEntry entry : catalog.entries()) {
      tasks.add(() -> prepare(catalog.path(entry), entry, preprocessing, counter));
    }
    return new Dataset(catalog, preprocessing, collect(folder, tasks, threads));
  }

  private static Image prepare(
      Path file, CatalogEntry entry, Preprocessing preprocessing, Counter counter) {
    try {
      SourceImage read = ImageFile.open(file);
      Preprocessing.Input input = preprocessing.apply(read, file.toString());
      return new Image(
          input,
          ImageTraits.of(read, entry.scale(), input),
          Duplicates.Source.of(entry.clusterId(), read, input));
    } finally {
      counter.increment();
    }
  }

  private static List<Image> collect(Path folder, List<Callable<Image>> tasks, int threads) {
    List<Image> images = new ArrayList<>(tasks.size());
    List<DataException> errors = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (Future<Image> task : pool.invokeAll(tasks)) {
        try {
          images.add(task.get());
        } catch (ExecutionException e) {
          errors.add(dataError(e.getCause()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException(folder + ": loading was interrupted", e);
    }
    if (!errors.isEmpty()) {
      throw summary(folder, errors, tasks.size());
    }
    return List.copyOf(images);
  }

  /** Returns the cause if it is bad input; rethrows anything else. */
  private static DataException dataError(@Nullable Throwable cause) {
    if (cause instanceof DataException known) {
      return known;
    }
    if (cause instanceof RuntimeException bug) {
      throw bug;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException("dataset: loading failed: " + cause, cause);
  }

  private static DataException summary(Path folder, List<DataException> errors, int total) {
    if (total == 1) {
      return errors.get(0);
    }
    List<String> reasons = errors.stream().map(e -> String.valueOf(e.getMessage())).toList();
    DataException result =
        new DataException(Failures.summary(folder + ": ", "images", reasons, total), errors.get(0));
    errors.stream().skip(1).forEach(result::addSuppressed);
    return result;
  }

  /**
   * The number of images.
   *
   * @return at least 1
   */
  public int size() {
    return images.size();
  }

  /**
   * The catalogue of the images.
   *
   * @return the catalogue; entry i belongs to {@link #image image(i)}
   */
  public Catalog catalog() {
    return catalog;
  }

  /**
   * The preprocessing of the images.
   *
   * @return the preprocessing given to {@link #load}
   */
  public Preprocessing preprocessing() {
    return preprocessing;
  }

  /**
   * One prepared image of one channel; shared by all callers, so it must not be changed.
   *
   * @param index from 0 to size - 1, the index into the catalogue's entries
   * @return {@code imageSize * imageSize} values in [0, 1]
   */
  public Preprocessing.Input image(int index) {
    return images.get(index).input();
  }

  /**
   * How an image was taken and reduced.
   *
   * @param index from 0 to size - 1
   * @return its traits, as far as known
   */
  public ImageTraits traits(int index) {
    return images.get(index).traits();
  }

  /**
   * The class of an image.
   *
   * @param index from 0 to size - 1
   * @return its label
   */
  public CoreType label(int index) {
    return catalog.entries().get(index).label();
  }

  /**
   * The images as {@link Duplicates} compares them.
   *
   * @return one for each image, in order
   */
  public List<Duplicates.Source> sources() {
    return images.stream().map(Image::source).toList();
  }

  /**
   * A message for the log about pixels that were NaN or infinite.
   *
   * @return one line; empty if there were no such pixels
   */
  public String nonFinitePixels() {
    List<Integer> affected = new ArrayList<>();
    long pixels = 0;
    for (int i = 0; i < images.size(); i++) {
      if (image(i).nonFinite() > 0) {
        affected.add(i);
        pixels += image(i).nonFinite();
      }
    }
    if (affected.isEmpty()) {
      return "";
    }
    CatalogEntry first = catalog.entries().get(affected.get(0));
    return "NaN or infinite pixels="
        + pixels
        + " in images="
        + affected.size()
        + " of "
        + images.size()
        + " were replaced, the first in "
        + first.file();
  }

  /** Counts images across threads and reports the count. */
  private static final class Counter {
    private final int total;
    private final BatchProgress progress;
    private int done;

    Counter(int total, BatchProgress progress) {
      this.total = total;
      this.progress = progress;
    }

    synchronized void increment() {
      progress.update(++done, total);
    }
  }
}
