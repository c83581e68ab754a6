package org.clusternet.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.CoreType;
import org.clusternet.data.image.ImageFile;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.random.CounterRandom;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.inference.Classifier;
import org.clusternet.predict.Explanation;
import org.clusternet.predict.Panel;
import org.clusternet.predict.Panels;
import org.clusternet.run.ComputeDevice;
import org.clusternet.run.RunPredictions;
import org.clusternet.run.TrainedModel;

/**
 * Images of the test fold with the maps behind their predictions: some of every class, drawn by the
 * run's seed, and the most confident mistakes.
 *
 * @param sampled some images of each class
 * @param mistakes the most confident mistakes
 * @param missing why there are no maps; empty if there are
 */
record Gallery(List<Entry> sampled, List<Entry> mistakes, String missing) {
  private static final int EACH = 2;
  private static final int MISTAKES = 3;

  /** An image and what the network saw in it. */
  record Entry(RunPredictions.Row row, Explanation explanation) {
    boolean isRight() {
      return row.prediction().coreType() == row.label();
    }

    List<Panel> panels() {
      return Panels.of(explanation, Panels.isUpwards(row.file()));
    }
  }

  /**
   * Runs the run's network again on the images that are to be shown.
   *
   * @param compute the device
   */
  static Gallery of(RunFiles run, TrainingConfig.Compute compute) {
    Path model = run.folder().resolve(TrainedModel.FILE_NAME);
    if (!Files.exists(model)) {
      return none("The run folder has no " + TrainedModel.FILE_NAME + " anymore.");
    }
    List<RunPredictions.Row> sampled = sample(run);
    List<RunPredictions.Row> mistakes = run.mistakes().stream().limit(MISTAKES).toList();
    List<RunPredictions.Row> wanted = new ArrayList<>(sampled);
    wanted.addAll(mistakes);
    for (RunPredictions.Row row : wanted) {
      if (!Files.exists(run.data().resolve(row.file()))) {
        return none("The image " + run.data().resolve(row.file()) + " is not there anymore.");
      }
    }
    Map<RunPredictions.Row, Explanation> maps = new LinkedHashMap<>();
    Devices.Choice choice = ComputeDevice.open(compute);
    try (Device device = choice.device();
        Classifier classifier = TrainedModel.find(model).load(device)) {
      for (RunPredictions.Row row : wanted) {
        Path file = run.data().resolve(row.file());
        Preprocessing.Input input =
            run.config().preprocessing().apply(ImageFile.open(file), file.toString());
        maps.computeIfAbsent(row, r -> Explanation.ask(device, classifier, input));
      }
    }
    return new Gallery(entries(sampled, maps), entries(mistakes, maps), "");
  }

  private static Gallery none(String reason) {
    return new Gallery(List.of(), List.of(), reason);
  }

  private static List<Entry> entries(
      List<RunPredictions.Row> rows, Map<RunPredictions.Row, Explanation> maps) {
    return rows.stream().map(row -> new Entry(row, Objects.requireNonNull(maps.get(row)))).toList();
  }

  private static List<RunPredictions.Row> sample(RunFiles run) {
    List<RunPredictions.Row> chosen = new ArrayList<>();
    for (CoreType type : CoreType.values()) {
      List<RunPredictions.Row> those =
          run.test().stream().filter(row -> row.label() == type).toList();
      int[] order = new int[those.size()];
      for (int i = 0; i < order.length; i++) {
        order[i] = i;
      }
      new CounterRandom(run.config().seed(), "report", type.index()).shuffle(order);
      for (int i = 0; i < Math.min(EACH, order.length); i++) {
        chosen.add(those.get(order[i]));
      }
    }
    return chosen;
  }
}
