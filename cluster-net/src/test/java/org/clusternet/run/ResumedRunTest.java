package org.clusternet.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.clusternet.config.ConfigFile;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.DataException;
import org.clusternet.network.Variant;
import org.clusternet.training.TrainingStoppedException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is interrupted and goes on ends with the bytes of one that was not. */
class ResumedRunTest {
  private static final TrainingConfig CONFIG = SmallRun.config();

  @TempDir private static Path shared;
  private static Map<String, String> expected;

  @TempDir private Path parent;

  @BeforeAll
  static void uninterrupted() throws IOException {
    Path run = shared.resolve("whole");
    SmallRun.Result result = SmallRun.execute(CONFIG, run, SmallRun.never());
    assertNull(result.failure());
    expected = SmallRun.files(run);
    assertFalse(expected.get("names").contains("checkpoints"), expected.get("names"));
  }

  /** A run that was stopped after so many steps and ends of epochs. */
  private Path stopped(int questions) {
    Path run = parent.resolve("run");
    SmallRun.Result result = SmallRun.execute(CONFIG, run, SmallRun.after(questions));
    assertInstanceOf(TrainingStoppedException.class, result.failure());
    return run;
  }

  private static void assertGoesOn(Path run) throws IOException {
    SmallRun.Result result = SmallRun.execute(CONFIG, run, SmallRun.never());
    assertNull(result.failure(), result.log()::toString);
    assertEquals(expected, SmallRun.files(run));
  }

