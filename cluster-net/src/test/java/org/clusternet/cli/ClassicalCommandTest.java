package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.clusternet.data.dataset.Catalog;
import org.clusternet.data.fold.Folds;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassicalCommandTest {
  @TempDir private static Path temporary;
  private static Path data;

  @BeforeAll
  static void simulate() {
    data = temporary.resolve("data");
    Cli.Result result =
        Cli.run(
            "simulate",
            "--clusters",
            "12",
            "--mix",
            "balanced",
            "--size",
            "256",
            "--kpc-per-pixel",
            "10",
            "--out",
            data.toString());
    assertEquals(0, result.exit(), result::toString);
  }

  private static Cli.Result run(Path folder, String out, String... more) {
    List<String> start =
        List.of("classical", "--data", folder.toString(), "--out", temporary.resolve(out) + "");
    return Cli.run(Stream.concat(start.stream(), List.of(more).stream()).toArray(String[]::new));
  }

  @Test
  void scoresAndPredictionsAreWritten() throws IOException {
    Cli.Result result = run(data, "scores", "--folds", "4", "--seed", "7", "--threads", "1");
    assertEquals(0, result.exit(), result::toString);
    assertTrue(
        result.out().startsWith("36 images of 12 clusters (CC 12, WCC 12, NCC 12), 4 folds"));
    Path out = temporary.resolve("scores");
    Table scores = Table.read(out.resolve("classical.csv"));
    List<String> names =
        List.of("c_phys", "c_scaled", "central_density", "cuspiness", "peak_offset", "logistic");
    assertEquals(names, scores.rows().stream().map(r -> scores.get(r, "classifier")).toList());
    for (List<String> row : scores.rows()) {
      double[] f1 = scores.numbers(row, "cc_f1", "wcc_f1", "ncc_f1", "macro_f1");
      assertEquals(f1[3], (f1[0] + f1[1] + f1[2]) / 3, 2e-6);
    }
    Table predictions = Table.read(out.resolve("predictions.csv"));
    Catalog catalog = Catalog.read(data);
    Folds folds = Folds.stratified(catalog.entries(), 4, 7);
    assertEquals(36, predictions.rows().size());
    int right = 0;
    for (List<String> row : predictions.rows()) {
      String fold = folds.foldOfCluster().get(predictions.get(row, "cluster_id")).toString();
      assertEquals(fold, predictions.get(row, "fold"));
      double[] p = predictions.numbers(row, "p_cc", "p_wcc", "p_ncc");
      assertEquals(1, p[0] + p[1] + p[2], 3e-6);
      right += predictions.get(row, "logistic").equals(predictions.get(row, "label")) ? 1 : 0;
    }
    List<String> last = scores.rows().get(5);
    double accuracy = scores.numbers(last, "accuracy")[0];
    assertEquals(right / 36.0, accuracy, 1e-6);
    // The splits go into training, and back in here.
    Cli.Result again = run(data, "again", "--splits", out.resolve("splits.csv") + "");
    assertEquals(0, again.exit(), again::toString);
    assertArrayEquals(bytes("scores", "predictions.csv"), bytes("again", "predictions.csv"));
    assertTrue(Files.readString(out.resolve("classical.json")).contains("\"macro_f1\""));
  }

  @Test
  void threadsChangeNothing() throws IOException {
    assertEquals(0, run(data, "one", "--folds", "3", "--threads", "1").exit());
    assertEquals(0, run(data, "three", "--folds", "3", "--threads", "3").exit());
    for (String file :
        List.of("classical.csv", "classical.json", "predictions.csv", "measures.csv")) {
      assertArrayEquals(bytes("one", file), bytes("three", file), file);
    }
  }

  private static byte[] bytes(String run, String file) throws IOException {
    return Files.readAllBytes(temporary.resolve(run).resolve(file));
  }

  @Test
  void aDatasetWithoutScaleNamesTheRemedy() throws IOException {
    SmallDataset small = new SmallDataset(temporary.resolve("small"));
    Cli.Result result = run(small.path(), "none", "--folds", "3", "--threads", "1");
    assertEquals(1, result.exit());
    String complaint = result.complaint();
    assertTrue(complaint.contains("c0.fits: its kpc per pixel is not known"), complaint);
    assertTrue(complaint.contains("add the column kpc_per_pixel, or redshift"), complaint);

    small.edit("label\n", "label,kpc_per_pixel\n");
    for (String label : List.of("CC", "WCC", "NCC")) {
      small.edit("fits," + label + "\n", "fits," + label + ",30\n");
    }
    complaint = run(small.path(), "none", "--folds", "3", "--threads", "1").complaint();
    assertTrue(complaint.contains("c0.fits: its r500 is not known"), complaint);
    assertTrue(complaint.contains("add the column r500_kpc"), complaint);

    result = run(small.path(), "some", "--folds", "3", "--measures", "c_phys,peak_offset");
    assertEquals(0, result.exit(), result::toString);
    assertTrue(result.out().contains("c_phys") && !result.out().contains("c_scaled"));
    assertFalse(Files.exists(temporary.resolve("none")));
  }

  @Test
  void aMeasureThatImagesCannotGiveIsLeftOutUnlessAskedFor() throws IOException {
    SmallDataset small = new SmallDataset(temporary.resolve("counts"));
    small.edit("label\n", "label,kpc_per_pixel,r500_kpc\n");
    for (String label : List.of("CC", "WCC", "NCC")) {
      small.edit("fits," + label + "\n", "fits," + label + ",60,1000\n");
    }
    Cli.Result result = run(small.path(), "left", "--folds", "3");
    assertEquals(0, result.exit(), result::toString);
    assertTrue(
        result.err().contains("central_density has no value in images=9 of 9 and is left out"),
        result::err);
    String complaint =
        run(small.path(), "asked", "--folds", "3", "--measures", "central_density").complaint();
    assertTrue(complaint.contains("it needs images in BUNIT=erg s-1 cm-2"), complaint);
  }
}
