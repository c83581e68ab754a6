package org.clusternet.bench.compare;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.clusternet.benchmark.BenchTask;
import org.clusternet.benchmark.Ceilings;
import org.clusternet.benchmark.MachineFacts;
import org.clusternet.engine.tensor.DType;
import org.clusternet.text.MarkedFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs our engine and its peers in rounds and writes the table. In every round each contender runs
 * once in a fresh process of JMH, in an order that is rotated from round to round. A figure is the
 * median of the steps of a process, a ratio is taken within a round, and the table shows the median
 * and the range over the rounds.
 */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "Compares our engine with its peers in one run.")
public final class Compare implements Callable<Integer> {
  private static final String PEAK = "org.clusternet.bench.machine.MachinePeak.";
  private static final String DIRECT =
      """
      Operations are those of direct convolution; our engine uses Winograd's method for 3 x 3
      convolutions in F32 where it is faster, with up to 4 times fewer multiplications, so that its
      share of FMA may exceed what direct convolution can reach.""";
  private static final double QUIET = 0.5;

  @Option(
      names = "--what",
      description = "What is compared: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Subject what = Subject.STEP;

  @Option(names = "--rounds", description = "Number of rounds (default: 2; crop: 3).")
  private @Nullable Integer rounds;

  @Option(
      names = "--steps",
      description =
          "Measured runs per process (default: step 6, three-headed 4, inference 20, crop 12 of half a"
              + " second each).")
  private @Nullable Integer steps;

  @Option(
      names = "--warmup",
      description =
          "Warm-up runs per process (default: step 20, three-headed 12, inference 60, crop 8).")
  private @Nullable Integer warmup;

  @Option(
      names = "--batch",
      split = ",",
      description = "Batch sizes, separated by commas (default: 8,16; inference: 1,16; crop: 8).")
  private @Nullable List<Integer> batches;

  @Option(
      names = "--size",
      description = "Height and width of the images (default: ${DEFAULT-VALUE}).")
  private int size = 256;

  @Option(names = "--threads", description = "Number of threads (default: ${DEFAULT-VALUE}).")
  private int threads = 2;

  @Option(
      names = "--cpu-time",
      description =
          "Measure the processor time of the process (mean of the steps) instead of wall-clock"
              + " time; with --threads 1, for a machine on which other processes run.")
  private boolean cpuTime;

  @Option(names = "--without-peers", description = "Run our engine only.")
  private boolean withoutPeers;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Markdown file in which the section of the results, such as training-step, is replaced"
              + " (default: print only).")
  private @Nullable Path out;

  @Spec private CommandSpec spec;

