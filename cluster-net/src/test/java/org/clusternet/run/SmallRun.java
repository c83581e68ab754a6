package org.clusternet.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.clusternet.config.Augmentation;
import org.clusternet.config.DataConfig;
import org.clusternet.config.Precision;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.image.LogFloor;
import org.clusternet.data.simulate.ClassMix;
import org.clusternet.network.CropConfig;
import org.clusternet.progress.LineProgress;

/**
 * A whole run of seconds: nine images to train on in four steps an epoch, of which three are full
 * batches and so one is recorded and two are replayed, of a narrow network.
 */
final class SmallRun {
  static final int EPOCHS = 3;
  static final int STEPS = 4;
  private static final int SIZE = 32;
  private static final int WIDTH = 8;

  private SmallRun() {}

  static TrainingConfig config() {
    TrainingConfig quick = TrainingConfig.quick(null);
    DataConfig.Simulation simulation =
        new DataConfig.Simulation(9, 2 * SIZE, 16, ClassMix.BALANCED);
    return new TrainingConfig(
        "quick",
        3,
        new DataConfig(null, simulation, 2 * SIZE, SIZE, LogFloor.AUTO, null, 3, 0, false),
        quick.variant(),
        WIDTH,
        quick.weights(),
        CropConfig.paper(SIZE),
        quick.alphas(),
        new TrainingConfig.Optimizer(EPOCHS, 2, 1e-3, 2, 0.1),
        Augmentation.usual(SIZE),
        new TrainingConfig.Compute("cpu", Precision.FP32, 1),
        false);
  }

  /** How a run ended and what it said. */
  record Result(Scores scores, RuntimeException failure, List<String> log) {}

  static Result execute(TrainingConfig config, Path folder, BooleanSupplier stop) {
    List<String> log = new ArrayList<>();
    try (RunFolder run = RunFolder.open(folder)) {
      Scores scores =
          new TrainingRun(config, run, "test", new LineProgress(log::add)).stopWhen(stop).execute();
      return new Result(scores, null, log);
    } catch (RuntimeException e) {
      return new Result(null, e, log);
    }
  }

  /** Stops after so many steps and ends of epochs of this session, counted together. */
  static BooleanSupplier after(int questions) {
    int[] asked = {0};
    return () -> ++asked[0] == questions;
  }

  static BooleanSupplier never() {
    return () -> false;
  }

  /** What of a finished run must be the same however often it was interrupted. */
  static Map<String, String> files(Path run) throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (String name :
        List.of("model.safetensors", "predictions.csv", "splits.csv", "config.yaml")) {
      files.put(name, HexFormat.of().formatHex(digest(run.resolve(name))));
    }
    files.put(
        "metrics.csv without times",
        Files.readAllLines(run.resolve("metrics.csv")).stream()
            .map(line -> line.replaceFirst(",[^,]*,[^,]*$", ""))
            .collect(Collectors.joining("\n")));
    ObjectNode scores =
        (ObjectNode) new JsonMapper().readTree(run.resolve("metrics.json").toFile());
    files.put("metrics.json without times", scores.without("seconds").toString());
    try (Stream<Path> list = Files.list(run)) {
      files.put(
          "names",
          list.map(f -> f.getFileName().toString()).sorted().collect(Collectors.joining(" ")));
    }
    return files;
  }

  private static byte[] digest(Path file) throws IOException {
    try {
      return MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
