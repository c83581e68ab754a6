package org.clusternet.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.clusternet.classical.Difficulty;
import org.clusternet.data.CoreType;
import org.clusternet.data.io.AtomicFile;
import org.clusternet.data.io.CsvFile;
import org.clusternet.data.simulate.validation.ClusterMeasures;
import org.clusternet.data.simulate.validation.Comparison;
import org.clusternet.data.simulate.validation.Comparison.Spread;
import org.clusternet.data.simulate.validation.Quantity;
import org.clusternet.data.simulate.validation.Validation;
import org.clusternet.render.ClassRanges;
import org.clusternet.render.Scale;

/**
 * A validation as files: {@code validation.csv} (one row a type and quantity), {@code measures.csv}
 * (one row a simulated cluster) and {@code report.html}, one page that needs nothing else.
 *
 * @param validation what was compared
 * @param difficulty how well concentrations tell the types apart
 * @param source name of the reference
 * @param seed of the simulation
 */
public record ValidationPage(
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
   * Makes the report of a validation.
   *
   * @param validation what was compared
   * @param source name of the reference
   * @param seed of the simulation
   * @return the report
   */
  public static ValidationPage of(Validation validation, String source, long seed) {
    return new ValidationPage(
        validation, Difficulty.of(validation.reference(), validation.simulated()), source, seed);
  }

  /**
   * How many rows pass.
   *
   * @return comparisons of which median and range agree
   */
  public long passed() {
    return validation.comparisons().stream().filter(Comparison::passes).count();
  }

  /**
   * Draws the table.
   *
   * @return lines, each with its end
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
          "two cuts on %s: macro F1 %s on the reference, %s on simulated images, +- %s: %s%n",
          row.name(),
          shown("%.3f", row.reference()),
          shown("%.3f", row.simulated()),
          shown("%.3f", row.samplingError()),
          row.passes() ? "pass" : "FAIL");
    }
    return text.toString();
  }

  private static String verdict(Comparison row) {
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

  private static String difference(Comparison row) {
    return row.quantity().isInDex()
        ? shown("%+.2f dex", row.difference())
        : shown("%+.0f %%", 100 * row.difference());
  }

  private static String error(Comparison row) {
    return row.quantity().isInDex()
        ? shown("%.2f", row.samplingError())
        : shown("%.0f %%", 100 * row.samplingError());
  }

  /** A number, or a dash where there is none, as without clusters of a type. */
  private static String shown(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }

  /**
   * Writes the files.
   *
   * @param folder exists
   */
  public void write(Path folder) {
    CsvFile.write(folder.resolve("validation.csv"), COLUMNS, rows());
    writeMeasures(folder.resolve("measures.csv"));
    AtomicFile.write(
        folder.resolve("report.html"), out -> out.write(html().getBytes(StandardCharsets.UTF_8)));
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

  private String html() {
    Formatter page = new Formatter(Locale.ROOT);
    page.format("%s", HEAD);
    page.format(
        "<p>%d of %d rows pass. %d simulated clusters (seed %d) of the masses of %s, %d haloes: %s.%n",
        passed(),
        validation.comparisons().size(),
        validation.simulated().size(),
        seed,
        escaped(source),
        validation.reference().size(),
        types());
    page.format("%s<div class=\"charts\">%n", NOTES);
    for (Quantity quantity : Quantity.values()) {
      page.format("<figure>%s</figure>%n", chart(quantity));
    }
    page.format("</div>%n<table><tr><th>type<th>quantity<th colspan=\"3\">reference 16, 50, 84 %%");
    page.format("<th colspan=\"3\">simulated<th>median<th>&plusmn;<th>overlap<th>result%n");
    for (Comparison row : validation.comparisons()) {
      page.format(
          "<tr><td>%s<td>%s%s%s<td>%s<td>%s<td>%s<td class=\"%s\">%s%n",
          row.type(),
          escaped(row.quantity().title()),
          cells(row.reference()),
          cells(row.simulated()),
          difference(row),
          error(row),
          shown("%.0f %%", 100 * row.overlap()),
          row.passes() ? "pass" : "fail",
          verdict(row).toLowerCase(Locale.ROOT));
    }
    page.format("</table>%n%s<table><tr><th>concentration<th>reference<th>simulated images", CUTS);
    page.format("<th>&plusmn;<th>result%n");
    for (Difficulty row : difficulty) {
      page.format(
          "<tr><td>%s<td>%s<td>%s<td>%s<td class=\"%s\">%s%n",
          row.name(),
          shown("%.3f", row.reference()),
          shown("%.3f", row.simulated()),
          shown("%.3f", row.samplingError()),
          row.passes() ? "pass" : "fail",
          row.passes() ? "pass" : "fail");
    }
    return page.format("</table></html>%n").toString();
  }

  private String chart(Quantity quantity) {
    List<Comparison> rows =
        validation.comparisons().stream().filter(row -> row.quantity() == quantity).toList();
    List<String> types = rows.stream().map(row -> row.type().name()).toList();
    ClassRanges chart =
        new ClassRanges(
            quantity.title(),
            "Median and range from 16 to 84 % by core type, of the reference and simulated",
            types);
    double[] values =
        rows.stream()
            .flatMap(row -> Stream.of(row.reference(), row.simulated()))
            .flatMapToDouble(
                spread -> DoubleStream.of(spread.low(), spread.median(), spread.high()))
            .toArray();
    boolean positive = Arrays.stream(values).noneMatch(value -> value <= 0);
    chart.y(quantity.unit(), positive ? Scale.logOver(values) : Scale.linearOver(values));
    add(chart, "reference", rows.stream().map(Comparison::reference).toList());
    add(chart, "simulated", rows.stream().map(Comparison::simulated).toList());
    return chart.fragment();
  }

  private static void add(ClassRanges chart, String name, List<Spread> spreads) {
    chart.sample(
        name,
        spreads.stream().mapToDouble(Spread::low).toArray(),
        spreads.stream().mapToDouble(Spread::median).toArray(),
        spreads.stream().mapToDouble(Spread::high).toArray());
  }

  private static String cells(Spread spread) {
    return "<td>%s<td><b>%s</b><td>%s"
        .formatted(
            shown("%.3f", spread.low()),
            shown("%.3f", spread.median()),
            shown("%.3f", spread.high()));
  }

  private String types() {
    List<String> parts = new ArrayList<>();
    for (CoreType type : CoreType.values()) {
      long theirs = validation.reference().stream().filter(h -> h.type() == type).count();
      long ours = validation.simulated().stream().filter(c -> c.type() == type).count();
      parts.add(
          String.format(
              Locale.ROOT,
              "%s %.0f %% (reference %.0f %%)",
              type,
              100.0 * ours / validation.simulated().size(),
              100.0 * theirs / validation.reference().size()));
    }
    return String.join(", ", parts);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static final String HEAD =
      """
      <!doctype html><html lang="en"><meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <title>Simulated clusters beside a reference</title>
      <style>
      body{font:15px/1.5 system-ui,sans-serif;max-width:1120px;margin:24px auto;padding:0 16px;color:#1b1f24;background:#fff}
      .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(360px,1fr));gap:16px}
      figure{margin:0;border:1px solid #d0d7de;border-radius:6px;padding:8px}
      svg{width:100%;height:auto}
      table{border-collapse:collapse;margin:20px 0;font-variant-numeric:tabular-nums}
      th,td{padding:3px 10px;border-bottom:1px solid #d8dee4;text-align:right}
      td:nth-child(1),td:nth-child(2),th:nth-child(1),th:nth-child(2){text-align:left}
      .pass{color:#1a7f37}.fail{color:#cf222e;font-weight:600}
      </style>
      <h1>Simulated clusters beside a reference</h1>
      """;

  private static final String NOTES =
      """
      <p>Lines run from the 16 to the 84 % point, the mark is the median.
      A row passes if the medians differ by at most 0.1 dex (cooling time, entropy and logarithms) or
      15 % (the others), and the simulated range covers half of the reference's or more. Beside the
      difference stands what chance makes of two samples of this size (one standard error): where it
      is near the tolerance, another seed may decide otherwise, and a row that fails with a difference
      of less than two of them is marked as what may be chance. Simulated
      values are rounded to the reference's two decimals first. Cooling time (weighted by emission),
      entropy and density (by mass) are means over the sphere of 0.012 r500 around the potential
      minimum, the slope is that of the mean density in shells, concentrations are ratios of
      luminosities within spheres, and the X-ray peak is that of the image along x, smoothed by
      8 kpc. The reference does not say in which space its concentrations are taken; on images a
      cluster that fades outwards cannot have its median C_phys of non-cool cores, 0.01.
      """;

  private static final String CUTS =
      """
      <h2>As hard as the reference?</h2>
      <p>Macro F1 of the best two cuts, in-sample: on the concentrations of the reference, and on
      those that simulated images show around their X-ray peaks. They pass within 0.05. The error is the
      standard error of the difference, by bootstrap over the clusters of both samples with the cuts
      kept.
      """;
}
