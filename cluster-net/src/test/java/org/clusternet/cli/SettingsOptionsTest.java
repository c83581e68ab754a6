package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.clusternet.config.Augmentation;
import org.clusternet.config.ConfigFile;
import org.clusternet.config.TrainingConfig;
import org.clusternet.network.Alphas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options of settings: their help is that of the keys, and they override all other sources. */
class SettingsOptionsTest {
  @TempDir private Path folder;

  private static TrainingConfig resolved(String... options) {
    String[] words = new String[options.length + 2];
    words[0] = "train";
    words[1] = "--print-config";
    System.arraycopy(options, 0, words, 2, options.length);
    Cli.Result result = Cli.run(words);
    assertEquals(0, result.exit(), result::toString);
    return ConfigFile.parse(result.out(), "output");
  }

  @Test
  void anOptionOverridesSetAndSetTheFileAndTheFileThePreset() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("my.yaml"),
            "preset: paper\noptimizer: {epochs: 3, batch: 4, decay_every: 2}\n");
    TrainingConfig config =
        resolved(
            "--config",
            file.toString(),
            "--set",
            "optimizer.batch=5",
            "--set",
            "optimizer.epochs=6",
            "--epochs",
            "7");
    assertEquals("paper", config.preset());
    assertEquals(new TrainingConfig.Optimizer(7, 5, 1e-3, 2, 0.1), config.optimizer());
    assertEquals(256, config.data().imageSize());
  }

  @Test
  void theCropAndTheAugmentationFollowTheImageSize() {
    TrainingConfig config = resolved("--augment", "--image-size", "96");
    assertEquals(96, config.crop().size());
    assertEquals(Augmentation.usual(96), config.augmentation());
  }

  @Test
  void theFourWeightsOfTheLossAreOneOption() {
    assertEquals(new Alphas(1, 2, 3, 4), resolved("--alphas", "1,2,3,4").alphas());
  }

  @Test
  void helpShowsTheDefaultsOfThePresets() {
    String help = Cli.run("train", "--help").out().replaceAll("\\s+", " ");
    for (String line :
        new String[] {
          "--epochs=N number of epochs (quick: 12, paper: 30)",
          "--tau1=T threshold of the attention heat map, 0 to 1 (default: 0.7)",
          "regression (default: 0.8,0.1,0.1,0.1)",
          "--threads=N number of CPU threads (default: one per processor)",
        }) {
      assertTrue(help.contains(line), () -> line + " is not in " + help);
    }
  }

  @Test
  void helpShowsDefaultsOfTheCommandWhereItHasItsOwn() {
    String crossval = Cli.run("crossval", "--help").out().replaceAll("\\s+", " ");
    assertTrue(crossval.contains("number of CPU threads (default: 1 per fold)"), crossval);
    String predict = Cli.run("predict", "--help").out().replaceAll("\\s+", " ");
    assertTrue(predict.contains("fp32, tf32 or bf16 (default: as in training)"), predict);
  }
}
