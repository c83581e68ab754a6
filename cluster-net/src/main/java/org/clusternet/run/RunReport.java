package org.clusternet.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.CoreType;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.io.AtomicFile;
import org.clusternet.domain.TrainingDomain;
import org.clusternet.inference.Prediction;
import org.clusternet.metrics.ConfusionMatrix;
import org.clusternet.metrics.PaperResults;
import org.clusternet.text.Json;
import org.clusternet.training.ClassWeights;
import org.clusternet.training.Model;
import org.clusternet.training.Trainer;

/**
 * The end of a run: the network of the best epoch classifies every image, and the features that it
 * sees in them are kept with it.
 */
final class RunReport {
  private static final List<String> IMAGE =
      List.of("cluster_id", "projection", "file", "split", "label");

  private final TrainingConfig config;
  private final RunData data;
  private final Trainer trainer;
  private final Trainer.Outcome outcome;
  private final String[] splits;
  private final Prediction[] predictions;

  RunReport(TrainingConfig config, RunData data, Trainer trainer, Trainer.Outcome outcome) {
    this.config = config;
    this.data = data;
    this.trainer = trainer;
    this.outcome = outcome;
    this.splits = new String[data.labels().size()];
    this.predictions = new Prediction[data.labels().size()];
  }

  /** Writes the predictions and then the scores, which finish the run. */
  Scores write(
      RunFolder folder, RunRecorder recorder, Map<String, String> versions, PhaseTimes watch) {
    Model.Evaluation[] sets = watch.time("evaluation", this::evaluateAll);
    writePredictions(folder);
    TrainingDomain domain =
        watch.time(
            "density", () -> data.domain().withDensity(sets[0].features(), sets[1].features()));
    recorder.writeModel(outcome.best().epoch(), domain);
    ConfusionMatrix validation =
        trainer.confusion(data.split().validation(), sets[1].predictions());
    ConfusionMatrix test = trainer.confusion(data.split().test(), sets[2].predictions());
    ClassWeights weights = data.trainingWeights();
    Optional<PaperResults> paper = PaperResults.of(config.variant().toString());
    Scores scores =
        new Scores(
            config.variant().toString(),
            config.data().fold(),
            data.folds().count(),
            outcome.best().epoch(),
            outcome.epochs().size(),
            Scores.Sample.of(test, sets[2].loss().total()),
            Scores.Sample.of(validation, sets[1].loss().total()),
            Scores.Majority.of(test, weights.majority()),
            paper.map(Scores.Paper::of).orElse(null),
            Scores.byName(type -> weights.counts().get(type.index())),
            Arrays.stream(weights.weights()).boxed().toList(),
            recorder.dataHash(),
            versions,
            recorder.device(),
            watch.seconds());
    AtomicFile.writeText(folder.scores(), Json.write(scores));
    return scores;
  }

  private Model.Evaluation[] evaluateAll() {
    return new Model.Evaluation[] {
      evaluate("train", data.split().train()),
      evaluate("validation", data.split().validation()),
      evaluate("test", data.split().test())
    };
  }

  private Model.Evaluation evaluate(String name, List<Integer> samples) {
    Model.Evaluation evaluation = trainer.evaluate(name, samples);
    for (int i = 0; i < samples.size(); i++) {
      splits[samples.get(i)] = name;
      predictions[samples.get(i)] = evaluation.predictions().get(i);
    }
    return evaluation;
  }

  private void writePredictions(RunFolder folder) {
    List<PredictionTable.Row> rows = new ArrayList<>();
    for (int i = 0; i < predictions.length; i++) {
      CatalogEntry entry = data.dataset().catalog().entries().get(i);
      CoreType label = data.labels().get(i);
      List<String> image =
          List.of(entry.clusterId(), entry.projection(), entry.file(), splits[i], label.name());
      rows.add(new PredictionTable.Row(image, predictions[i]));
    }
    PredictionTable.writeRun(folder.predictions(), IMAGE, rows);
  }
}
