package org.clusternet.observing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.clusternet.data.DataException;
import org.clusternet.data.dataset.Catalog;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.io.CsvFile;
import org.clusternet.progress.Progress;
import org.clusternet.run.TrainedModel;

/**
 * Checks that a model was not trained on the clusters of the study. A simulated cluster is known by
 * its cooling time: a number of 16 digits that is the same in every image of it, whatever its size,
 * name, noise and reduction.
 */
final class HeldOut {
  private HeldOut() {}

  /**
   * Compares the study's clusters with the catalogue that a model was trained on; where that is no
   * longer there, a line of the log says so.
   *
   * @throws DataException if they share clusters
   */
  static void require(String name, TrainedModel model, Catalog study, Progress progress) {
    Path table = training(model).resolve(Catalog.FILE_NAME);
    if (!Files.isReadable(table)) {
      progress.line(
          "%s: its training images (%s) are not there, so that it could not be checked that the study's clusters are others"
              .formatted(name, table));
      return;
    }
    Set<Double> trained = new HashSet<>();
    for (CsvFile.Row row : CsvFile.read(table)) {
      number(row.get("t_cool_gyr"), trained);
    }
    Set<String> shared = new HashSet<>();
    for (CatalogEntry entry : study.entries()) {
      if (entry.tCoolGyr().isPresent() && trained.contains(entry.tCoolGyr().getAsDouble())) {
        shared.add(entry.clusterId());
      }
    }
    if (!shared.isEmpty()) {
      throw new DataException(
          "%s: was trained on clusters=%d of this study (%s); choose another --seed"
              .formatted(model.file(), shared.size(), table));
    }
  }

  private static void number(String text, Set<Double> into) {
    try {
      into.add(Double.parseDouble(text));
    } catch (NumberFormatException unknown) {
      // A cluster without a cooling time was not simulated.
      return;
    }
  }

  /** The dataset folder that a model was trained on. */
  private static Path training(TrainedModel model) {
    String folder = model.config().data().folder();
    return folder == null ? model.file().resolveSibling("data") : Path.of(folder);
  }
}
