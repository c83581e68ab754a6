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
import org.clusternet.data.dataset.Duplicates;
import org.clusternet.data.fold.Folds;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.simulate.Simulator;
import org.clusternet.domain.TrainingDomain;
import org.clusternet.progress.Counter;
import org.clusternet.progress.Progress;
import org.clusternet.training.ClassWeights;

/**
 * The images of a run and their division.
 *
 * @param dataset the images
 * @param labels classes of the images
 * @param folds division of the clusters
 * @param split training, validation and test images for the run's test fold
 */
public record RunData(Dataset dataset, List<CoreType> labels, Folds folds, Folds.Split split) {

  /**
   * Reads the images of a run, after simulating them where the settings ask for it.
   *
   * @param config settings of the run
   * @param folder the run folder, with the simulated dataset if there is one
   * @param progress shows the progress
   * @param times receives the durations
   * @throws org.clusternet.data.DataException if images or folds cannot be used
   */
  static RunData load(
      TrainingConfig config, RunFolder folder, Progress progress, PhaseTimes times) {
    DataConfig data = config.data();
    Path simulated = folder.data();
    Path source = data.folder() == null ? simulated : Path.of(data.folder());
    DataConfig.Simulation simulation = data.simulation();
    if (simulation != null && !Files.exists(simulated)) {
      folder.begin(config);
      times.time("simulation", () -> simulate(config, simulation, simulated, progress));
      progress.line(
          String.format(
              Locale.ROOT,
              "simulated %d clusters in %.1f s: %s",
              simulation.clusters(),
              times.of("simulation"),
              simulated));
    }
    return of(times.time("images", () -> read(config, source, progress)), config);
  }

  /**
   * Reads the images as a run with these settings does.
   *
   * @param config settings of the run
   * @param folder the run folder, with the simulated dataset if there is one
   * @param progress shows the progress
   * @throws DataException if images or folds cannot be used
   */
  public static RunData load(TrainingConfig config, RunFolder folder, Progress progress) {
    return load(config, folder, progress, new PhaseTimes());
  }

  /**
   * Divides images in memory.
   *
   * @param dataset the images
   * @param config settings of the division
   * @throws DataException if the folds cannot be used
   */
  public static RunData of(Dataset dataset, TrainingConfig config) {
    Folds folds = divide(config, dataset.catalog().entries());
    List<CoreType> labels = IntStream.range(0, dataset.size()).mapToObj(dataset::label).toList();
    return new RunData(dataset, labels, folds, folds.split(config.data().fold()));
  }

  private static List<CatalogEntry> simulate(
      TrainingConfig config, DataConfig.Simulation simulation, Path simulated, Progress progress) {
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
    Dataset dataset;
    try (Counter counter = new Counter(progress, "images")) {
      dataset =
          Dataset.load(source, config.preprocessing(), config.compute().threads(), counter::update);
    }
    if (config.data().allowDuplicates()) {
      Duplicates.find(dataset.sources()).forEach(progress::line);
    } else {
      Duplicates.refuse(source.toString(), dataset.sources());
    }
    return dataset;
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
   * SHA-256 of the input of training and testing: for every image in order its cluster, projection,
   * class, fold, preprocessed pixels and, in images of photons, the brightest pixel's place.
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
              String.valueOf(folds.foldOfCluster().get(entry.clusterId())),
              "");
      digest.update(row.getBytes(StandardCharsets.UTF_8));
      float[] image = dataset.image(i).pixels();
      if (pixels.capacity() != Float.BYTES * image.length) {
        pixels = ByteBuffer.allocate(Float.BYTES * image.length).order(ByteOrder.LITTLE_ENDIAN);
      }
      pixels.asFloatBuffer().put(image);
      digest.update(pixels.array());
      dataset
          .image(i)
          .peak()
          .map(peak -> "%d,%d\n".formatted(peak.x(), peak.y()))
          .ifPresent(text -> digest.update(text.getBytes(StandardCharsets.UTF_8)));
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

  /** Numbers of training images per class. */
  ClassWeights trainingWeights() {
    return ClassWeights.of(split.train().stream().map(labels::get).toList());
  }

  /** What the training images are, without the density of their features. */
  TrainingDomain domain() {
    return TrainingDomain.of(
        split.train().stream().map(dataset::traits).toList(), dataset.preprocessing().cropSize());
  }

  /** Writes the numbers of images, clusters and classes to the log. */
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
