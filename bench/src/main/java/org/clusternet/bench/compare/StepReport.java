package org.clusternet.bench.compare;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.bench.step.ResNetWork;
import org.clusternet.bench.step.StepTask;
import org.clusternet.measure.MachineFacts;
import org.clusternet.measure.Statistics;
import org.clusternet.measure.Table;

/** The Markdown of a comparison of training steps. */
final class StepReport {
  private static final String NONE = "-";

  private final Rounds rounds;
  private final List<Contender> contenders;
  private final List<String> references;
  private final double fmaPeak;

  /**
   * A report.
   *
   * @param rounds what was measured, by {@link #key}
   * @param contenders the rows
   * @param references labels of the contenders that the speed is relative to
   * @param fmaPeak GFLOP/s; NaN to leave its share out, where times are not the clock's
   */
  StepReport(Rounds rounds, List<Contender> contenders, List<String> references, double fmaPeak) {
    this.rounds = rounds;
    this.contenders = contenders;
    this.references = references;
    this.fmaPeak = fmaPeak;
  }

  /** What the rounds know a contender and a batch by. */
  static String key(String label, int batch) {
    return label + " @ " + batch;
  }

  /** The table of one batch. */
  String table(StepTask task) {
    List<String> header =
        new ArrayList<>(List.of("", "ms/step", "min to max", "images/s", "GFLOP/s", "of FMA peak"));
    references.forEach(reference -> header.add("x " + reference));
    header.add("peak MiB");
    Table table = new Table(header);
    contenders.forEach(contender -> table.row(row(contender, task)));
    return "Batch %d:%n%n%s".formatted(task.batch(), table.markdown());
  }

  private List<String> row(Contender contender, StepTask task) {
    String key = key(contender.label(), task.batch());
    Statistics time = rounds.of(key);
    double rate = ResNetWork.trainingStep(task) / (time.median() * 1e6);
    List<String> cells = new ArrayList<>();
    cells.add(contender.label());
    cells.add("%.1f".formatted(time.median()));
    cells.add("%.1f to %.1f".formatted(time.min(), time.max()));
    cells.add("%.2f".formatted(1000 * task.batch() / time.median()));
    cells.add("%.0f".formatted(rate));
    boolean bf16 = contender.params().getOrDefault("precision", "fp32").equals("bf16");
    cells.add(bf16 || Double.isNaN(fmaPeak) ? NONE : "%.0f %%".formatted(100 * rate / fmaPeak));
    for (String reference : references) {
      Statistics speed = rounds.speed(key, key(reference, task.batch()));
      cells.add("%.2f (%.2f to %.2f)".formatted(speed.median(), speed.min(), speed.max()));
    }
    Statistics memory = rounds.secondary(key, PeakMemory.NAME);
    cells.add(memory == null ? NONE : "%.0f".formatted(memory.median()));
    return cells;
  }

  /** The machine, as a list. */
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
