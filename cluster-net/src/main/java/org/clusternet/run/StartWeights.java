package org.clusternet.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/**
 * The weights that the branches of a run start from. Both get the same; the heads keep their random
 * numbers.
 */
final class StartWeights implements AutoCloseable {
  private final PretrainedWeights checkpoint;
  private final boolean partial;
  private final Map<String, Backbone.Outcome> outcomes = new LinkedHashMap<>();

  private StartWeights(PretrainedWeights checkpoint, boolean partial) {
    this.checkpoint = checkpoint;
    this.partial = partial;
  }

  /**
   * Finds the file, which may mean to download it, and reads it.
   *
   * @param goingOn whether the run has weights from before, so that no file is needed
   * @throws DataException if it is not to be had or damaged
   */
  static StartWeights open(InitialWeights from, boolean goingOn, Progress progress) {
    if (from.areRandom() || goingOn) {
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
   * @param network with initialised parameters
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
        throw new DataException(e.getMessage() + "; --weights-partial takes what fits", e);
      } catch (IOException e) {
        throw unusable(checkpoint.path(), e);
      }
    }
    Backbone.Outcome any = outcomes.values().iterator().next();
    progress.line(
        "weights %s: %d tensors for %s; the heads start fresh"
            .formatted(
                checkpoint.path(), any.taken().size(), String.join(" and ", outcomes.keySet())));
    list(progress, "fresh", any.fresh());
    list(progress, "passed over", any.ignored());
  }

  private static void list(Progress progress, String what, List<String> keys) {
    if (!keys.isEmpty()) {
      progress.line("weights: " + keys.size() + " " + what + ": " + String.join(", ", keys));
    }
  }

  /**
   * Gives normalisations that had been folded away the statistics of a batch of training images;
   * weights that come with their normalisations stay as they are.
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
                      outcomes.get(branch).taken(),
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
