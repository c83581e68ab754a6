package org.clusternet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.clusternet.data.DataException;
import org.clusternet.data.image.LogFloor;
import org.clusternet.network.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings are read back as they were written, and invalid files are reported. */
class ConfigFileTest {
  @TempDir private Path folder;

  private static List<TrainingConfig> configs() {
    TrainingConfig paper = TrainingConfig.paper("some/folder: with #signs");
    return List.of(
        TrainingConfig.quick(null), paper, paper.withVariant(Variant.BASELINE).withSeed(-7));
  }

  @Test
  void writtenSettingsAreReadBackUnchanged() {
    for (TrainingConfig config : configs()) {
      Path file = folder.resolve("config.yaml");
      ConfigFile.write(file, config);
      assertEquals(config, ConfigFile.read(file));
      assertEquals(config, ConfigFile.parse(ConfigFile.metadata(config), "metadata"));
    }
  }

  /** The file is for people and for other programs: its names are part of what is promised. */
  @Test
  void theFileHasSnakeCaseKeysAndThePapersValues() {
    String keys =
        ConfigFile.text(TrainingConfig.paper("x"))
            .lines()
            .filter(line -> !line.strip().startsWith("#") && !line.isBlank())
            .map(line -> line + "\n")
            .reduce("", String::concat);
    assertEquals(
        """
        preset: paper
        seed: 0
        data:
          folder: x
          simulation: null
          central_crop: 256
          image_size: 256
          floor: auto
          splits: null
          folds: 10
          fold: 0
          allow_duplicates: false
        variant: all
        width: 64
        weights:
          source: imagenet
          partial: false
        crop:
          tau1: 0.7
          tau2: 0.7
          lambda: 25.0
          size: 256
          combine: union
          cam_class: predicted
        alphas:
          primary: 0.8
          auxiliary: 0.1
          fusion: 0.1
          regression: 0.1
        optimizer:
          epochs: 30
          batch: 16
          learning_rate: 0.001
          decay_every: 10
          decay_factor: 0.1
        augmentation:
          flips: false
          rotations: false
          shift: 0
        compute:
          device: auto
          precision: fp32
          threads: %d
          deterministic: false
        tensorboard: false
        """
            .formatted(Runtime.getRuntime().availableProcessors()),
        keys);
  }

