package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.clusternet.nn.safetensors.SafetensorsFile;
import org.clusternet.nn.safetensors.SafetensorsWriter;
import org.clusternet.nn.safetensors.StoredTensor;
import org.clusternet.nn.safetensors.StoredType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models without settings, as a program in PyTorch writes them under the network's keys. */
class ForeignModelTest {
  @TempDir private static Path folder;
  private static SmallDataset data;
  private static Path run;
  private static Path foreign;

  @BeforeAll
  static void train() throws IOException {
    data = new SmallDataset(folder.resolve("data"));
    run = folder.resolve("run");
    String crop = Integer.toString(SmallDataset.SIZE);
    Cli.Result result = Cli.train(run, "--data", data.path().toString(), "--central-crop", crop);
    assertEquals(0, result.exit(), result::toString);
    foreign = folder.resolve("foreign.safetensors");
    try (SafetensorsFile file = SafetensorsFile.open(run.resolve("model.safetensors"))) {
      List<StoredTensor> tensors = new ArrayList<>(file.tensors());
      tensors.add(
          StoredTensor.of("primary.bn1.num_batches_tracked", StoredType.I64, List.of(), 100));
      SafetensorsWriter.write(foreign, Map.of(), tensors);
    }
  }

  private static Cli.Result predict(Path model, String out, String... options) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("predict", "--model", model.toString(), data.file(0).toString()));
    args.addAll(List.of("--out", folder.resolve(out).toString()));
    args.addAll(List.of(options));
    return Cli.run(args.toArray(String[]::new));
  }

  @Test
  void settingsFromAFileGiveTheSameAnswerAsThoseOfTheModel() throws IOException {
    Cli.Result own = predict(run, "own");
    assertEquals(0, own.exit(), own::toString);
    Cli.Result given = predict(foreign, "given", "--config", run.resolve("config.yaml").toString());
    assertEquals(0, given.exit(), given::toString);
    assertEquals(probabilities("own"), probabilities("given"));
  }

  private static String probabilities(String out) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(out).resolve("predictions.csv"));
    return String.join(",", List.of(lines.get(1).split(",")).subList(1, 9));
  }

  @Test
  void withoutAFileThePapersSettingsAreAssumedAndTheLogSaysSo() {
    Cli.Result result = predict(foreign, "assumed");
    assertTrue(
        result
            .toString()
            .contains(
                "foreign.safetensors: has no settings; the paper's are assumed, --config FILE"
                    + " gives others"),
        result::toString);
  }

  @Test
  void aFileBesideTheModelsOwnSettingsIsRefused() {
    Cli.Result result = predict(run, "both", "--config", run.resolve("config.yaml").toString());
    assertEquals(1, result.exit(), result::toString);
    assertTrue(result.complaint().contains("has settings of its own"), result::toString);
  }
}
