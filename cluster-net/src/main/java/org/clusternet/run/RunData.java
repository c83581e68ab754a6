package org.clusternet.run;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.clusternet.config.DataConfig;
import org.clusternet.config.TrainingConfig;
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

/**
 * The images of a run and how they are divided.
 *
 * @param dataset the images
 * @param labels their classes
 * @param folds the division of the clusters
 * @param split the sets that follow from the test fold
 */
public record RunData(Dataset dataset, List<CoreType> labels, Folds folds, Folds.Split split) {

  /**
   * Reads, and before that perhaps simulates, the images of a run.
   *
   * @param config the settings
   * @param folder of the run, where a simulated dataset goes or is from before
   * @param progress hears how far it is
   * @param watch times the parts
   * @throws org.clusternet.data.DataException if images or folds cannot be used
   */
  static RunData load(
      TrainingConfig config, RunFolder folder, Progress progress, PhaseTimes watch) {
    DataConfig data = config.data();
    Path simulated = folder.data();
    Path source = data.folder() == null ? simulated : Path.of(data.folder());
    if (data.folder() == null && !Files.exists(simulated)) {
      folder.begin(config);
      watch.time("simulation", () -> simulate(config, simulated, progress));
      progress.line(
          String.format(
              Locale.ROOT,
              "simulated %d clusters in %.1f s: %s",
              data.simulation().clusters(),
              watch.of("simulation"),
              simulated));
    }
    return of(watch.time("images", () -> read(config, source, progress)), config);
  }

  /**
   * As a run with these settings would: simulates if that is asked for, reads, divides.
   *
   * @param config the settings
   * @param folder where a simulated dataset goes or is from before
   * @param progress hears how far it is
   * @throws DataException if images or folds cannot be used
   */
  public static RunData load(TrainingConfig config, RunFolder folder, Progress progress) {
    return load(config, folder, progress, new PhaseTimes());
  }

  /**
   * Divides images that are in memory already.
   *
   * @param dataset the images
   * @param config says how they are divided
   * @throws DataException if the folds cannot be used
   */
  public static RunData of(Dataset dataset, TrainingConfig config) {
    Folds folds = divide(config, dataset.catalog().entries());
    List<CoreType> labels = IntStream.range(0, dataset.size()).mapToObj(dataset::label).toList();
    return new RunData(dataset, labels, folds, folds.split(config.data().fold()));
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

  /**
   * SHA-256 of what a network trained and tested on these would see: for every image in order its
   * cluster, projection, class, fold and the pixels as they come out of preprocessing.
   *
   * @return 64 hexadecimal digits
   */
  public String hash() {
    MessageDigest digest = sha256();
    ByteBuffer pixels = ByteBuffer.allocate(0);
    for (int i = 0; i < dataset.size(); i++) {
      CatalogEntry entry = dataset.catalog().entries().get(i);
      String row =
          String.join(
              "\n",
              entry.clusterId(),
              entry.projection(),
              labels.get(i).name(),
              folds.foldOfCluster().get(entry.clusterId()).toString(),
              "");
      digest.update(row.getBytes(StandardCharsets.UTF_8));
      float[] image = dataset.image(i).pixels();
      if (pixels.capacity() != Float.BYTES * image.length) {
        pixels = ByteBuffer.allocate(Float.BYTES * image.length).order(ByteOrder.LITTLE_ENDIAN);
      }
      pixels.asFloatBuffer().put(image);
      digest.update(pixels.array());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
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
