package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real JVMs that are told to end in the middle of training, or killed. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there a process cannot be told to end")
class InterruptedRunTest {
  private static final int TERMINATED = 128 + 15;
  private static final int KILLED = 128 + 9;

  @TempDir private Path folder;
  private Path log;
  private Path run;

  @BeforeEach
  void paths() {
    log = folder.resolve("log");
    run = folder.resolve("run");
  }

  private String[] train(Path out, int epochs) {
    return new String[] {
      "--clusters",
      "6",
      "--folds",
      "3",
      "--central-crop",
      "64",
      "--image-size",
      "32",
      "--width",
      "8",
      "--batch",
      "2",
      "--epochs",
      Integer.toString(epochs),
      "--device",
      "cpu",
      "--threads",
      "1",
      "--out",
      out.toString()
    };
  }

  private String[] resume() {
    return new String[] {"--resume", run.toString()};
  }

  @Test
  void aRunThatIsToldToEndWritesACheckpointAndSaysHowToGoOn() throws Exception {
    try (TrainingProcess process = new TrainingProcess(log, train(run, 100_000))) {
      process.awaitFile(run.resolve("checkpoints/epoch-2.safetensors"));
      assertEquals(TERMINATED, process.terminate());
    }
    assertEquals(
        Set.of(
            "checkpoints", "config.yaml", "data", "metrics.csv", "model.safetensors", "splits.csv"),
        names(run));
    Table table = Table.read(run.resolve("metrics.csv"));
    assertTrue(table.rows().stream().allMatch(row -> row.size() == table.columns().size()));
    List<String> lines = Files.readAllLines(log);
    String last = lines.get(lines.size() - 1);
    assertTrue(last.startsWith("stopped at "), last);
    assertTrue(last.endsWith("; continue with: cluster-net train --resume " + run), last);
    String stopped = last.substring("stopped at ".length(), last.indexOf(';'));
    try (TrainingProcess process = new TrainingProcess(log, resume())) {
      process.awaitFile(
          run.resolve("checkpoints/epoch-%d.safetensors".formatted(table.rows().size() + 2)));
      assertEquals(TERMINATED, process.terminate());
    }
    assertTrue(Files.readAllLines(log).contains("continuing from " + stopped));
    Path image = run.resolve("data/images/sim00002_z.fits");
    String out = folder.resolve("out").toString();
    Cli.Result predicted =
        Cli.run("predict", "--model", run.toString(), "--out", out, image.toString());
    assertEquals(0, predicted.exit(), predicted::toString);
  }

  @Test
  void aRunThatIsKilledGoesOn() throws Exception {
    killAndGoOn(2, 12);
  }

  @Test
  @Tag("slow")
  void aRunThatIsKilledFiftyTimesGoesOn() throws Exception {
    killAndGoOn(60, 400);
  }

  /**
   * Kills a run at random moments after its first checkpoint, which is written by a quarter of the
   * time. Each time it must go on, from the last or the last but one; at its end it has the bytes
   * of a run that was left alone.
   */
  private void killAndGoOn(int kills, int epochs) throws Exception {
    Path whole = folder.resolve("whole");
    String[] command =
        Stream.concat(Stream.of("train"), Stream.of(train(whole, epochs))).toArray(String[]::new);
    assertEquals(0, Cli.run(command).exit());
    Random random = new Random(kills);
    List<Integer> reached = new ArrayList<>();
    for (int kill = 0; kill < kills; kill++) {
      String[] arguments = kill == 0 ? train(run, epochs) : resume();
      try (TrainingProcess process = new TrainingProcess(log, arguments)) {
        int next = (reached.isEmpty() ? 0 : reached.get(kill - 1)) + 1;
        process.awaitFile(run.resolve("checkpoints/epoch-" + next + ".safetensors"));
        Thread.sleep(random.nextInt(300));
        assertTrue(process.isAlive(), "it has come to its end");
        process.kill();
        assertEquals(KILLED, process.await());
      }
      reached.add(lastEpoch());
    }
    try (TrainingProcess process = new TrainingProcess(log, resume())) {
      assertEquals(0, process.await());
    }
    for (String name :
        List.of("config.yaml", "splits.csv", "predictions.csv", "model.safetensors")) {
      assertEquals(-1, Files.mismatch(whole.resolve(name), run.resolve(name)), name);
    }
    assertEquals(names(whole), names(run));
    long resumed =
        Files.readAllLines(log).stream()
            .filter(line -> line.startsWith("continuing from "))
            .count();
    assertEquals(kills, resumed, "each session went on from a checkpoint");
  }

  private int lastEpoch() throws IOException {
    return names(run.resolve("checkpoints")).stream()
        .filter(name -> name.matches("epoch-\\d+\\.safetensors"))
        .mapToInt(name -> Integer.parseInt(name.replaceAll("\\D", "")))
        .max()
        .orElseThrow();
  }

  private static Set<String> names(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files
          .map(f -> f.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
