package org.clusternet.run;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.clusternet.config.TrainingConfig;
import org.clusternet.domain.TrainingDomain;
import org.clusternet.tensorboard.EventFile;
import org.clusternet.training.EpochMetrics;
import org.clusternet.training.LossValues;
import org.clusternet.training.ModelSnapshot;
import org.clusternet.training.NetworkModel;
import org.clusternet.training.Trainer;
import org.clusternet.training.TrainingState;
import org.jspecify.annotations.Nullable;

/** Writes the files of a run during training: best weights, table of epochs, checkpoints. */
final class RunRecorder implements Trainer.Listener {
  private final RunFolder folder;
  private final NetworkModel model;
  private final TrainingConfig config;
  private final String version;
  private final TrainingDomain domain;
  private final String dataHash;
  private final String device;
  private final @Nullable EventFile events;
  private final BooleanSupplier stop;
  private final Duration every;
  private long last = System.nanoTime();
  private @Nullable TrainingState saved;

  /**
   * A recorder.
   *
   * @param folder the run folder
   * @param model the model that is trained
   * @param config settings of the run
   * @param version version of the program
   * @param domain what the model is trained on
   * @param dataHash hash of the images and folds
   * @param device description of the device, in one line
   * @param events event file for TensorBoard; null for none
   * @param stop whether training is to stop, asked after every step
   * @param every shortest time between checkpoints; zero for one after every epoch
   */
  RunRecorder(
      RunFolder folder,
      NetworkModel model,
      TrainingConfig config,
      String version,
      TrainingDomain domain,
      String dataHash,
      String device,
      @Nullable EventFile events,
      BooleanSupplier stop,
      Duration every) {
    this.folder = folder;
    this.model = model;
    this.config = config;
    this.version = version;
    this.domain = domain;
    this.dataHash = dataHash;
    this.device = device;
    this.events = events;
    this.stop = stop;
    this.every = every;
  }

  @Override
  public void stepEnded(TrainingState state, double learningRate, LossValues loss) {
    if (events != null) {
      Map<String, Double> scalars = parts("step/", loss);
      scalars.put("step/learning_rate", learningRate);
      events.add(model.steps(), scalars);
    }
  }

  private static Map<String, Double> parts(String prefix, LossValues loss) {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put(prefix + "loss", loss.total());
    parts.put(prefix + "loss_primary", loss.primary());
    parts.put(prefix + "loss_auxiliary", loss.auxiliary());
    parts.put(prefix + "loss_fusion", loss.fusion());
    parts.put(prefix + "loss_regression", loss.regression());
    return parts;
  }

  private void addEpoch(EventFile file, EpochMetrics epoch) {
    Map<String, Double> scalars = parts("epoch/train_", epoch.train());
    scalars.put("epoch/validation_loss", epoch.validationLoss());
    scalars.put("epoch/validation_macro_f1", epoch.validationMacroF1());
    scalars.put("epoch/learning_rate", epoch.learningRate());
    scalars.put("epoch/images_per_second", epoch.imagesPerSecond());
    file.add(model.steps(), scalars);
    file.flush();
  }

  @Override
  public void epochEnded(TrainingState state, boolean best) {
    if (best) {
      writeModel(state.epochs().size());
    }
    EpochTable.write(folder.epochs(), state.epochs());
    if (events != null) {
      addEpoch(events, state.epochs().get(state.epochs().size() - 1));
    }
    if (System.nanoTime() - last >= every.toNanos()) {
      checkpoint(state);
    }
  }

  /** Writes the present weights. */
  private void writeModel(int epoch) {
    writeModel(epoch, domain);
  }

  /**
   * Writes the present weights.
   *
   * @param epoch the epoch that they are of
   * @param trainedOn what the model is trained on
   */
  void writeModel(int epoch, TrainingDomain trainedOn) {
    TrainedModel.write(folder.model(), config, trainedOn, epoch, version, model.parameters());
  }

  @Override
  public boolean isStopAsked() {
    return stop.getAsBoolean();
  }

  /** Hash of the images and folds. */
  String dataHash() {
    return dataHash;
  }

  /** Description of the device, in one line. */
  String device() {
    return device;
  }

  /** Writes a checkpoint, unless it exists already, and then deletes old ones. */
  void checkpoint(TrainingState state) {
    if (state.equals(saved)) {
      return;
    }
    boolean withBest = state.best().isPresent() && !state.isAtBest();
    try (Arena arena = Arena.ofConfined()) {
      ModelSnapshot snapshot = model.snapshot(arena, withBest);
      TrainingCheckpoint.Header header =
          TrainingCheckpoint.Header.of(version, config, dataHash, device, snapshot.steps(), state);
      TrainingCheckpoint.write(folder.checkpoints().place(state), header, snapshot.arrays());
    }
    folder.checkpoints().deleteOld();
    saved = state;
    last = System.nanoTime();
  }
}
