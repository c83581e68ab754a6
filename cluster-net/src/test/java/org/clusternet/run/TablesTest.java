package org.clusternet.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.clusternet.engine.region.Box;
import org.clusternet.inference.Prediction;
import org.clusternet.training.EpochMetrics;
import org.clusternet.training.LossValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables as other programs read them. */
class TablesTest {
  private static final Prediction FULL =
      new Prediction(List.of(0.25, 0.7, 0.05), Optional.of(new Box(1, 2, 30, 40)));
  private static final Prediction BARE = new Prediction(List.of(1.0, 0.0, 1e-9), Optional.empty());

  @TempDir private Path folder;

  @Test
  void theTableOfEpochsHasAllDigits() throws IOException {
    Path file = folder.resolve("metrics.csv");
    LossValues all = new LossValues(0.1, 0.2, 0.3, 0.4, 1e-5);
    LossValues baseline = new LossValues(0.5, 0.625, Double.NaN, Double.NaN, Double.NaN);
    EpochTable.write(
        file,
        List.of(
            new EpochMetrics(1, 1e-3, all, 0.75, 1 / 3.0, 12.34567, 100),
            new EpochMetrics(2, 1e-4, baseline, 0.5, 0.5, 1, 3.14159)));
    assertEquals(
        """
        epoch,learning_rate,train_loss,train_loss_primary,train_loss_auxiliary,train_loss_fusion,\
        train_loss_regression,validation_loss,validation_macro_f1,seconds,images_per_second
        1,0.001,0.1,0.2,0.3,0.4,1.0E-5,0.75,0.3333333333333333,12.346,100.00
        2,1.0E-4,0.5,0.625,,,,0.5,0.5,1.000,3.14
        """,
        Files.readString(file));
  }

  @Test
  void theTableOfARunsPredictionsHasAllDigits() throws IOException {
    Path file = folder.resolve("predictions.csv");
    PredictionTable.writeRun(
        file,
        List.of("cluster_id", "label"),
        List.of(
            new PredictionTable.Row(List.of("A, 85", "WCC"), FULL),
            new PredictionTable.Row(List.of("B", "CC"), BARE)));
    assertEquals(
        """
        cluster_id,label,class,p_cc,p_wcc,p_ncc,x_min,y_min,x_max,y_max
        "A, 85",WCC,WCC,0.25,0.7,0.05,1,2,30,40
        B,CC,CC,1.0,0.0,1.0E-9,,,,
        """,
        Files.readString(file));
  }

  @Test
  void anImageFileHasItsPredictionOrEmptyCells() {
    assertEquals(
        List.of("0.250000", "0.700000", "0.050000", "WCC", "1", "2", "30", "40"),
        PredictionTable.cells(Optional.of(FULL)));
    assertEquals(
        List.of("1.000000", "0.000000", "0.000000", "CC", "", "", "", ""),
        PredictionTable.cells(Optional.of(BARE)));
    assertEquals(8, PredictionTable.cells(Optional.empty()).size());
  }
}
