package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that the program of November 2026 wrote, before its packages moved: a simulated dataset, a
 * finished run on it ({@code whole}), and the same run told to end in its second epoch ({@code
 * cut}). Whoever has such folders must be able to go on with them.
 *
 * <p>Both were made with {@code train --data data --folds 3 --width 1 --image-size 32
 * --central-crop 32 --epochs 3 --batch 4 --augment --threads 2 --seed 7}. Numbers are compared
 * within what other processors may add up differently.
 */
class EarlierRunsTest {
  private static final double TOLERANCE = 1e-3;
  private static final String[] PROBABILITIES = {"p_cc", "p_wcc", "p_ncc"};

  @TempDir private Path folder;

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream file = EarlierRunsTest.class.getResourceAsStream("earlier-runs.zip");
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(zip, target);
        }
      }
    }
  }

  @Test
  void anEarlierModelPredictsAsItDid() throws IOException {
    Table earlier = Table.read(folder.resolve("whole/predictions.csv"));
    Path out = folder.resolve("predicted");
    List<String> arguments = new ArrayList<>(List.of("predict", "--out", out.toString()));
    arguments.addAll(List.of("--model", folder.resolve("whole").toString()));
    for (List<String> row : earlier.rows()) {
      arguments.add(folder.resolve("data").resolve(earlier.get(row, "file")).toString());
    }
    Cli.Result result = Cli.run(arguments.toArray(String[]::new));
    assertEquals(0, result.exit(), result::toString);
    assertSameProbabilities(earlier, Table.read(out.resolve("predictions.csv")));
  }

  @Test
  void anEarlierCheckpointEndsInTheSamePredictions() throws Exception {
    train("--resume", "cut");
    assertSameProbabilities(
        Table.read(folder.resolve("whole/predictions.csv")),
        Table.read(folder.resolve("cut/predictions.csv")));
  }

  @Test
  void anEarlierConfigurationTrainsTheSameNetwork() throws Exception {
    train("--config", "whole/config.yaml", "--out", "again");
    assertSameProbabilities(
        Table.read(folder.resolve("whole/predictions.csv")),
        Table.read(folder.resolve("again/predictions.csv")));
  }

  /** Trains in the folder from which the settings name the dataset. */
  private void train(String... arguments) throws Exception {
    Path log = folder.resolve("log");
    try (TrainingProcess process = new TrainingProcess(log, arguments)) {
      assertEquals(0, process.await(), () -> read(log));
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertSameProbabilities(Table earlier, Table now) {
    assertEquals(earlier.rows().size(), now.rows().size());
    for (int i = 0; i < earlier.rows().size(); i++) {
      assertArrayEquals(
          earlier.numbers(earlier.rows().get(i), PROBABILITIES),
          now.numbers(now.rows().get(i), PROBABILITIES),
          TOLERANCE,
          "row " + i);
    }
  }
}