  private final Rounds measured = new Rounds();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (cpuTime && threads != 1) {
      throw new ParameterException(
          spec.commandLine(), "--cpu-time also counts threads that wait actively; add --threads 1");
    }
    List<Contender> contenders = contenders();
    PrintWriter log = spec.commandLine().getErr();
    double load = MachineFacts.loadAverage();
    if (load > QUIET && !cpuTime) {
      log.printf(
          "compare: load average=%.1f; other processes are running, and threads that wait for each"
              + " other become several times slower: measure on a quiet machine%n",
          load);
    }
    Path folder = Files.createTempDirectory("cluster-net-compare");
    log.printf("compare: logs in %s%n", folder);
    measure(contenders, new JmhProcess(folder), log);
    String text = text(contenders, load);
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
    if (out != null) {
      new MarkedFile(out)
          .replace(
              what.section() + (cpuTime ? "-cpu-time" : ""),
              "bench/run compare --what " + what,
              text);
      log.printf("compare: wrote %s%n", out);
    }
    return 0;
  }

  private int rounds() {
    return rounds == null ? what.rounds() : rounds;
  }

  private int steps() {
    return steps == null ? what.steps() : steps;
  }

  private int warmup() {
    return warmup == null ? what.warmup() : warmup;
  }

  private List<Integer> batches() {
    return batches == null ? what.batches() : batches;
  }

  private List<Contender> contenders() {
    List<Contender> all = withoutPeers ? what.ours() : what.contenders();
    for (Contender contender : all) {
      if (!contender.isBuilt()) {
        throw new ParameterException(
            spec.commandLine(),
            "benchmark="
                + contender.benchmark()
                + " is not built; build with the Maven profile peers, or pass --without-peers");
      }
    }
    return all;
  }

  private void measure(List<Contender> contenders, JmhProcess jmh, PrintWriter log)
      throws IOException, InterruptedException {
    for (int round = 0; round < rounds(); round++) {
      List<String> counters = List.of("-t", Integer.toString(threads));
      for (String ceiling : List.of("fma", "copy")) {
        Contender peak =
            new Contender(ceiling, PEAK + ceiling, Map.of(), Map.of(), Optional.empty());
        measured.add(ceiling, jmh.run("%d-%s".formatted(round, ceiling), peak, counters));
      }
      for (int batch : batches()) {
        List<Contender> order = new ArrayList<>(contenders);
        Collections.rotate(order, -round);
        for (Contender contender : order) {
          Measured run = run(jmh, contender, round, batch);
          String key = StepReport.key(contender.label(), batch);
          measured.add(key, run);
          log.printf("compare: round %d, %s: %s ms%n", round + 1, key, run.figures());
          log.flush();
        }
      }
    }
  }

  private Measured run(JmhProcess jmh, Contender contender, int round, int batch)
      throws IOException, InterruptedException {
    Map<String, String> task =
        Map.of(
            "batch", Integer.toString(batch),
            "size", Integer.toString(size),
            "threads", Integer.toString(threads));
    Contender.Runs runs = runs(contender);
    List<String> options = new ArrayList<>(what.figure());
    options.addAll(List.of("-wi", Integer.toString(runs.warmup())));
    options.addAll(List.of("-i", Integer.toString(runs.steps())));
    options.addAll(List.of("-tu", "ms"));
    options.addAll(List.of("-prof", PeakMemory.class.getName()));
    options.addAll(List.of("-prof", ProcessorTime.class.getName()));
    String name = "%d-%d-%s".formatted(round, batch, contender.label().replaceAll("\\W+", "-"));
    Measured run = jmh.run(name, contender.with(task), options);
    return cpuTime ? run.by(ProcessorTime.NAME) : run;
  }

  /** The runs of a contender, at most those asked for. */
  private Contender.Runs runs(Contender contender) {
    Contender.Runs own = contender.runs().orElse(new Contender.Runs(warmup(), steps()));
    return new Contender.Runs(Math.min(own.warmup(), warmup()), Math.min(own.steps(), steps()));
  }

  /** A line for each contender that runs less often than the others. */
  private String exceptions(List<Contender> contenders) {
    StringBuilder text = new StringBuilder();
    for (Contender contender : contenders) {
      Contender.Runs runs = runs(contender);
      if (!runs.equals(new Contender.Runs(warmup(), steps()))) {
        text.append(
            "- %s is slow: %d measured, %d before%n"
                .formatted(contender.label(), runs.steps(), runs.warmup()));
      }
    }
    return text.toString();
  }

  private double peak(String ceiling, String counter) {
    return Objects.requireNonNull(measured.secondary(ceiling, counter), ceiling).max();
  }

  private String text(List<Contender> contenders, double load) {
    double fma = peak("fma", "flops");
    double copy = peak("copy", "bytes");
    List<String> references =
        withoutPeers ? List.of() : what.references().stream().map(Contender::label).toList();
    StepReport report =
        new StepReport(measured, contenders, references, cpuTime ? null : new Ceilings(fma, copy));
    StringBuilder text = new StringBuilder();
    text.append(
        """
        ### %s, 3 x %d x %d, threads: %d

        %s: %d rounds of %d %s after %d; a figure is the median over the rounds of the %s of a
        round's runs. A ratio is taken within a round: its median (smallest to largest). GB/s counts the
        least bytes that must move; "of the ceiling" is the share of the ceiling that limits the run.
        %s

        """
            .formatted(
                what.title(),
                size,
                size,
                threads,
                LocalDate.now(ZoneOffset.UTC),
                rounds(),
                steps(),
                what.figures(),
                warmup(),
                cpuTime ? "mean processor time" : "median time",
                what == Subject.CROP ? "" : DIRECT));
    text.append(StepReport.machine(MachineFacts.here(), fma, copy, load));
    text.append("- libraries: ").append(Versions.read().describe(contenders)).append('\n');
    text.append(exceptions(contenders));
    for (int batch : batches()) {
      BenchTask task = new BenchTask(batch, size, DType.F32, threads);
      text.append('\n').append(report.table(batch, what.work(task)));
    }
    return text.toString();
  }
}