  private static List<String> checkpoints(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  /** After the first step, all steps but one, all steps, and the whole of the first epoch. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5})
  void aRunThatWasStoppedOnceContinues(int questions) throws IOException {
    Path run = stopped(questions);
    String name = questions > SmallRun.STEPS ? "epoch-1" : "epoch-0-step-" + questions;
    assertEquals(List.of(name + ".safetensors"), checkpoints(run));
    assertGoesOn(run);
  }

  /** Two steps a session, through all epochs. */
  @Test
  void aRunThatIsStoppedAgainAndAgainReachesItsEnd() throws IOException {
    Path run = parent.resolve("run");
    int sessions = 1;
    while (SmallRun.execute(CONFIG, run, SmallRun.after(2)).failure() != null) {
      assertTrue(checkpoints(run).size() <= 2, "the last two are kept");
      assertTrue(++sessions < 20, "it does not get there");
    }
    assertTrue(sessions > SmallRun.EPOCHS, "sessions=" + sessions);
    assertEquals(expected, SmallRun.files(run));
  }

  @Test
  void theLogSaysWhereARunStoppedAndHowToContinue() {
    Path run = parent.resolve("run");
    List<String> log = SmallRun.execute(CONFIG, run, SmallRun.after(7)).log();
    assertEquals(
        "stopped at epoch 2, step 2; continue with: cluster-net train --resume " + run,
        log.get(log.size() - 1));
    assertTrue(
        SmallRun.execute(CONFIG, run, SmallRun.never())
            .log()
            .contains("continuing from epoch 2, step 2"));
  }

  @Test
  void aFinishedRunIsOnlyRead() throws IOException {
    Path run = shared.resolve("whole");
    SmallRun.Result again = SmallRun.execute(CONFIG, run, SmallRun.never());
    assertEquals(List.of(), again.log());
    assertEquals(Scores.read(run.resolve("metrics.json")).table(), again.scores().table());
    assertTrue(again.scores().table().startsWith("variant all, test fold 0 of 3, epoch "));
  }

  /** A byte of the checksums, of the weights, of the end; and a file that is cut off. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 0.4, 1})
  void aDamagedCheckpointIsReportedAndTheOneBeforeItUsed(double place) throws IOException {
    Path run = stopped(2 * (SmallRun.STEPS + 1));
    assertEquals(List.of("epoch-1.safetensors", "epoch-2.safetensors"), checkpoints(run));
    flip(run.resolve("checkpoints/epoch-2.safetensors"), place);
    SmallRun.Result result = SmallRun.execute(CONFIG, run, SmallRun.never());
    assertNull(result.failure());
    assertTrue(
        result.log().stream()
            .anyMatch(
                line ->
                    line.startsWith("damaged checkpoint: " + run.resolve("checkpoints/epoch-2"))
                        && line.endsWith("; going back to epoch-1.safetensors")),
        result.log()::toString);
    assertTrue(result.log().contains("continuing from the end of epoch 1"), result.log()::toString);
    assertEquals(expected, SmallRun.files(run));
  }

  /** At a part of the file; the last byte for 1. */
  private static void flip(Path file, double place) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long at = Math.min((long) (place * channel.size()), channel.size() - 1);
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, at);
      one.put(0, (byte) (one.get(0) ^ 1)).flip();
      channel.write(one, at);
    }
  }

  @Test
  void aRunWithDamagedCheckpointsOnlyIsRefused() throws IOException {
    Path run = stopped(2 * (SmallRun.STEPS + 1));
    for (String name : checkpoints(run)) {
      Path file = run.resolve("checkpoints").resolve(name);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(channel.size() - 1);
      }
    }
    SmallRun.Result result = SmallRun.execute(CONFIG, run, SmallRun.never());
    assertInstanceOf(DataException.class, result.failure());
    String message = result.failure().getMessage();
    assertTrue(message.startsWith("damaged checkpoint: " + run), message);
    assertTrue(message.endsWith("; no other is left: delete this run and start again"), message);
    assertEquals(2, checkpoints(run).size(), "nothing is deleted");
  }

  @Test
  void otherSettingsAreRefusedWithTheirNames() {
    Path run = stopped(1);
    SmallRun.Result result =
        SmallRun.execute(CONFIG.withSeed(4).withVariant(Variant.BASELINE), run, SmallRun.never());
    assertEquals(
        run
            + ": was begun with other settings (config.yaml says seed=3, now 4, variant=\"all\","
            + " now \"baseline\"); choose another folder, or those settings",
        result.failure().getMessage());
  }

  @Test
  void editedSettingsAreRefused() throws IOException {
    Path run = stopped(1);
    Path file = run.resolve("config.yaml");
    Files.writeString(file, Files.readString(file).replace("batch: 2", "batch: 3"));
    SmallRun.Result result = SmallRun.execute(ConfigFile.read(file), run, SmallRun.never());
    assertTrue(
        result.failure().getMessage().contains("(its checkpoint says optimizer.batch=2, now 3)"),
        result.failure()::toString);
  }

  @Test
  void aClusterUnderTwoIdsIsRefused() throws IOException {
    Path run = stopped(1);
    Path images = run.resolve("data/images");
    Files.copy(
        images.resolve("sim00000_x.fits"),
        images.resolve("sim00001_x.fits"),
        StandardCopyOption.REPLACE_EXISTING);
    SmallRun.Result refused = SmallRun.execute(CONFIG, run, SmallRun.never());
    assertTrue(
        refused
            .failure()
            .getMessage()
            .contains("cluster_id=sim00000 and cluster_id=sim00001 have an image of equal pixels"),
        refused.failure()::toString);
  }

  @Test
  void otherImagesAreRefused() throws IOException {
    Path run = stopped(1);
    Path images = run.resolve("data/images");
    Files.copy(
        images.resolve("sim00000_x.fits"),
        images.resolve("sim00000_y.fits"),
        StandardCopyOption.REPLACE_EXISTING);
    SmallRun.Result result = SmallRun.execute(CONFIG, run, SmallRun.never());
    assertInstanceOf(DataException.class, result.failure());
    assertTrue(
        result
            .failure()
            .getMessage()
            .startsWith(
                run + ": the images, classes or folds are not those that the run was begun"),
        result.failure()::toString);
  }

  /** As somebody may put there; NFS does so with files that are still open. */
  @Test
  void aForeignFileBesideTheCheckpointsIsIgnored() throws IOException {
    Path run = stopped(1);
    Files.writeString(run.resolve("checkpoints/notes.txt"), "mine");
    SmallRun.Result result = SmallRun.execute(CONFIG, run, SmallRun.never());
    assertNull(result.failure(), result.log()::toString);
    assertEquals(List.of("notes.txt"), checkpoints(run));
  }

  /** The disk is /dev/full: the temporary file of the next checkpoint is a link to it. */
  @Test
  void aFullDiskEndsTheRunAndLeavesTheCheckpointBefore() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "there is no /dev/full");
    Path run = stopped(SmallRun.STEPS + 1);
    Files.createSymbolicLink(
        run.resolve(
            "checkpoints/.epoch-2.safetensors.%d.tmp".formatted(ProcessHandle.current().pid())),
        full);
    SmallRun.Result result = SmallRun.execute(CONFIG, run, SmallRun.never());
    assertInstanceOf(DataException.class, result.failure());
    String message = result.failure().getMessage();
    assertTrue(
        message.startsWith(
            run.resolve("checkpoints/epoch-2.safetensors")
                + ": the checkpoint cannot be written: "),
        message);
    assertTrue(message.contains("No space left on device"), message);
    assertTrue(message.endsWith("; correct this, then continue with --resume"), message);
    assertEquals(List.of("epoch-1.safetensors"), checkpoints(run));
    assertGoesOn(run);
  }

  @Test
  void aReadOnlyFolderEndsTheRunAndLeavesTheCheckpointBefore() throws IOException {
    Path run = stopped(SmallRun.STEPS + 1);
    Path checkpoints = run.resolve("checkpoints");
    assertTrue(checkpoints.toFile().setWritable(false));
    try {
      Assumptions.assumeFalse(
          Files.isWritable(checkpoints), "this user may write into read-only folders");
      SmallRun.Result result = SmallRun.execute(CONFIG, run, SmallRun.never());
      assertInstanceOf(DataException.class, result.failure());
      assertTrue(
          result.failure().getMessage().contains("the checkpoint cannot be written: "),
          result.failure()::toString);
      assertEquals(List.of("epoch-1.safetensors"), checkpoints(run));
    } finally {
      assertTrue(checkpoints.toFile().setWritable(true));
    }
    assertGoesOn(run);
  }

  /**
   * As cross-validation does: two jobs in one process, each with a device and folder of its own.
   */
  @Test
  void twoRunsAtOnceDoNotDisturbEachOther() throws IOException {
    Path first = parent.resolve("first");
    Path second = parent.resolve("second");
    CompletableFuture<SmallRun.Result> other =
        CompletableFuture.supplyAsync(() -> SmallRun.execute(CONFIG, first, SmallRun.never()));
    assertNull(SmallRun.execute(CONFIG, second, SmallRun.never()).failure());
    assertNull(other.join().failure());
    assertEquals(expected, SmallRun.files(first));
    assertEquals(expected, SmallRun.files(second));
  }
}
