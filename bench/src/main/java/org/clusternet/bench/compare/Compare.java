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
import java.util.Optional;
import java.util.concurrent.Callable;
import org.clusternet.benchmark.BenchTask;
import org.clusternet.benchmark.Ceilings;
import org.clusternet.benchmark.MachineFacts;
import org.clusternet.engine.tensor.DType;
import org.clusternet.text.MarkedFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs ours and the peers in rounds and writes the table. In every round each contender runs once
 * in a fresh process of JMH, in an order that is shifted from round to round; a figure is the
 * median of the steps of a process, a ratio is taken within a round, and the table shows the median
 * and the ends over the rounds.
 */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "Measures ours and the peers in one run.")
public final class Compare implements Callable<Integer> {
  private static final String PEAK = "org.clusternet.bench.machine.MachinePeak.";
  private static final String DIRECT =
      """
      Operations are those of the direct method; ours convolves 3 x 3 in F32 by Winograd's where that
      is faster, with up to 4 times fewer multiplications, so that its share of FMA may exceed what
      the direct method can reach.""";
  private static final double QUIET = 0.5;

  @Option(names = "--what", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Subject what = Subject.STEP;

  @Option(names = "--rounds", description = "Rounds (default: 2; of the crop 3).")
  private Integer rounds;

  @Option(
      names = "--steps",
      description =
          "Runs measured a process (default: 6 steps, 4 three-headed, 20 of inference, 12 half-seconds of crops).")
  private Integer steps;

  @Option(names = "--warmup", description = "Runs before them (default: 20, 12, 60, 8).")
  private Integer warmup;

  @Option(
      names = "--batch",
      split = ",",
      description = "Images in a batch, several with commas (default: 8,16; 1,16; 8).")
  private List<Integer> batches;

  @Option(names = "--size", description = "Side of the images (default: ${DEFAULT-VALUE}).")
  private int size = 256;

  @Option(names = "--threads", description = "Threads (default: ${DEFAULT-VALUE}).")
  private int threads = 2;

  @Option(
      names = "--cpu-time",
      description =
          "Processor time of the process (mean of the steps) instead of the clock's: with"
              + " --threads 1 fit for a machine on which other processes run.")
  private boolean cpuTime;

  @Option(names = "--without-peers", description = "Ours alone.")
  private boolean withoutPeers;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Markdown file whose section (such as training-step, or training-step-cpu-time) is"
              + " replaced; none: print only.")
  private Path out;

  @Spec private CommandSpec spec;

  private final Rounds measured = new Rounds();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (cpuTime && threads != 1) {
      throw new ParameterException(
          spec.commandLine(), "--cpu-time counts threads that spin too; add --threads 1");
    }
    rounds = rounds == null ? what.rounds() : rounds;
    steps = steps == null ? what.steps() : steps;
    warmup = warmup == null ? what.warmup() : warmup;
    batches = batches == null ? what.batches() : batches;
    List<Contender> contenders = contenders();
    PrintWriter log = spec.commandLine().getErr();
    double load = MachineFacts.loadAverage();
    if (load > QUIET && !cpuTime) {
      log.printf(
          "compare: load average=%.1f; other processes run, and ops that wait for each other's"
              + " threads slow down several times: figures of a quiet machine differ%n",
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
    for (int round = 0; round < rounds; round++) {
      List<String> counters = List.of("-t", Integer.toString(threads));
      for (String ceiling : List.of("fma", "copy")) {
        Contender peak =
            new Contender(ceiling, PEAK + ceiling, Map.of(), Map.of(), Optional.empty());
        measured.add(ceiling, jmh.run("%d-%s".formatted(round, ceiling), peak, counters));
      }
      for (int batch : batches) {
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

  /** At most as many as asked for. */
  private Contender.Runs runs(Contender contender) {
    Contender.Runs own = contender.runs().orElse(new Contender.Runs(warmup, steps));
    return new Contender.Runs(Math.min(own.warmup(), warmup), Math.min(own.steps(), steps));
  }

  /** A line for each that runs less often than the others. */
  private String exceptions(List<Contender> contenders) {
    StringBuilder text = new StringBuilder();
    for (Contender contender : contenders) {
      Contender.Runs runs = runs(contender);
      if (!runs.equals(new Contender.Runs(warmup, steps))) {
        text.append(
            "- %s is slow: %d run after %d%n"
                .formatted(contender.label(), runs.steps(), runs.warmup()));
      }
    }
    return text.toString();
  }

  private String text(List<Contender> contenders, double load) {
    double fma = measured.secondary("fma", "flops").max();
    double copy = measured.secondary("copy", "bytes").max();
    List<String> references =
        withoutPeers ? List.of() : what.references().stream().map(Contender::label).toList();
    StepReport report =
        new StepReport(measured, contenders, references, cpuTime ? null : new Ceilings(fma, copy));
    StringBuilder text = new StringBuilder();
    text.append(
        """
        ### %s, 3 x %d x %d, threads: %d

        %s: %d rounds of %d %s after %d; a figure is the median over the rounds of the %s of a
        round's runs. A ratio is taken within a round: its median (smallest to largest). GB/s is by
        the least bytes, "of the ceiling" the share of the one under which the run takes longer.
        %s

        """
            .formatted(
                what.title(),
                size,
                size,
                threads,
                LocalDate.now(ZoneOffset.UTC),
                rounds,
                steps,
                what.figures(),
                warmup,
                cpuTime ? "mean processor time" : "median time",
                what == Subject.CROP ? "" : DIRECT));
    text.append(StepReport.machine(MachineFacts.here(), fma, copy, load));
    text.append("- libraries: ").append(Versions.read().describe(contenders)).append('\n');
    text.append(exceptions(contenders));
    for (int batch : batches) {
      BenchTask task = new BenchTask(batch, size, DType.F32, threads);
      text.append('\n').append(report.table(batch, what.work(task)));
    }
    return text.toString();
  }
}
