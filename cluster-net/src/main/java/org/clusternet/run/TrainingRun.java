package org.clusternet.run;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.clusternet.config.ConfigFile;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.DataException;
import org.clusternet.data.dataset.Dataset;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.network.ClusterNet;
import org.clusternet.program.Program;
import org.clusternet.progress.Progress;
import org.clusternet.tensorboard.EventFile;
import org.clusternet.training.EpochMetrics;
import org.clusternet.training.NetworkModel;
import org.clusternet.training.Trainer;
import org.clusternet.training.TrainingState;
import org.clusternet.training.TrainingStoppedException;
import org.jspecify.annotations.Nullable;

/**
 * One training run: weights, images, folds, training, the test fold, and the files of the run
 * folder.
 *
 * <p>Bad input is found before training begins. A checkpoint is written after every epoch; a run
 * that ends early, for whatever reason, continues from its last checkpoint when it is executed
 * again in the same folder. On the CPU, and on CUDA in deterministic mode, its files are then byte
 * for byte those of a run without interruption.
 */
public final class TrainingRun {
  /** Settings that may differ when a run continues, since they change no result. */
  private static final Set<String> ELSEWHERE =
      Set.of("compute.device", "compute.threads", "tensorboard");

  private final TrainingConfig config;
  private final RunFolder folder;
  private final String version;
  private final Progress progress;
  private final @Nullable Dataset images;
  private final PhaseTimes watch = new PhaseTimes();
  private BooleanSupplier stop = () -> false;
  private Duration checkpointEvery = Duration.ZERO;

  /**
   * A run.
   *
   * @param config settings of the run
   * @param folder the run folder
   * @param version version of the program, for the files
   * @param progress receives the log
   */
  public TrainingRun(TrainingConfig config, RunFolder folder, String version, Progress progress) {
    this(config, folder, version, progress, null);
  }

  /**
   * A run over images in memory, which several runs may share.
   *
   * @param config settings of the run
   * @param folder the run folder
   * @param version version of the program, for the files
   * @param progress receives the log
   * @param images images read with these settings; null for the run to read them
   */
  public TrainingRun(
      TrainingConfig config,
      RunFolder folder,
      String version,
      Progress progress,
      @Nullable Dataset images) {
    this.config = config;
    this.folder = folder;
    this.version = version;
    this.progress = progress;
    this.images = images;
  }

  /**
   * Sets a condition on which the run stops early, with a checkpoint, as it does when the process
   * is asked to end.
   *
   * @param condition asked after every step and epoch, by the training thread
   * @return this run
   */
  public TrainingRun stopWhen(BooleanSupplier condition) {
    this.stop = condition;
    return this;
  }

  /**
   * Makes checkpoints rarer than one per epoch, for runs whose epochs take less time than a
   * checkpoint: at most this much work is lost if the process is killed. When the process is asked
   * to end, a checkpoint is written in any case.
   *
   * @param time shortest time between checkpoints
   * @return this run
   */
  public TrainingRun checkpointEvery(Duration time) {
    this.checkpointEvery = time;
    return this;
  }

  /**
   * Trains and tests. Where the folder holds this run already, it continues from the last
   * checkpoint or, if it is finished, only reads its scores. Several runs may be executed at once,
   * each with its own folder and its own device.
   *
   * @return the scores over the test fold
   * @throws DataException if the weights, images or folds cannot be used, a file cannot be written,
   *     or the folder holds a run with other settings or over other images
   * @throws org.clusternet.training.TrainingException if a loss is not finite
   * @throws TrainingStoppedException if it was asked to stop; it can be continued later
   * @throws IllegalArgumentException if the device is not available or a set of images is too small
   */
  public Scores execute() {
    if (folder.isBegun()) {
      requireSame(ConfigFile.read(folder.config()), folder.config().getFileName().toString());
    }
    if (folder.isFinished()) {
      return Scores.read(folder.scores());
    }
    try (Interruption interruption = new Interruption(progress, folder::abandon);
        @Nullable TrainingCheckpoint checkpoint =
            folder.checkpoints().latest(progress).orElse(null)) {
      if (checkpoint != null) {
        requireSame(checkpoint.header().config(), "its checkpoint");
      }
      return run(checkpoint, interruption);
    }
  }

