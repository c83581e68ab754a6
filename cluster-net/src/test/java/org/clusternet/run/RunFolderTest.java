package org.clusternet.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.clusternet.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No run writes into another's folder, and none leaves an empty one behind. */
class RunFolderTest {
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 2, 3, 4, 5);

  @TempDir private Path parent;

  @Test
  void folderNamesAreTimeAndVariantAndUnique() throws IOException {
    Path runs = parent.resolve("deep/runs");
    try (RunFolder first = RunFolder.create(runs, TIME, "all");
        RunFolder second = RunFolder.create(runs, TIME, "all");
        RunFolder third = RunFolder.create(runs, TIME, "all")) {
      assertEquals(runs.resolve("2026-01-02_03-04-05_all"), first.path());
      assertEquals(runs.resolve("2026-01-02_03-04-05_all_2"), second.path());
      assertEquals(runs.resolve("2026-01-02_03-04-05_all_3"), third.path());
      assertTrue(Files.isDirectory(third.path()));
    }
  }

  @Test
  void aFolderThatIsNotEmptyIsRefused() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("run"));
    Files.writeString(folder.resolve("notes.txt"), "mine");
    String message = assertThrows(DataException.class, () -> RunFolder.create(folder)).getMessage();
    assertEquals(folder + ": is not empty; name a new folder or remove this one", message);
    assertEquals("mine", Files.readString(folder.resolve("notes.txt")));
  }

  @Test
  void anEmptyFolderIsUsed() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("run"));
    try (RunFolder run = RunFolder.create(folder)) {
      assertEquals(folder, run.path());
    }
  }

  @Test
  void theFolderOfARunThatWroteNothingIsRemoved() {
    Path folder = parent.resolve("run");
    RunFolder.create(folder).close();
    assertFalse(Files.exists(folder));
  }

  /** The names are those under which AtomicFile, AtomicFolder and the writer of weights begin. */
  @Test
  void onlyUnfinishedFilesAreDeleted() throws IOException {
    Path folder = parent.resolve("run");
    Set<String> stay = Set.of("config.yaml", ".x.csv.0-1-2.tmp", "x.12.tmp", ".notes.tmp");
    Files.createDirectories(folder.resolve("checkpoints"));
    for (String name : stay) {
      Files.createFile(folder.resolve(name));
    }
    Files.createFile(folder.resolve(".metrics.csv.123-12.tmp"));
    Files.createFile(folder.resolve(".model.safetensors.123.tmp"));
    Files.createFile(folder.resolve("checkpoints/.epoch-1.safetensors.123.tmp"));
    Files.createDirectories(folder.resolve(".data.123-1.tmp/images"));
    RunFolder.open(folder).close();
    try (Stream<Path> left = Files.list(folder)) {
      Set<String> expected = new HashSet<>(stay);
      expected.add("checkpoints");
      assertEquals(expected, left.map(f -> f.getFileName().toString()).collect(Collectors.toSet()));
    }
    try (Stream<Path> left = Files.list(folder.resolve("checkpoints"))) {
      assertEquals(0, left.count());
    }
  }

  /** A process that was killed before it wrote its settings leaves such a folder. */
  @Test
  void aFolderWithUnfinishedFilesOnlyIsAccepted() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("run"));
    Files.createFile(folder.resolve(".lock"));
    Files.createDirectories(folder.resolve(".data.123-1.tmp/images"));
    RunFolder.create(folder).close();
    assertFalse(Files.exists(folder));
  }

  @Test
  void aFolderIsLockedForOneRun() {
    Path folder = parent.resolve("run");
    try (RunFolder first = RunFolder.create(folder)) {
      for (int twice = 0; twice < 2; twice++) {
        String message =
            assertThrows(DataException.class, () -> RunFolder.open(folder)).getMessage();
        assertEquals(
            first.path()
                + ": another run is writing here; wait for its end or choose another folder",
            message);
      }
    }
    RunFolder.open(folder).close();
  }

  @Test
  void finishedFilesOfARunStay() throws IOException {
    try (RunFolder run = RunFolder.create(parent.resolve("run"))) {
      Files.writeString(run.epochs(), "epoch\n1\n");
    }
    assertEquals("epoch\n1\n", Files.readString(parent.resolve("run/metrics.csv")));
  }
}