  @Test
  void everyKeyHasAComment() {
    List<String> lines = ConfigFile.text(TrainingConfig.quick(null)).lines().toList();
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      assertTrue(line.length() <= 100, line);
      if (!line.isBlank() && !line.strip().startsWith("#")) {
        assertTrue(lines.get(i - 1).strip().matches("# .*[a-z0-9)]"), line + " is not explained");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seed: 0           | sed: 0            | config: unknown key=sed; did you mean seed?",
        "tau1: 0.7         | tau_1: 0.7        | config: unknown key=crop.tau_1; did you mean"
            + " crop.tau1?",
        "epochs: 30        | epoch: 30         | config: unknown key=optimizer.epoch; did you mean"
            + " optimizer.epochs?",
        "epochs: 30        | epochs: null      | config: at optimizer.epochs: Cannot map",
        "epochs: 30        | epochs: 2.5       | config: optimizer.epochs=2.5 must be a who",
        "epochs: 30        | epochs: many      | config: optimizer.epochs=many must be a w",
        "epochs: 30        | epochs: 0         | config: at optimizer: epochs=0; it must",
        "variant: all      | variant: some     | config: variant=some must be one of baseline, att",
        "device: auto      | device: tpu       | config: at compute: device=tpu; it must",
        "seed: 0           | '{seed: 0'        | config: is not valid YAML: ",
        "seed: 0           | '[1, 2]'          | config: is not valid YAML: ",
        "width: 64         | 'seed: 1'         | config: is not valid YAML: Duplicate field 'seed'",
        "width: 64         | 'width: {a: 1}'   | config: at width: Cannot deserialize",
      })
  void anInvalidFileIsReportedInOneLine(String from, String to, String expected) {
    String good = ConfigFile.text(TrainingConfig.paper("x"));
    assertTrue(good.contains(from), from);
    String bad = good.replace(from, to);
    String message =
        assertThrows(DataException.class, () -> ConfigFile.parse(bad, "config")).getMessage();
    assertTrue(message.startsWith(expected), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void aListIsRefused() {
    String message =
        assertThrows(DataException.class, () -> ConfigFile.parse("- 1\n", "config")).getMessage();
    assertEquals("config: is not a mapping; it must have lines such as seed: 1", message);
  }

  @Test
  void aTruncatedFileIsNamed() throws IOException {
    Path file = folder.resolve("config.yaml");
    Files.writeString(file, "optimizer: {epochs: 3");
    String message = assertThrows(DataException.class, () -> ConfigFile.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": is not valid YAML: "), message);
  }

  /** As models carry them that were written before there were start weights, width and more. */
  @Test
  void settingsOfEarlierVersionsAreRead() {
    String before =
        """
        {"preset":"quick","seed":5,"data":{"folder":"x","simulation":null,"central_crop":256,
        "image_size":64,"splits":null,"folds":10,"fold":0},"variant":"both",
        "crop":{"tau1":0.6,"tau2":0.7,"lambda":25.0,"size":96,"combine":"union",
        "cam_class":"predicted"},"alphas":{"primary":0.8,"auxiliary":0.1,"fusion":0.1,
        "regression":0.1},"optimizer":{"epochs":12,"batch":16,"learning_rate":1.0E-4,
        "decay_every":5,"decay_factor":0.1},"compute":{"device":"cpu","precision":"bf16",
        "threads":2}}
        """;
    TrainingConfig config = ConfigFile.parse(before, "metadata");
    assertEquals(5, config.seed());
    assertEquals(Variant.BOTH, config.variant());
    assertEquals(TrainingConfig.RESNET18_WIDTH, config.width());
    assertTrue(config.weights().areRandom());
    assertEquals(0.6, config.crop().tau1());
    assertEquals(96, config.crop().size());
    assertEquals(1e-4, config.optimizer().learningRate());
    assertEquals(Augmentation.NONE, config.augmentation());
    assertEquals(LogFloor.PAPER, config.data().floor());
  }

  @Test
  void onlyFilesOfBeforeTheFloorKeepThePapers() {
    String all = ConfigFile.metadata(TrainingConfig.quick("x"));
    assertEquals(LogFloor.AUTO, ConfigFile.parse(all, "all").data().floor());
    String before = all.replace("\"floor\":\"auto\",", "");
    assertNotEquals(all, before);
    assertEquals(LogFloor.PAPER, ConfigFile.parse(before, "before").data().floor());
    String part = "data: {folder: x, image_size: 64, central_crop: 128, folds: 5, fold: 1}";
    assertEquals(LogFloor.AUTO, ConfigFile.parse(part, "part").data().floor());
    String photon = before.replace("\"data\":{", "\"data\":{\"floor\":\"photon\",");
    assertEquals(LogFloor.PHOTON, ConfigFile.parse(photon, "photon").data().floor());
  }

  /** A config.yaml that a run wrote before the settings moved to this package. */
  @Test
  void aFileOfTheFirstVersionIsReadUnchanged() throws URISyntaxException {
    Path file =
        Path.of(
            Objects.requireNonNull(ConfigFileTest.class.getResource("first-version.yaml")).toURI());
    TrainingConfig quick = withPapersFloor(TrainingConfig.quick(null));
    assertEquals(
        quick.withCompute(new TrainingConfig.Compute("auto", Precision.FP32, 2)),
        ConfigFile.read(file));
  }

  private static TrainingConfig withPapersFloor(TrainingConfig config) {
    DataConfig data = config.data();
    return config.withData(
        new DataConfig(
            data.folder(),
            data.simulation(),
            data.centralCrop(),
            data.imageSize(),
            LogFloor.PAPER,
            data.splits(),
            data.folds(),
            data.fold(),
            data.allowDuplicates()));
  }
}
