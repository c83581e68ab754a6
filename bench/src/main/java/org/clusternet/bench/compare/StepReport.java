package org.clusternet.bench.compare;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.benchmark.Ceilings;
import org.clusternet.benchmark.MachineFacts;
import org.clusternet.benchmark.Statistics;
import org.clusternet.benchmark.Work;
import org.clusternet.text.Table;
import org.jspecify.annotations.Nullable;

/** The results of a comparison in Markdown. */
final class StepReport {
  private static final String NONE = "-";

  private final Rounds rounds;
  private final List<Contender> contenders;
  private final List<String> references;
  private final @Nullable Ceilings ceilings;

  /**
   * A report.
   *
   * @param rounds measured figures by {@link #key}
   * @param contenders contenders in the order of the rows
   * @param references labels of the contenders that speeds are relative to
   * @param ceilings measured ceilings; null if times are not wall-clock times, to leave shares out
   */
  StepReport(
      Rounds rounds,
      List<Contender> contenders,
      List<String> references,
      @Nullable Ceilings ceilings) {
    this.rounds = rounds;
    this.contenders = contenders;
    this.references = references;
    this.ceilings = ceilings;
  }

  /** The key of a contender and a batch size in the rounds. */
  static String key(String label, int batch) {
    return label + " @ " + batch;
  }

  /**
   * The table of one batch size.
   *
   * @param batch number of images in a batch
   * @param work least work of one run
   */
  String table(int batch, Work work) {
    List<String> header =
        new ArrayList<>(
            List.of("", "ms", "min to max", "images/s", "GFLOP/s", "GB/s", "of the ceiling"));
    references.forEach(reference -> header.add("x " + reference));
    header.add("peak MiB");
    Table table = new Table(header);
    contenders.forEach(contender -> table.row(row(contender, batch, work)));
    return "Batch %d:%n%n%s".formatted(batch, table.markdown());
  }

  private List<String> row(Contender contender, int batch, Work work) {
    String key = key(contender.label(), batch);
    Statistics time = rounds.of(key);
    double ms = time.median();
    String digits = ms < 10 ? "%.3f" : "%.1f";
    List<String> cells = new ArrayList<>();
    cells.add(contender.label());
    cells.add(digits.formatted(ms));
    cells.add((digits + " to " + digits).formatted(time.min(), time.max()));
    cells.add("%.2f".formatted(1000 * batch / ms));
    cells.add(work.flops() == 0 ? NONE : "%.0f".formatted(work.flops() / ms * 1e-6));
    cells.add("%.1f".formatted(work.bytes() / ms * 1e-6));
    boolean fp32 = contender.params().getOrDefault("precision", "fp32").equals("fp32");
    Ceilings.@Nullable Share share = ceilings == null ? null : ceilings.share(work, ms, fp32);
    cells.add(share == null ? NONE : "%.0f %% of %s".formatted(100 * share.share(), share.name()));
    for (String reference : references) {
      Statistics speed = rounds.speed(key, key(reference, batch));
      cells.add("%.2f (%.2f to %.2f)".formatted(speed.median(), speed.min(), speed.max()));
    }
    Statistics memory = rounds.secondary(key, PeakMemory.NAME);
    cells.add(memory == null ? NONE : "%.0f".formatted(memory.median()));
    return cells;
  }

  /** A description of the machine as a list. */
  static String machine(MachineFacts facts, double fmaPeak, double copyRate, double load) {
    return """
        - CPU: %s, %d processors, caches %s
        - memory: %s; system: %s
        - JDK %s
        - measured in the same run, all threads: %.0f GFLOP/s of F32 fused multiply-adds, %.1f GB/s \
        of copying (read plus written)
        - load average before the run: %s
        """
        .formatted(
            facts.cpu(),
            facts.cores(),
            facts.caches(),
            facts.memory(),
            facts.system(),
            facts.jdk(),
            fmaPeak,
            copyRate,
            load < 0 ? "unknown" : "%.2f".formatted(load));
  }
}
