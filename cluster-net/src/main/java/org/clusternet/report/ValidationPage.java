package org.clusternet.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.clusternet.classical.Difficulty;
import org.clusternet.data.CoreType;
import org.clusternet.data.simulate.validation.Comparison;
import org.clusternet.data.simulate.validation.Comparison.Spread;
import org.clusternet.data.simulate.validation.Quantity;
import org.clusternet.data.simulate.validation.Validation;
import org.clusternet.render.ClassRanges;
import org.clusternet.render.Page;
import org.clusternet.render.Scale;

/**
 * {@code report.html} of a comparison of simulated clusters with a reference; the template {@code
 * report/validation.jte} asks for its parts.
 *
 * @param report the comparison
 */
record ValidationPage(ValidationReport report) {
  String subtitle() {
    Validation validation = report.validation();
    return "%d simulated clusters (seed %d) with the masses of %s, %d haloes: %s"
        .formatted(
            validation.simulated().size(),
            report.seed(),
            report.source(),
            validation.reference().size(),
            types());
  }

  private String types() {
    Validation validation = report.validation();
    List<String> parts = new ArrayList<>();
    for (CoreType type : CoreType.values()) {
      long theirs = validation.reference().stream().filter(h -> h.type() == type).count();
      long ours = validation.simulated().stream().filter(c -> c.type() == type).count();
      parts.add(
          "%s %s (reference %s)"
              .formatted(
                  type,
                  percent(ours, validation.simulated().size()),
                  percent(theirs, validation.reference().size())));
    }
    return String.join(", ", parts);
  }

  private static String percent(long part, int all) {
    return ValidationReport.shown("%.0f %%", 100.0 * part / all);
  }

  List<Page.Headline> headline() {
    String of = "of %d rows pass".formatted(report.validation().comparisons().size());
    long passed = report.difficulty().stream().filter(Difficulty::passes).count();
    String scores = "of %d scores of two thresholds pass".formatted(report.difficulty().size());
    return List.of(
        new Page.Headline(Long.toString(report.passed()), of),
        new Page.Headline(Long.toString(passed), scores));
  }

  List<ClassRanges> charts() {
    return Arrays.stream(Quantity.values()).map(this::chart).toList();
  }

  private ClassRanges chart(Quantity quantity) {
    List<Comparison> rows =
        report.validation().comparisons().stream()
            .filter(row -> row.quantity() == quantity)
            .toList();
    List<Spread> reference = rows.stream().map(Comparison::reference).toList();
    List<Spread> simulated = rows.stream().map(Comparison::simulated).toList();
    double[] values =
        Stream.concat(reference.stream(), simulated.stream())
            .flatMapToDouble(
                spread -> DoubleStream.of(spread.low(), spread.median(), spread.high()))
            .toArray();
    boolean positive = Arrays.stream(values).noneMatch(value -> value <= 0);
    String label = quantity.unit().isEmpty() ? "dimensionless" : quantity.unit();
    return sample(
        sample(
            new ClassRanges(
                    quantity.title(),
                    "Median and range from the 16th to the 84th percentile by core type",
                    "core type",
                    rows.stream().map(row -> row.type().name()).toList())
                .y(label, positive ? Scale.logOver(values) : Scale.linearOver(values)),
            "reference",
            reference),
        "simulated",
        simulated);
  }

  private static ClassRanges sample(ClassRanges chart, String name, List<Spread> spreads) {
    return chart.sample(
        name,
        spreads.stream().mapToDouble(Spread::low).toArray(),
        spreads.stream().mapToDouble(Spread::median).toArray(),
        spreads.stream().mapToDouble(Spread::high).toArray());
  }

  Page.Table quantities() {
    List<List<String>> rows = new ArrayList<>();
    for (Comparison row : report.validation().comparisons()) {
      rows.add(
          List.of(
              row.type() + " " + row.quantity().title(),
              ValidationReport.verdict(row).replace(", may be chance", "*"),
              percentiles(row.reference()),
              percentiles(row.simulated()),
              ValidationReport.difference(row),
              ValidationReport.error(row),
              ValidationReport.shown("%.0f %%", 100 * row.overlap())));
    }
    return new Page.Table(
        List.of("quantity", "result", "reference", "simulated", "difference", "\u00b1", "overlap"),
        rows);
  }

  private static String percentiles(Spread spread) {
    return Stream.of(spread.low(), spread.median(), spread.high())
        .map(value -> ValidationReport.shown("%.3g", value))
        .reduce((a, b) -> a + " / " + b)
        .orElseThrow();
  }

  Page.Table difficulty() {
    List<List<String>> rows = new ArrayList<>();
    for (Difficulty row : report.difficulty()) {
      rows.add(
          List.of(
              row.name(),
              ValidationReport.shown("%.3f", row.reference()),
              ValidationReport.shown("%.3f", row.simulated()),
              ValidationReport.shown("%.3f", row.samplingError()),
              row.passes() ? "pass" : "FAIL"));
    }
    return new Page.Table(
        List.of("concentration", "reference", "simulated images", "\u00b1", "result"), rows);
  }
}
