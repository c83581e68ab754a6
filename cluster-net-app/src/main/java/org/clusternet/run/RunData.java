package org.clusternet.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.dataset.Dataset;
import org.clusternet.data.fold.Folds;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.simulate.Simulator;
import org.clusternet.progress.Counter;
import org.clusternet.progress.Progress;
import org.clusternet.training.ClassWeights;
import org.clusternet.training.DataConfig;
import org.clusternet.training.TrainingConfig;

/**
 * The images of a run and how they are divided.
 *
 * @param dataset the images
 * @param labels their classes
 * @param folds the division of the clusters
 * @param split the sets that follow from the test fold
 */
record RunData(Dataset dataset, List<CoreType> labels, Folds folds, Folds.Split split) {

  /**
   * Reads, and before that perhaps simulates, the images of a run.
   *
   * @param config the settings
   * @param simulated where a simulated dataset goes
   * @param progress hears how far it is
   * @param watch times the parts
   * @throws org.clusternet.data.DataException if images or folds cannot be used
   */
  static RunData load(TrainingConfig config, Path simulated, Progress progress, Stopwatch watch) {
    DataConfig data = config.data();
    Path source = data.folder() == null ? simulated : Path.of(data.folder());
    if (data.folder() == null) {
      watch.time("simulation", () -> simulate(config, simulated, progress));
      progress.line(
          String.format(
              Locale.ROOT,
              "simulated %d clusters in %.1f s: %s",
              data.simulation().clusters(),
              watch.of("simulation"),
              simulated));
    }
    Dataset dataset = watch.time("images", () -> read(config, source, progress));
    Folds folds = divide(config, dataset.catalog().entries());
    List<CoreType> labels = IntStream.range(0, dataset.size()).mapToObj(dataset::label).toList();
    return new RunData(dataset, labels, folds, folds.split(data.fold()));
  }

  private static List<CatalogEntry> simulate(
      TrainingConfig config, Path simulated, Progress progress) {
    DataConfig.Simulation simulation = config.data().simulation();
    Simulator.Options options =
        new Simulator.Options(
            simulation.clusters(),
            new SkyGrid(simulation.size(), simulation.kpcPerPixel()),
            simulation.mix(),
            config.seed(),
            config.compute().threads());
    try (Counter counter = new Counter(progress, "simulation")) {
      return Simulator.run(simulated, options, counter::update);
    }
  }

  private static Dataset read(TrainingConfig config, Path source, Progress progress) {
    try (Counter counter = new Counter(progress, "images")) {
      return Dataset.load(
          source, config.preprocessing(), config.compute().threads(), counter::update);
    }
  }

  private static Folds divide(TrainingConfig config, List<CatalogEntry> entries) {
    DataConfig data = config.data();
    if (data.splits() == null) {
      return Folds.stratified(entries, data.folds(), config.seed());
    }
    Folds folds = Folds.read(Path.of(data.splits()), entries);
    if (data.fold() >= folds.count()) {
      throw new DataException(
          "%s: fold=%d; it has folds 0 to %d"
              .formatted(data.splits(), data.fold(), folds.count() - 1));
    }
    return folds;
  }

  /** How many training images there are of each class. */
  ClassWeights trainingWeights() {
    return ClassWeights.of(split.train().stream().map(labels::get).toList());
  }

  /** Tells people what there is to learn from. */
  void describe(TrainingConfig config, Progress progress) {
    int size = config.data().imageSize();
    progress.line(
        "%d images of %d clusters (%s), read as %d x %d pixels"
            .formatted(
                dataset.size(), folds.foldOfCluster().size(), ClassWeights.of(labels), size, size));
    if (!dataset.nonFinitePixels().isEmpty()) {
      progress.line(dataset.nonFinitePixels());
    }
    ClassWeights weights = trainingWeights();
    progress.line(
        "fold %d of %d: %d images to train (%s), %d to validate, %d to test"
            .formatted(
                config.data().fold(),
                folds.count(),
                split.train().size(),
                weights,
                split.validation().size(),
                split.test().size()));
    for (CoreType type : weights.absent()) {
      progress.line(
          "no training image is " + type + ": its weight is 0 and the network cannot learn it");
    }
  }
}
