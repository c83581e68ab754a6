package org.clusternet.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.clusternet.config.InitialWeights;
import org.clusternet.data.DataException;
import org.clusternet.engine.spi.Device;
import org.clusternet.inference.ImageStage;
import org.clusternet.network.ClusterNet;
import org.clusternet.nn.weights.Backbone;
import org.clusternet.nn.weights.Calibration;
import org.clusternet.nn.weights.PartialFitException;
import org.clusternet.nn.weights.PretrainedWeights;
import org.clusternet.pretrained.ImageNetFile;
import org.clusternet.progress.Progress;
import org.jspecify.annotations.Nullable;

/**
 * The initial weights of a run's branches. Both branches get the same; the heads keep their random
 * initialisation.
 */
final class StartWeights implements AutoCloseable {
  private final @Nullable PretrainedWeights checkpoint;
  private final boolean partial;
  private final Map<String, Backbone.Outcome> outcomes = new LinkedHashMap<>();

  private StartWeights(@Nullable PretrainedWeights checkpoint, boolean partial) {
    this.checkpoint = checkpoint;
    this.partial = partial;
  }

  /**
   * Finds the file, downloads it where needed, and reads it.
   *
   * @param resumed whether the run continues with its own weights, so that no file is needed
   * @throws DataException if the file cannot be had or is damaged
   */
  static StartWeights open(InitialWeights from, boolean resumed, Progress progress) {
    if (from.areRandom() || resumed) {
      return new StartWeights(null, false);
    }
    Path path =
        from.source().equals(InitialWeights.IMAGENET)
            ? ImageNetFile.ofUser().locate(progress)
            : Path.of(from.source());
    try {
      return new StartWeights(PretrainedWeights.open(path), from.partial());
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /**
   * Loads both branches.
   *
   * @param network the network, with initialised parameters
   * @throws DataException if the file does not fit
   */
  void load(ClusterNet network, Progress progress) {
    if (checkpoint == null) {
      return;
    }
    Backbone.Options options = new Backbone.Options(partial, false, false);
    for (String branch : network.branches().keySet()) {
      try {
        outcomes.put(branch, Backbone.load(checkpoint, network.parameters(), branch, options));
      } catch (PartialFitException e) {
        throw new DataException(
            e.getMessage() + "; --weights-partial loads the tensors that fit", e);
      } catch (IOException e) {
        throw unusable(checkpoint.path(), e);
      }
    }
    Backbone.Outcome any = outcomes.values().iterator().next();
    progress.line(
        "weights %s: %d tensors for %s; the heads start from random numbers"
            .formatted(
                checkpoint.path(), any.taken().size(), String.join(" and ", outcomes.keySet())));
    list(progress, "not in the file, random", any.fresh());
    list(progress, "ignored", any.ignored());
  }

  private static void list(Progress progress, String what, List<String> keys) {
    if (!keys.isEmpty()) {
      progress.line("weights: " + keys.size() + " " + what + ": " + String.join(", ", keys));
    }
  }

  /**
   * Sets batch normalisations that the file has folded into the convolutions to the statistics of a
   * batch of training images; weights with their own normalisations stay as they are.
   */
  void calibrate(ClusterNet network, RunData data, int batch) {
    if (checkpoint == null || !checkpoint.isFolded()) {
      return;
    }
    List<float[]> images =
        data.split().train().stream()
            .limit(batch)
            .map(i -> data.dataset().image(i).pixels())
            .toList();
    Device device = network.parameters().device();
    int size = data.dataset().preprocessing().imageSize();
    try (ImageStage stage = new ImageStage(device, images.size(), size)) {
      network
          .branches()
          .forEach(
              (branch, net) ->
                  Calibration.run(
                      net,
                      network.parameters(),
                      branch,
                      Objects.requireNonNull(outcomes.get(branch), branch).taken(),
                      stage.images(images)));
    }
  }

  private static DataException unusable(Path path, IOException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return new DataException(
        message.startsWith(path.toString()) ? message : path + ": cannot be read: " + message, e);
  }

  @Override
  public void close() {
    if (checkpoint != null) {
      checkpoint.close();
    }
  }
}
