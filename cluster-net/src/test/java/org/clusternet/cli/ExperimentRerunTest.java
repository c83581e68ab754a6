package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.clusternet.data.io.AtomicFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Experiments in a folder that holds one already, and those that are refused. */
@ExtendWith(SmallAblation.Shared.class)
class ExperimentRerunTest {
  private static SmallAblation ablation;

  @TempDir private Path folder;

  @BeforeAll
  static void take(SmallAblation shared) {
    ablation = shared;
  }

  /** Results depend neither on the number of jobs nor on interruptions. */
  @Test
  void aRerunTrainsTheMissingFoldsAndGivesTheSameBytes() throws IOException {
    Path again = ablation.copy(folder.resolve("again"));
    AtomicFolder.deleteTree(again.resolve("baseline/seed-4/fold-1"));
    Files.delete(again.resolve("all/seed-3/fold-2/metrics.json"));
    Files.delete(again.resolve("results.json"));
    FileTime before = Files.getLastModifiedTime(again.resolve("all/seed-3/fold-0/metrics.json"));
    Cli.Result rerun = SmallAblation.run(again, "--jobs", "1", "--discard-models");
    assertEquals(0, rerun.exit(), rerun::toString);
    assertTrue(rerun.err().contains("12 folds, 10 of them finished before; 1 at a time on cpu"));
    assertEquals(
        before, Files.getLastModifiedTime(again.resolve("all/seed-3/fold-0/metrics.json")));
    for (String name : List.of("predictions.csv", "results.csv")) {
      assertEquals(-1, Files.mismatch(ablation.out().resolve(name), again.resolve(name)), name);
    }
    assertTrue(Files.exists(again.resolve("results.json")));
    assertFalse(Files.exists(again.resolve("baseline/seed-4/fold-1/model.safetensors")));
    assertTrue(Files.exists(ablation.out().resolve("baseline/seed-4/fold-1/model.safetensors")));
  }

  @Test
  void crossvalUsesTheFinishedFoldsOfAnAblation() throws IOException {
    Path again = ablation.copy(folder.resolve("again"));
    Cli.Result crossval = SmallAblation.command("crossval", again, "--variant", "baseline");
    assertEquals(0, crossval.exit(), crossval::toString);
    assertTrue(crossval.err().contains("3 folds, 3 of them finished before\n"), crossval.err());
    JsonNode one = new JsonMapper().readTree(again.resolve("results.json").toFile());
    JsonNode all = new JsonMapper().readTree(ablation.out().resolve("results.json").toFile());
    assertEquals(
        all.get("rows").get(0).get("repeats").get(0).get("images"),
        one.get("rows").get(0).get("repeats").get(0).get("images"));
    assertTrue(one.get("rows").get(0).get("spread").isNull());
  }

  @Test
  void aFolderMadeWithOtherSettingsIsRefused() {
    Cli.Result other = SmallAblation.run(ablation.out(), "--learning-rate", "0.01");
    assertEquals(1, other.exit());
    assertTrue(
        other
            .complaint()
            .endsWith(
                ": was made with other settings: optimizer.learning_rate=0.001, asked for is 0.01;"
                    + " choose another folder or delete "
                    + ablation.out()),
        other.complaint());
  }

  @Test
  void aFolderMadeFromOtherImagesIsRefused() throws IOException {
    Path again = ablation.copy(folder.resolve("again"));
    Path images = again.resolve("data/images");
    Files.copy(
        images.resolve("sim00000_y.fits"),
        images.resolve("sim00000_x.fits"),
        StandardCopyOption.REPLACE_EXISTING);
    Cli.Result other = SmallAblation.run(again);
    assertEquals(1, other.exit());
    assertTrue(other.err().contains(", that of the images and folds now is "), other.err());
  }

  @Test
  void fewerClustersThanFoldsAreRefusedAndNothingIsLeft() throws IOException {
    SmallDataset nine = new SmallDataset(folder.resolve("nine"));
    Path none = folder.resolve("none");
    Cli.Result few =
        Cli.run(
            "crossval",
            "--data",
            nine.path().toString(),
            "--central-crop",
            "40",
            "--image-size",
            "32",
            "--out",
            none.toString());
    assertEquals(1, few.exit());
    assertEquals(
        "cluster-net: folds: clusters=9 are fewer than folds=10; choose at most 9 folds or add"
            + " clusters",
        few.complaint());
    assertFalse(Files.exists(none));
  }

  @Test
  void classicalRowsAreRefusedForImagesWithoutAScale() throws IOException {
    SmallDataset nine = new SmallDataset(folder.resolve("nine"));
    Cli.Result unknown =
        Cli.run(
            "ablation",
            "--data",
            nine.path().toString(),
            "--central-crop",
            "40",
            "--image-size",
            "32",
            "--folds",
            "3",
            "--out",
            folder.resolve("none").toString());
    assertEquals(1, unknown.exit());
    assertTrue(
        unknown.err().endsWith("; or leave the classical classifiers out: --no-classical\n"),
        unknown.err());
  }

  @Test
  void aDamagedFoldIsRefusedWithItsNameAndTheRemedy() throws IOException {
    Path again = ablation.copy(folder.resolve("again"));
    Path fold = again.resolve("all/seed-3/fold-1");
    Path table = fold.resolve("predictions.csv");
    List<String> lines = Files.readAllLines(table);
    Files.write(table, lines.subList(0, lines.size() - 5));
    assertDamaged(again, fold, "predictions.csv: does not have the predictions that metrics.json");
    Files.delete(table);
    assertDamaged(again, fold, "predictions.csv: no such file");
    Files.writeString(fold.resolve("metrics.json"), "{");
    assertDamaged(again, fold, "metrics.json: is not valid JSON");
  }

  private static void assertDamaged(Path out, Path fold, String says) {
    Cli.Result damaged = SmallAblation.run(out);
    assertEquals(1, damaged.exit());
    String complaint = damaged.err().lines().reduce((a, b) -> b).orElseThrow();
    assertTrue(complaint.contains(says), complaint);
    assertTrue(complaint.endsWith("; delete " + fold + ", and this fold is run again"), complaint);
  }
}
