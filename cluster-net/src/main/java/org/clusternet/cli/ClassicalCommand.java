package org.clusternet.cli;

import java.nio.file.Path;
import java.util.List;
import org.clusternet.classical.ClassicalClassifiers;
import org.clusternet.classical.ClassicalReport;
import org.clusternet.classical.Measure;
import org.clusternet.classical.MeasureTable;
import org.clusternet.data.dataset.Catalog;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.fold.Folds;
import org.clusternet.data.io.AtomicFolder;
import org.clusternet.progress.Counter;
import org.clusternet.progress.Progress;
import org.clusternet.training.ClassWeights;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code classical}: what concentration, density and cuspiness tell without a network. */
@Command(
    name = "classical",
    header = "Cross-validate classical classifiers of the core type.",
    description = {
      "",
      "Measures every image: concentrations c_phys (40/400 kpc) and c_scaled (0.15 r500/r500),",
      "central_density and cuspiness by deprojection, peak_offset. Two thresholds for each"
          + " measure,",
      "and logistic regression on all of them, are fitted on the training folds of train and"
          + " scored",
      "on its test fold; predictions are pooled over all folds. The same seed gives the same folds",
      "as train. Writes classical.csv, classical.json, predictions.csv, measures.csv",
      "and splits.csv.",
      "",
      "Scales are read from the columns kpc_per_pixel, r500_kpc and redshift of the catalogue, or",
      "from the keywords PIXKPC and R500 that this program's own images have.",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example: how difficult a sample is, before a network is trained on it:",
      "  cluster-net classical --data tng-like --out classical"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ClassicalCommand extends Job {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "dataset folder: catalog.csv and images")
  private Path data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "output folder; must be empty or not exist")
  private Path out;

  @Option(
      names = "--measures",
      paramLabel = "NAMES",
      split = ",",
      description = "measures to use (default: all that are available for most images)")
  private List<String> measures = List.of();

  @Option(
      names = "--folds",
      paramLabel = "N",
      description = "number of folds into which the clusters are divided (default: 10)")
  private @Nullable Integer folds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "random seed of the folds; the same seed as train gives the same folds (default: 0)")
  private @Nullable Long seed;

  @Option(
      names = "--splits",
      paramLabel = "FILE",
      description = "table of folds with the columns cluster_id and fold")
  private @Nullable Path splits;

  @Mixin private Threads threads;

  ClassicalCommand() {}

  @Override
  public Integer call() {
    int workers = checked(() -> threads.count());
    List<Measure> asked =
        measures.isEmpty()
            ? null
            : checked(() -> measures.stream().map(Measure::parse).distinct().toList());
    if (splits != null && (folds != null || seed != null)) {
      throw misuse("--splits and --folds or --seed exclude each other; give one");
    }
    AtomicFolder.requireFree(out);
    Catalog catalog = Catalog.read(data);
    Folds division = divide(catalog.entries());
    Progress progress = progress();
    MeasureTable table;
    try (Counter counter = new Counter(progress, "measures")) {
      table = MeasureTable.measure(catalog, asked, workers, counter::update);
    }
    table.notes().forEach(progress::line);
    ClassicalReport report =
        ClassicalReport.of(
            new ClassicalClassifiers(table),
            division,
            splits == null ? Defaults.or(seed, 0L) : null);
    AtomicFolder.write(out, report::write);
    List<CatalogEntry> entries = catalog.entries();
    out()
        .println(
            "%d images of %d clusters (%s), %d folds"
                .formatted(
                    entries.size(),
                    division.foldOfCluster().size(),
                    ClassWeights.of(entries.stream().map(CatalogEntry::label).toList()),
                    division.count()));
    out().print(report.draw());
    out().println("wrote " + out);
    out().flush();
    return 0;
  }

  private Folds divide(List<CatalogEntry> entries) {
    return splits == null
        ? Folds.stratified(entries, Defaults.or(folds, Folds.DEFAULT_COUNT), Defaults.or(seed, 0L))
        : Folds.read(splits, entries);
  }
}
