package org.clusternet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.clusternet.data.DataException;
import org.clusternet.data.simulate.ClassMix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The precedence of settings from several sources. */
class ConfigLayersTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("my.yaml"), text);
  }

  @Test
  void aFileOfSomeKeysGoesOverThePreset() throws IOException {
    TrainingConfig config =
        new ConfigLayers()
            .file(file("preset: paper\noptimizer:\n  learning_rate: 1e-4\n  epochs: 3\n"))
            .resolve();
    TrainingConfig paper = TrainingConfig.paper(null);
    assertEquals(new TrainingConfig.Optimizer(3, 16, 1e-4, 10, 0.1), config.optimizer());
    assertEquals(paper.data(), config.data());
    assertEquals(paper.weights(), config.weights());
  }

  @Test
  void singleValuesGoOverTheFileAndAPresetByNameOverThatOfTheFile() throws IOException {
    Path file = file("preset: paper\nseed: 3\noptimizer: {epochs: 3}\n");
    TrainingConfig config =
        new ConfigLayers()
            .option("preset", "quick")
            .file(file)
            .set("optimizer.epochs=4")
            .set("variant=gaussian")
            .set("data.simulation.mix=Balanced")
            .resolve();
    assertEquals("quick", config.preset());
    assertEquals(3, config.seed());
    assertEquals(4, config.optimizer().epochs());
    assertEquals(64, config.data().imageSize());
    assertEquals("gaussian", config.variant().toString());
    assertEquals(ClassMix.BALANCED, config.data().simulation().mix());
  }

  @Test
  void anEmptyFileGivesThePreset() throws IOException {
    assertEquals(
        TrainingConfig.quick(null), new ConfigLayers().file(file("# nothing\n")).resolve());
  }

  @Test
  void aFolderTakesThePlaceOfTheSimulationAndTheOtherWayRound() throws IOException {
    Path written = file(ConfigFile.text(TrainingConfig.quick(null)));
    TrainingConfig onFolder =
        new ConfigLayers().file(written).option("data.folder", "some").resolve();
    assertEquals("some", onFolder.data().folder());
    assertNull(onFolder.data().simulation());
    Path again = file(ConfigFile.text(onFolder));
    TrainingConfig simulated =
        new ConfigLayers().file(again).set("data.simulation.clusters=7").resolve();
    assertNull(simulated.data().folder());
    assertEquals(7, simulated.data().simulation().clusters());
    TrainingConfig anew = new ConfigLayers().file(again).set("data.folder=null").resolve();
    assertEquals(TrainingConfig.quick(null).data(), anew.data());
  }

  @Test
  void theCropSizeFollowsTheImageSizeUnlessItIsSet() throws IOException {
    Path written = file(ConfigFile.text(TrainingConfig.quick(null)));
    ConfigLayers layers = new ConfigLayers().file(written).set("data.image_size=96");
    assertEquals(96, layers.resolve().crop().size());
    layers.set("crop.size=128");
    assertEquals(128, layers.resolve().crop().size());
    Path own = file("crop: {size: 48}\n");
    TrainingConfig kept = new ConfigLayers().file(own).set("data.image_size=96").resolve();
    assertEquals(48, kept.crop().size());
  }

  @Test
  void simulatedImagesAreAtLeastAsLargeAsTheCentralCrop() {
    TrainingConfig config = new ConfigLayers().set("data.central_crop=300").resolve();
    assertEquals(300, config.data().simulation().size());
  }

  /** Values that are right together only, in any order. */
  @Test
  void singleValuesAreCheckedTogether() {
    TrainingConfig config =
        new ConfigLayers().set("weights.partial=true").set("weights.source=a.pth").resolve();
    assertEquals("a.pth", config.weights().source());
  }

  @Test
  void anInvalidValueIsNamedWithItsSource() throws IOException {
    Path file = file("optimizer:\n  epocs: 3\n");
    String message =
        assertThrows(DataException.class, () -> new ConfigLayers().file(file).resolve())
            .getMessage();
    assertEquals(file + ": unknown key=optimizer.epocs; did you mean optimizer.epochs?", message);
    message =
        assertThrows(
                IllegalArgumentException.class, () -> new ConfigLayers().set("batch=3").resolve())
            .getMessage();
    assertEquals("--set: unknown key=batch; did you mean optimizer.batch?", message);
    Path missing = folder.resolve("missing.yaml");
    message =
        assertThrows(DataException.class, () -> new ConfigLayers().file(missing)).getMessage();
    assertEquals(missing + ": no such file; check the path", message);
  }

  @Test
  void optionsOverrideSingleValuesAndThoseFilesInAnyOrderOfCalls() throws IOException {
    Path file = file("seed: 1\noptimizer: {epochs: 1, batch: 4}\nwidth: 8\n");
    TrainingConfig config =
        new ConfigLayers()
            .option("optimizer.epochs", 3)
            .set("optimizer.epochs=2")
            .set("optimizer.batch=5")
            .defaultValue("width", 16)
            .defaultValue("optimizer.decay_every", 7)
            .file(file)
            .resolve();
    assertEquals(3, config.optimizer().epochs());
    assertEquals(5, config.optimizer().batch());
    assertEquals(1, config.seed());
    assertEquals(8, config.width());
    assertEquals(7, config.optimizer().decayEvery());
  }

  @Test
  void layersGoOverCompleteSettings() {
    TrainingConfig base = TrainingConfig.paper("some").withSeed(9);
    TrainingConfig config = new ConfigLayers(base).option("compute.threads", 3).resolve();
    assertEquals(base.withCompute(new TrainingConfig.Compute("auto", Precision.FP32, 3)), config);
  }

  @Test
  void aNumberOfFoldsReplacesATableOfFolds() throws IOException {
    Path file = file("data: {splits: folds.csv}\n");
    TrainingConfig config = new ConfigLayers().file(file).option("data.folds", 5).resolve();
    assertNull(config.data().splits());
    assertEquals(5, config.data().folds());
  }

  @Test
  void augmentationFollowsTheImageSizeOfAllLayers() {
    TrainingConfig config = new ConfigLayers().augmented().option("data.image_size", 96).resolve();
    assertEquals(Augmentation.usual(96), config.augmentation());
  }

  @Test
  void otherSpellingsOfAKeyAreRead() throws IOException {
    Path file = file("data: {image-size: 96, centralCrop: 128}\n");
    TrainingConfig config = new ConfigLayers().file(file).resolve();
    assertEquals(96, config.data().imageSize());
    assertEquals(128, config.data().centralCrop());
    Path twice = file("data: {image-size: 96, image_size: 64}\n");
    String message =
        assertThrows(DataException.class, () -> new ConfigLayers().file(twice).resolve())
            .getMessage();
    assertEquals(
        twice + ": key=image_size is given twice, also as image-size; remove one", message);
  }
}
