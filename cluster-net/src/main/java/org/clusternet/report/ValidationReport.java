package org.clusternet.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import org.clusternet.classical.Difficulty;
import org.clusternet.data.io.AtomicFile;
import org.clusternet.data.io.CsvFile;
import org.clusternet.data.simulate.validation.ClusterMeasures;
import org.clusternet.data.simulate.validation.Comparison;
import org.clusternet.data.simulate.validation.Comparison.Spread;
import org.clusternet.data.simulate.validation.Quantity;
import org.clusternet.data.simulate.validation.Validation;
import org.clusternet.render.Page;

/**
 * The comparison of a simulation with a reference as text and files: {@code validation.csv} (a row
 * per type and quantity), {@code measures.csv} (a row per simulated cluster) and {@code
 * report.html}.
 *
 * @param validation what was compared
 * @param difficulty how well concentrations tell the types apart
 * @param source name of the reference
 * @param seed seed of the simulation
 */
public record ValidationReport(
    Validation validation, List<Difficulty> difficulty, String source, long seed) {
  private static final List<String> COLUMNS =
      List.of(
          "type",
          "quantity",
          "reference_clusters",
          "reference_p16",
          "reference_median",
          "reference_p84",
          "simulated_clusters",
          "simulated_p16",
          "simulated_median",
          "simulated_p84",
          "difference",
          "tolerance",
          "sampling_error",
          "overlap",
          "result");

  /**
   * The report of a validation.
   *
   * @param validation what was compared
   * @param source name of the reference
   * @param seed seed of the simulation
   * @return the report
   */
  public static ValidationReport of(Validation validation, String source, long seed) {
    return new ValidationReport(
        validation, Difficulty.of(validation.reference(), validation.simulated()), source, seed);
  }

  /**
   * The number of rows that pass.
   *
   * @return comparisons whose median and range agree
   */
  public long passed() {
    return validation.comparisons().stream().filter(Comparison::passes).count();
  }

  /**
   * The tables as text.
   *
   * @return lines, each with a line break
   */
  public String draw() {
    Formatter text = new Formatter(Locale.ROOT);
    text.format(
        "%-4s %-17s %27s   %27s %9s %6s %8s%n",
        "type", "quantity", "reference 16 / 50 / 84 %", "simulated", "median", "+-", "overlap");
    for (Comparison row : validation.comparisons()) {
      text.format(
          "%-4s %-17s %s   %s %9s %6s %8s %s%n",
          row.type(),
          row.quantity().column(),
          spread(row.reference()),
          spread(row.simulated()),
          difference(row),
          error(row),
          shown("%.0f %%", 100 * row.overlap()),
          verdict(row));
    }
    for (Difficulty row : difficulty) {
      text.format(
          "two thresholds on %s: macro F1 %s on the reference, %s on simulated images, +- %s: %s%n",
          row.name(),
          shown("%.3f", row.reference()),
          shown("%.3f", row.simulated()),
          shown("%.3f", row.samplingError()),
          row.passes() ? "pass" : "FAIL");
    }
    return text.toString();
  }

  static String verdict(Comparison row) {
    if (row.passes()) {
      return "pass";
    }
    if (row.medianAgrees()) {
      return "FAIL (range)";
    }
    String chance = row.mayBeChance() ? ", may be chance" : "";
    return (row.rangeAgrees() ? "FAIL (median%s)" : "FAIL (median%s; range)").formatted(chance);
  }

  private static String spread(Spread spread) {
    return "%8s %8s %8s "
        .formatted(
            shown("%.3f", spread.low()),
            shown("%.3f", spread.median()),
            shown("%.3f", spread.high()));
  }

  static String difference(Comparison row) {
    return row.quantity().isInDex()
        ? shown("%+.2f dex", row.difference())
        : shown("%+.0f %%", 100 * row.difference());
  }

  static String error(Comparison row) {
    return row.quantity().isInDex()
        ? shown("%.2f", row.samplingError())
        : shown("%.0f %%", 100 * row.samplingError());
  }

  /** A number, or a dash where there is none, as without clusters of a type. */
  static String shown(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }

  /**
   * Writes the files.
   *
   * @param folder an existing folder
   */
  public void write(Path folder) {
    CsvFile.write(folder.resolve("validation.csv"), COLUMNS, rows());
    writeMeasures(folder.resolve("measures.csv"));
    AtomicFile.writeText(
        folder.resolve(RunPage.FILE_NAME),
        Page.html("report/validation.jte", new ValidationPage(this)));
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (Comparison row : validation.comparisons()) {
      Spread theirs = row.reference();
      Spread ours = row.simulated();
      rows.add(
          List.of(
              row.type().name(),
              row.quantity().column(),
              String.valueOf(theirs.count()),
              number(theirs.low()),
              number(theirs.median()),
              number(theirs.high()),
              String.valueOf(ours.count()),
              number(ours.low()),
              number(ours.median()),
              number(ours.high()),
              number(row.difference()),
              number(row.quantity().tolerance()),
              number(row.samplingError()),
              number(row.overlap()),
              row.passes() ? "pass" : "fail"));
    }
    return rows;
  }

  private void writeMeasures(Path file) {
    List<String> columns = new ArrayList<>(List.of("type"));
    for (Quantity quantity : Quantity.values()) {
      columns.add(quantity.column());
    }
    columns.addAll(List.of("image_c_phys", "image_c_scaled"));
    List<List<String>> rows = new ArrayList<>();
    for (ClusterMeasures cluster : validation.simulated()) {
      List<String> row = new ArrayList<>(List.of(cluster.type().name()));
      for (double value : cluster.values()) {
        row.add(number(value));
      }
      rows.add(row);
    }
    CsvFile.write(file, columns, rows);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.5g", value);
  }
}
