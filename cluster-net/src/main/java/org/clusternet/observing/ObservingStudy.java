package org.clusternet.observing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.dataset.Catalog;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.inference.Classifier;
import org.clusternet.metrics.ClusterBootstrap;
import org.clusternet.progress.Progress;
import org.clusternet.run.ComputeDevice;
import org.clusternet.run.TrainedModel;

/**
 * Scores trained models on held-out simulated clusters, condition by condition: the clusters are
 * simulated once without noise, observed anew under every condition, and every model answers for
 * the same photons as counts and as a reduced image. What is finished is kept in the folder, and
 * not done again.
 *
 * @param sample the clusters
 * @param conditions the conditions
 * @param bootstrap settings of the intervals
 * @param compute device and threads
 */
public record ObservingStudy(
    StudySample sample,
    List<ObservingCondition> conditions,
    ClusterBootstrap.Settings bootstrap,
    TrainingConfig.Compute compute) {
  /** Copies the list. */
  public ObservingStudy {
    conditions = List.copyOf(conditions);
    if (conditions.isEmpty()) {
      throw new IllegalArgumentException("observing study: conditions=0; at least one is needed");
    }
  }

  /**
   * Names models by their run folders.
   *
   * @param paths run folders or model files
   * @return the models by name, in the order given
   * @throws IllegalArgumentException if two have the same name, or an image size that the study's
   *     images cannot fill
   */
  public Map<String, TrainedModel> models(List<Path> paths) {
    Map<String, TrainedModel> models = new LinkedHashMap<>();
    for (Path path : paths) {
      TrainedModel model = TrainedModel.find(path);
      Path folder = model.file().toAbsolutePath().normalize().getParent();
      String name = folder == null ? "model" : String.valueOf(folder.getFileName());
      if (models.put(name, model) != null) {
        throw new IllegalArgumentException(
            "model=%s: another is in a folder of the same name=%s; rename one"
                .formatted(path, name));
      }
      int crop = model.config().data().centralCrop();
      if (crop > sample.size()) {
        throw new IllegalArgumentException(
            "size=%d is smaller than the central_crop=%d of model=%s; give at least that"
                .formatted(sample.size(), crop, path));
      }
    }
    return models;
  }

  /**
   * Runs what is missing and writes the results.
   *
   * @param models models by name, as {@link #models} returns them
   * @param out the study's folder; new, empty, or one with the same sample
   * @param progress receives the log
   * @return the scores
   * @throws org.clusternet.data.DataException if the folder holds another study, or a model was
   *     trained on the study's clusters
   */
  public StudyResults execute(Map<String, TrainedModel> models, Path out, Progress progress) {
    Map<String, Path> files = new LinkedHashMap<>();
    models.forEach((name, model) -> files.put(name, model.file()));
    StudyFolder folder = StudyFolder.open(out, sample, files);
    Catalog catalog = folder.clusters(sample, compute.threads(), progress);
    models.forEach((name, model) -> HeldOut.require(name, model, catalog, progress));
    Devices.Choice choice = ComputeDevice.open(compute);
    try (Device device = choice.device()) {
      ComputeDevice.announce(choice, progress);
      runMissing(models, folder, catalog, device, progress);
    }
    StudyResults results = results(models, folder);
    new StudyReport(results).write(folder);
    return results;
  }

  private void runMissing(
      Map<String, TrainedModel> models,
      StudyFolder folder,
      Catalog catalog,
      Device device,
      Progress progress) {
    ConditionRun run = new ConditionRun(sample, catalog, compute.threads());
    for (int c = 0; c < conditions.size(); c++) {
      ObservingCondition condition = conditions.get(c);
      List<String> missing =
          models.keySet().stream()
              .filter(name -> !Files.exists(folder.predictions(name, condition)))
              .toList();
      if (missing.isEmpty()) {
        continue;
      }
      progress.line("condition %d of %d: %s".formatted(c + 1, conditions.size(), condition.name()));
      List<ConditionRun.Asked> asked = new ArrayList<>();
      try {
        for (String name : missing) {
          TrainedModel model = Objects.requireNonNull(models.get(name));
          asked.add(new ConditionRun.Asked(model.config().preprocessing(), model.load(device)));
        }
        List<List<StudyAnswer>> answers = run.run(condition, asked, progress);
        for (int m = 0; m < missing.size(); m++) {
          StudyAnswer.write(folder.predictions(missing.get(m), condition), answers.get(m));
        }
      } finally {
        asked.stream().map(ConditionRun.Asked::classifier).forEach(Classifier::close);
      }
    }
  }

  private StudyResults results(Map<String, TrainedModel> models, StudyFolder folder) {
    List<String> names = List.copyOf(models.keySet());
    List<List<List<StudyAnswer>>> answers =
        names.stream()
            .map(
                name ->
                    conditions.stream()
                        .map(condition -> StudyAnswer.read(folder.predictions(name, condition)))
                        .toList())
            .toList();
    List<StudyResults.Row> rows = new StudyAnalysis(bootstrap).rows(names, conditions, answers);
    int single = names.size() * conditions.size();
    return new StudyResults(
        sample,
        bootstrap,
        models.entrySet().stream()
            .map(m -> new StudyResults.Model(m.getKey(), describe(m.getValue().config())))
            .toList(),
        rows.subList(0, single),
        rows.subList(single, rows.size()));
  }

  private static String describe(TrainingConfig config) {
    return "Variant %s, width %d, central crop %d read as %d x %d pixels."
        .formatted(
            config.variant(),
            config.width(),
            config.data().centralCrop(),
            config.data().imageSize(),
            config.data().imageSize());
  }
}
