package org.clusternet.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.clusternet.data.DataException;
import org.clusternet.data.dataset.Dataset;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.network.ClusterNet;
import org.clusternet.progress.Progress;
import org.clusternet.training.EpochMetrics;
import org.clusternet.training.NetworkModel;
import org.clusternet.training.Trainer;
import org.clusternet.training.TrainingConfig;

/**
 * One training run: weights, images, folds, training, the test fold, and the files that tell of it.
 *
 * <p>What can be wrong with the input is found before training begins. A run that ends early leaves
 * the epochs that it has finished.
 */
public final class TrainingRun {
  private final TrainingConfig config;
  private final RunFolder folder;
  private final String version;
  private final Progress progress;
  private final Dataset images;
  private final Stopwatch watch = new Stopwatch();

  /**
   * A run.
   *
   * @param config the settings
   * @param folder where the files go
   * @param version of the program, for the files
   * @param progress where the log goes
   */
  public TrainingRun(TrainingConfig config, RunFolder folder, String version, Progress progress) {
    this(config, folder, version, progress, null);
  }

  /**
   * A run over images that are in memory already, which several runs may share.
   *
   * @param config the settings
   * @param folder where the files go
   * @param version of the program, for the files
   * @param progress where the log goes
   * @param images read as the settings say; null reads them
   */
  public TrainingRun(
      TrainingConfig config, RunFolder folder, String version, Progress progress, Dataset images) {
    this.config = config;
    this.folder = folder;
    this.version = version;
    this.progress = progress;
    this.images = images;
  }

  /**
   * Trains and tests; or, where the folder holds this run from before, finished, reads its scores.
   * Several runs may go on at once, each with a folder and so a device of its own.
   *
   * @return the scores over the test fold
   * @throws DataException if the weights, images or folds cannot be used, a file cannot be written,
   *     or the folder holds a run with other settings
   * @throws org.clusternet.training.TrainingException if a loss is not finite
   * @throws IllegalArgumentException if the device is not there, or a set of images is too small
   */
  public Scores execute() {
    if (folder.isBegun()) {
      requireSameSettings();
    }
    return folder.isFinished() ? Scores.read(folder.scores()) : run();
  }

  private void requireSameSettings() {
    if (!ConfigFile.read(folder.config()).equals(config)) {
      throw new DataException(
          folder.config() + ": is of a run with other settings; choose another folder");
    }
  }

  private Scores run() {
    Devices.Choice choice = ComputeDevice.open(config.compute());
    try (Device device = choice.device();
        StartWeights weights = StartWeights.open(config.weights(), progress);
        ClusterNet network = new ClusterNet(device, config.network())) {
      network.parameters().initialise(config.seed());
      weights.load(network, progress);
      RunData data =
          images == null
              ? RunData.load(config, folder.data(), progress, watch)
              : RunData.of(images, config);
      data.describe(config, progress);
      progress.line("run folder " + folder.path());
      ComputeDevice.announce(choice, progress);
      ConfigFile.write(folder.config(), config);
      data.folds().write(folder.splits());
      weights.calibrate(network, data, config.optimizer().batch());
      try (NetworkModel model =
          new NetworkModel(
              device,
              network,
              config.alphas(),
              data.trainingWeights().weights(),
              data.dataset(),
              config.optimizer().batch())) {
        return train(model, data, device.describe());
      }
    }
  }

  private Scores train(NetworkModel model, RunData data, String device) {
    progress.line(
        String.format(
            Locale.ROOT,
            "variant %s: %.1f million parameters",
            config.variant(),
            model.parameters().count() * 1e-6));
    TrainingConfig.Optimizer optimizer = config.optimizer();
    Trainer.Settings settings =
        new Trainer.Settings(
            optimizer.epochs(), optimizer.batch(), config.seed(), optimizer.schedule());
    Trainer trainer = new Trainer(model, data.labels(), settings, progress);
    Trainer.Outcome outcome =
        watch.time(
            "training",
            () -> trainer.train(data.split(), (epochs, best) -> write(model, epochs, best)));
    return new RunReport(config, data, trainer, outcome).write(folder, versions(), device, watch);
  }

  private void write(NetworkModel model, List<EpochMetrics> epochs, boolean best) {
    if (best) {
      int epoch = epochs.get(epochs.size() - 1).epoch();
      TrainedModel.write(folder.model(), config, epoch, version, model.parameters());
    }
    EpochTable.write(folder.epochs(), epochs);
  }

  private Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("cluster_net", version);
    versions.put("java", Runtime.version().toString());
    versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return versions;
  }
}
