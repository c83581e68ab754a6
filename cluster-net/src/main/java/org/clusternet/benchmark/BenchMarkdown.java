package org.clusternet.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.clusternet.text.Table;

/** The figures of a benchmark, beside those of peers, as a section of a Markdown file. */
public final class BenchMarkdown {
  private static final String CASES =
      """
      At the network's shapes. Operations are those of the direct method, and GB/s is by the least
      bytes: each input read once, each output written once. "Of the ceiling" is the share of the one
      under which the work takes longer, F32 multiply-adds (FMA) or copying. A 3 x 3 convolution by
      Winograd's algorithm multiplies up to 4 times less than is counted, so that its share of FMA
      may exceed what the direct method can reach, and even 100 %; a tensor that a cache holds may
      be moved faster than a copy of memory.

      """;

  private BenchMarkdown() {}

  /** Formats the section. */
  public static String section(BenchReport report, List<PeerFigures> peers) {
    StringBuilder text = new StringBuilder();
    text.append("### ").append(report.device()).append("\n\n").append(facts(report));
    text.append(comparison(report, peers));
    if (!report.crops().isEmpty()) {
      text.append("\nThe crop alone, as one op:\n\n").append(crops(report));
    }
    if (!report.kernels().isEmpty()) {
      text.append("\nMemory-bound ops, by the bytes that they must move:\n\n").append(ops(report));
    }
    if (!report.cases().isEmpty()) {
      text.append('\n').append(CASES).append(cases(report));
    }
    if (!report.failures().isEmpty()) {
      text.append("\nNot measured:\n\n");
      report.failures().forEach(failure -> text.append("- ").append(failure).append('\n'));
    }
    return text.toString();
  }

  private static String facts(BenchReport report) {
    MachineFacts machine = report.machine();
    return """
    %s, cluster-net %s; medians after a warm-up.

    - CPU: %s, %d processors, caches %s
    - memory: %s; system: %s
    - JDK %s
    - a copy on the device: %.1f GB/s, read plus written
    %s\
    """
        .formatted(
            report.time(),
            report.version(),
            machine.cpu(),
            machine.cores(),
            machine.caches(),
            machine.memory(),
            machine.system(),
            machine.jdk(),
            report.copyGbPerS(),
            report.fmaGflops() == null
                ? ""
                : "- measured in the same run, all threads: %.0f GFLOP/s of F32 fused multiply-adds\n"
                    .formatted(report.fmaGflops()));
  }

  private static String comparison(BenchReport report, List<PeerFigures> peers) {
    StringBuilder text = new StringBuilder();
    Table ratios = new Table("what", "batch", "ours", "peer", "peer's", "times as fast");
    for (Map<String, Object> entry : report.steps()) {
      for (PeerFigures peer : peers) {
        peer.rows(entry).forEach(ratios::row);
      }
    }
    if (ratios.rows() > 0) {
      text.append("\nBeside ").append(peers.get(0).name()).append(":\n\n");
      return text.append(ratios.markdown()).toString();
    }
    Table ours = new Table("what", "batch", "ours");
    for (Map<String, Object> entry : report.steps()) {
      entry.forEach(
          (key, value) -> {
            if (value instanceof Double figure) {
              String what = key.substring(0, key.lastIndexOf('_')).replace('_', ' ');
              ours.row(what, String.valueOf(entry.get("batch")), "%.3f".formatted(figure));
            }
          });
    }
    return ours.rows() == 0 ? "" : "\nWhole steps:\n\n" + ours.markdown();
  }

  private static String crops(BenchReport report) {
    Table table = new Table("features", "batch", "ms", "min to max", "floor ms", "x floor");
    for (BenchReport.Crop crop : report.crops()) {
      table.row(
          crop.features(),
          String.valueOf(crop.batch()),
          "%.3f".formatted(crop.ms()),
          "%.3f to %.3f".formatted(crop.minMs(), crop.maxMs()),
          "%.3f".formatted(crop.floorMs()),
          "%.2f".formatted(crop.overFloor()));
    }
    return table.markdown();
  }

  private static String ops(BenchReport report) {
    Table table = new Table("op", "MB", "ms", "min to max", "GB/s", "of the copy");
    for (BenchReport.Kernel kernel : report.kernels()) {
      table.row(
          kernel.name(),
          "%.0f".formatted(kernel.megabytes()),
          "%.3f".formatted(kernel.ms()),
          "%.3f to %.3f".formatted(kernel.minMs(), kernel.maxMs()),
          "%.1f".formatted(kernel.gbPerS()),
          "%.0f %%".formatted(100 * kernel.ofCopy()));
    }
    return table.markdown();
  }

  private static String cases(BenchReport report) {
    Table table =
        new Table(
            "what",
            "batch",
            "type",
            "ms",
            "min to max",
            "a second",
            "GFLOP/s",
            "GB/s",
            "of the ceiling");
    for (BenchReport.Case one : report.cases()) {
      table.row(
          one.name(),
          String.valueOf(one.batch()),
          one.precision(),
          "%.3f".formatted(one.ms()),
          "%.3f to %.3f".formatted(one.minMs(), one.maxMs()),
          rate(one),
          one.gflops() == null ? "" : "%.1f".formatted(one.gflops()),
          "%.1f".formatted(one.gbPerS()),
          ceiling(one));
    }
    return table.markdown();
  }

  private static String ceiling(BenchReport.Case one) {
    Double share = one.ofCeiling();
    return share == null ? "" : "%.0f %% of %s".formatted(100 * share, one.ceiling());
  }

  /** Images and cells per second, where they are counted. */
  private static String rate(BenchReport.Case one) {
    List<String> rates = new ArrayList<>();
    if (one.imagesPerS() != null) {
      rates.add("%.1f images".formatted(one.imagesPerS()));
    }
    Double cells = one.cellsPerS();
    if (cells != null) {
      rates.add("%.2f million cells".formatted(cells * 1e-6));
    }
    return String.join(", ", rates);
  }
}
