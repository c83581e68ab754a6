package org.clusternet.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.clusternet.data.io.CsvFile;
import org.clusternet.training.EpochMetrics;
import org.clusternet.training.LossValues;

/**
 * {@code metrics.csv}: one row per epoch, rewritten after every epoch. Numbers are written with all
 * digits, so that reading returns the same numbers; a term of the loss that the variant does not
 * have is empty. The last two columns are times and differ between runs of the same seed; the
 * others do not.
 */
final class EpochTable {
  private static final List<String> COLUMNS =
      List.of(
          "epoch",
          "learning_rate",
          "train_loss",
          "train_loss_primary",
          "train_loss_auxiliary",
          "train_loss_fusion",
          "train_loss_regression",
          "validation_loss",
          "validation_macro_f1",
          "seconds",
          "images_per_second");

  private EpochTable() {}

  static void write(Path file, List<EpochMetrics> epochs) {
    List<List<String>> rows = new ArrayList<>();
    for (EpochMetrics epoch : epochs) {
      LossValues train = epoch.train();
      List<String> row = new ArrayList<>();
      row.add(Integer.toString(epoch.epoch()));
      DoubleStream.of(
              epoch.learningRate(),
              train.total(),
              train.primary(),
              train.auxiliary(),
              train.fusion(),
              train.regression(),
              epoch.validationLoss(),
              epoch.validationMacroF1())
          .mapToObj(value -> Double.isNaN(value) ? "" : Double.toString(value))
          .forEach(row::add);
      row.add(String.format(Locale.ROOT, "%.3f", epoch.seconds()));
      row.add(String.format(Locale.ROOT, "%.2f", epoch.imagesPerSecond()));
      rows.add(row);
    }
    CsvFile.write(file, COLUMNS, rows);
  }
}
