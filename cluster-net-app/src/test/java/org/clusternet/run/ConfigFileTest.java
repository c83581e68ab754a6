package org.clusternet.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.clusternet.data.DataException;
import org.clusternet.training.TrainingConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings survive the file, and a file that was tampered with is told from a good one. */
class ConfigFileTest {
  @TempDir private Path folder;

  @Test
  void comesBackAsItWas() {
    for (TrainingConfig config :
        new TrainingConfig[] {TrainingConfig.quick(null), TrainingConfig.paper("some/folder")}) {
      Path file = folder.resolve("config.json");
      ConfigFile.write(file, config);
      assertEquals(config, ConfigFile.read(file));
    }
  }

  /** The file is for people and for other programs: its names are part of what is promised. */
  @Test
  void isWrittenInSnakeCaseWithThePapersNumbers() {
    String text = ConfigFile.text(TrainingConfig.paper("x"));
    assertEquals(
        """
        {
          "preset" : "paper",
          "seed" : 0,
          "data" : {
            "folder" : "x",
            "simulation" : null,
            "central_crop" : 256,
            "image_size" : 256,
            "splits" : null,
            "folds" : 10,
            "fold" : 0
          },
          "variant" : "all",
          "width" : 64,
          "weights" : {
            "source" : "imagenet",
            "partial" : false
          },
          "crop" : {
            "tau1" : 0.7,
            "tau2" : 0.7,
            "lambda" : 25.0,
            "size" : 256,
            "combine" : "union",
            "cam_class" : "predicted"
          },
          "alphas" : {
            "primary" : 0.8,
            "auxiliary" : 0.1,
            "fusion" : 0.1,
            "regression" : 0.1
          },
          "optimizer" : {
            "epochs" : 30,
            "batch" : 16,
            "learning_rate" : 0.001,
            "decay_every" : 10,
            "decay_factor" : 0.1
          },
          "compute" : {
            "device" : "auto",
            "precision" : "fp32",
            "threads" : %d
          }
        }
        """
            .formatted(Runtime.getRuntime().availableProcessors()),
        text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"seed\" : 0          | \"seed\" : 0, \"x\" : 1    | config: unknown key=x; known are [",
        "\"tau1\" : 0.7        | \"tau1\" : 0.7, \"t\" : 1  | config: unknown key=crop.t; known are",
        "\"seed\" : 0,         | ' '                        | config: missing key=seed",
        "\"tau1\" : 0.7        | \"tau0\" : 0.7             | config: missing key=crop.tau1",
        "\"epochs\" : 30       | \"epochs\" : null          | config: at optimizer.epochs: Cannot map",
        "\"epochs\" : 30       | \"epochs\" : 2.5           | config: at optimizer.epochs: Cannot",
        "\"epochs\" : 30       | \"epochs\" : 0             | config: at optimizer: epochs=0; it must",
        "\"variant\" : \"all\" | \"variant\" : \"some\"     | config: at variant: Cannot deserialize",
        "\"device\" : \"auto\" | \"device\" : \"tpu\"       | config: at compute: device=tpu; it must",
        "\"seed\" : 0          | \"seed\" : 0, \"seed\" : 1 | config: is no JSON: Duplicate field",
        "\"seed\" : 0,         | \"seed\" : 0               | config: is no JSON: Unexpected character",
      })
  void aWrongFileIsToldInOneLine(String from, String to, String expected) {
    String good = ConfigFile.text(TrainingConfig.paper("x"));
    assertTrue(good.contains(from), from);
    String bad = good.replace(from, to);
    String message =
        assertThrows(DataException.class, () -> ConfigFile.parse(bad, "config")).getMessage();
    assertTrue(message.startsWith(expected), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void aFileThatIsCutOffIsNamed() throws IOException {
    Path file = folder.resolve("config.json");
    Files.writeString(file, "{\"preset\" :");
    String message = assertThrows(DataException.class, () -> ConfigFile.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": is no JSON: "), message);
  }
}
