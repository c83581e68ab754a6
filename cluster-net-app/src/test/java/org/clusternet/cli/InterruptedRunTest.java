package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real JVM that is told to end in the middle of training. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there a process cannot be told to end")
class InterruptedRunTest {
  private static final long PATIENCE_SECONDS = 120;

  @TempDir private Path folder;

  @Test
  void whatWasFinishedIsWholeAndCanBeUsed() throws Exception {
    Path run = folder.resolve("run");
    Process process = start(run);
    try {
      Path epochs = run.resolve("metrics.csv");
      for (int tries = 0; !Files.exists(epochs); tries++) {
        assertTrue(tries < 10 * PATIENCE_SECONDS && process.isAlive(), "no epoch was finished");
        Thread.sleep(100);
      }
      process.destroy();
      assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not end");
    } finally {
      process.destroyForcibly();
    }
    assertEquals(
        Set.of(
            "checkpoints", "config.json", "data", "metrics.csv", "model.safetensors", "splits.csv"),
        names(run));
    Table table = Table.read(run.resolve("metrics.csv"));
    assertEquals(11, table.columns().size());
    assertTrue(table.rows().stream().allMatch(row -> row.size() == 11));
    Cli.Result predicted =
        Cli.run(
            "predict",
            "--model",
            run.toString(),
            "--out",
            folder.resolve("out").toString(),
            run.resolve("data/images/sim00002_z.fits").toString());
    assertEquals(0, predicted.exit(), predicted::toString);
  }

  private Process start(Path run) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "org.clusternet.cli.Main",
            "train",
            "--clusters",
            "6",
            "--folds",
            "3",
            "--image-size",
            "32",
            "--epochs",
            "100000",
            "--threads",
            "1",
            "--out",
            run.toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static Set<String> names(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files
          .map(f -> f.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
