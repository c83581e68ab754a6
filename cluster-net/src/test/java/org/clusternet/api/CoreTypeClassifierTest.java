package org.clusternet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.clusternet.config.ConfigLayers;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.simulate.ClassMix;
import org.clusternet.data.simulate.Simulator;
import org.clusternet.inference.Prediction;
import org.clusternet.run.Scores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library as another program uses it. */
class CoreTypeClassifierTest {
  @TempDir private Path folder;

  @Test
  void trainsAndPredictsInAFewLines() throws IOException {
    Path data = folder.resolve("data");
    Simulator.run(
        data,
        new Simulator.Options(6, new SkyGrid(64, 16), ClassMix.BALANCED, 1, 1),
        BatchProgress.NONE);
    TrainingConfig config =
        new ConfigLayers()
            .set("data.folder=" + data)
            .set("data.central_crop=64")
            .set("data.image_size=32")
            .set("data.folds=3")
            .set("width=8")
            .set("optimizer.epochs=1")
            .set("compute.device=cpu")
            .resolve();
    Path run = folder.resolve("run");
    Scores scores = CoreTypeClassifier.train(config, run);
    assertEquals(6, scores.test().images());
    assertEquals(scores.table(), CoreTypeClassifier.train(config, run).table());
    List<String> row =
        List.of(Files.readAllLines(run.resolve("predictions.csv")).get(1).split(","));
    try (CoreTypeClassifier classifier = CoreTypeClassifier.load(run, config.compute())) {
      Prediction prediction = classifier.predict(data.resolve(row.get(2)));
      assertEquals(row.get(5), prediction.coreType().name());
      String probability = String.format(Locale.ROOT, "%.4f", prediction.probability(CoreType.CC));
      assertTrue(row.get(6).startsWith(probability.substring(0, 5)), row::toString);
      assertThrows(DataException.class, () -> classifier.predict(folder.resolve("none.fits")));
    }
    assertThrows(DataException.class, () -> CoreTypeClassifier.load(folder.resolve("none")));
  }
}
