package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {

  @TempDir private Path folder;

  @Test
  void goesThroughTrainingAndPrediction() throws Exception {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    int exit =
        Rehearsal.run(
            folder.resolve("rehearsal"), new PrintStream(log, true, StandardCharsets.UTF_8));
    assertEquals(0, exit);
    assertEquals(
        List.of("rehearsal of simulate", "rehearsal of train", "rehearsal of predict"),
        log.toString(StandardCharsets.UTF_8).lines().toList());
    Path predictions = folder.resolve("rehearsal/predicted/predictions.csv");
    assertEquals(2, Files.readAllLines(predictions).size());
  }

  @Test
  void endsWithTheFirstCommandThatFails() throws Exception {
    Files.writeString(folder.resolve("data"), "in the way");
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    int exit = Rehearsal.run(folder, new PrintStream(log, true, StandardCharsets.UTF_8));
    assertTrue(exit != 0);
    assertEquals(1, log.toString(StandardCharsets.UTF_8).lines().count());
  }
}
