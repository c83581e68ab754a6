package org.clusternet.cli;

import java.nio.file.Path;
import java.util.List;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.dataset.UsableClusters;
import org.clusternet.progress.Progress;
import org.clusternet.training.ClassWeights;
import picocli.CommandLine.Option;

/** The dataset folder that a command writes. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class NewDataset {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "dataset folder to write; must be empty or not exist")
  private Path folder;

  NewDataset() {}

  /** The folder to write. */
  Path folder() {
    return folder;
  }

  /** The last line of output for the catalogue that was written. */
  String summary(List<CatalogEntry> entries) {
    return summary(
        entries, entries.stream().map(CatalogEntry::clusterId).distinct().count() + " clusters");
  }

  /**
   * The last line of output for the catalogue that was written.
   *
   * @param entries of the catalog that was written
   * @param of content of the images, such as "3 haloes"
   */
  String summary(List<CatalogEntry> entries, String of) {
    return "wrote %d images of %s (%s) to %s"
        .formatted(
            entries.size(),
            of,
            ClassWeights.of(entries.stream().map(CatalogEntry::label).toList()),
            folder);
  }

  /**
   * Writes what could not be used to the log.
   *
   * @param failures images or haloes that are not in the dataset
   * @param what their noun
   * @param total number of all that were to be in it
   * @return the exit code
   */
  int report(List<UsableClusters.Failure> failures, String what, int total, Progress progress) {
    failures.forEach(failure -> progress.line(failure.reason()));
    if (!failures.isEmpty()) {
      progress.line(
          "unusable %s=%d of %d, listed in %s"
              .formatted(what, failures.size(), total, folder.resolve(UsableClusters.FAILED)));
    }
    return failures.isEmpty() ? 0 : 1;
  }
}