  private void requireSame(TrainingConfig before, String where) {
    String differences =
        ConfigFile.differences(before, config).stream()
            .filter(difference -> !ELSEWHERE.contains(difference.key()))
            .map(d -> "%s=%s, now %s".formatted(d.key(), d.before(), d.now()))
            .collect(Collectors.joining(", "));
    if (!differences.isEmpty()) {
      throw new DataException(
          "%s: was begun with other settings (%s says %s); choose another folder, or those settings"
              .formatted(folder.path(), where, differences));
    }
  }

  private Scores run(@Nullable TrainingCheckpoint checkpoint, Interruption interruption) {
    Devices.Choice choice = ComputeDevice.open(config.compute());
    try (Device device = choice.device();
        StartWeights weights = StartWeights.open(config.weights(), checkpoint != null, progress);
        ClusterNet network = new ClusterNet(device, config.network())) {
      network.parameters().initialise(config.seed());
      weights.load(network, progress);
      RunData data =
          images == null
              ? RunData.load(config, folder, progress, watch)
              : RunData.of(images, config);
      data.describe(config, progress);
      String hash = watch.time("hash", data::hash);
      if (checkpoint != null) {
        requireSameData(checkpoint.header().dataHash(), hash);
      }
      progress.line("run folder " + folder.path());
      ComputeDevice.announce(choice, progress);
      folder.begin(config);
      data.folds().write(folder.splits());
      weights.calibrate(network, data, config.optimizer().batch());
      try (NetworkModel model = model(device, network, data)) {
        TrainingState from = resume(checkpoint, model, device.describe());
        try (@Nullable EventFile events = events(model)) {
          RunRecorder recorder =
              new RunRecorder(
                  folder,
                  model,
                  config,
                  version,
                  data.domain(),
                  hash,
                  device.describe(),
                  events,
                  () -> interruption.isAsked() || stop.getAsBoolean(),
                  checkpointEvery);
          return train(model, data, from, recorder, interruption);
        }
      }
    }
  }

  private @Nullable EventFile events(NetworkModel model) {
    return config.tensorboard() ? EventFile.create(folder.tensorboard(), model.steps() + 1) : null;
  }

  private void requireSameData(String before, String now) {
    if (!before.equals(now)) {
      throw new DataException(
          "%s: the images, classes or folds are not those that the run was begun with (data hash=%s, now %s); restore them or begin a new run"
              .formatted(folder.path(), before, now));
    }
  }

  private NetworkModel model(Device device, ClusterNet network, RunData data) {
    return new NetworkModel(
        device,
        network,
        config.alphas(),
        data.trainingWeights().weights(),
        data.dataset(),
        config.optimizer().batch(),
        config.augmentation(),
        config.seed());
  }

  private TrainingState resume(
      @Nullable TrainingCheckpoint checkpoint, NetworkModel model, String device) {
    progress.line(
        String.format(
            Locale.ROOT,
            "variant %s: %.1f million parameters",
            config.variant(),
            model.parameters().count() * 1e-6));
    if (checkpoint == null) {
      return TrainingState.START;
    }
    model.load(checkpoint.snapshot());
    TrainingCheckpoint.Header header = checkpoint.header();
    progress.line("continuing from " + header.state());
    if (!header.device().equals(device)) {
      progress.line(
          "begun on %s: the last bits may differ from a run that stayed there"
              .formatted(header.device()));
    }
    // Closed before training, which deletes the file when it is old.
    checkpoint.close();
    return header.state();
  }

  private Scores train(
      NetworkModel model,
      RunData data,
      TrainingState from,
      RunRecorder recorder,
      Interruption interruption) {
    TrainingConfig.Optimizer optimizer = config.optimizer();
    Trainer.Settings settings =
        new Trainer.Settings(
            optimizer.epochs(), optimizer.batch(), config.seed(), optimizer.schedule());
    Trainer trainer = new Trainer(model, data.labels(), settings, progress);
    Trainer.Outcome outcome;
    interruption.enter();
    try {
      outcome = trainer.train(data.split(), from, recorder);
    } catch (TrainingStoppedException e) {
      if (!e.state().equals(TrainingState.START)) {
        recorder.checkpoint(e.state());
      }
      progress.line(
          e.getMessage()
              + "; continue with: "
              + Program.command("train --resume " + folder.path()));
      throw e;
    } finally {
      interruption.leave();
    }
    watch.set("training", outcome.epochs().stream().mapToDouble(EpochMetrics::seconds).sum());
    Scores scores =
        new RunReport(config, data, trainer, outcome).write(folder, recorder, versions(), watch);
    folder.checkpoints().deleteAll();
    return scores;
  }

  private Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("cluster_net", version);
    versions.put("java", Runtime.version().toString());
    versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return versions;
  }
}
