package org.clusternet.bench.profile;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.clusternet.bench.cases.ActivationType;
import org.clusternet.benchmark.MachineFacts;
import org.clusternet.benchmark.step.ResNetTraining;
import org.clusternet.benchmark.step.StepTask;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.text.MarkedFile;
import org.clusternet.text.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Prints the time of each op in a training step of one ResNet-18, by op or by op and operands. A
 * row at the end is the time outside the ops (tape, allocation, reading the loss).
 */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    description = "Prints the time of each op in a training step of one ResNet-18.")
public final class OpProfile implements Callable<Integer> {
  @Option(names = "--device", description = "Device to run on (default: ${DEFAULT-VALUE}).")
  private String device = "cpu";

  @Option(names = "--precision", description = "fp32 or bf16 (default: ${DEFAULT-VALUE}).")
  private String precision = "fp32";

  @Option(
      names = "--batch",
      description = "Number of images in a batch (default: ${DEFAULT-VALUE}).")
  private int batch = 8;

  @Option(
      names = "--size",
      description = "Height and width of the images (default: ${DEFAULT-VALUE}).")
  private int size = 256;

  @Option(names = "--threads", description = "Number of threads (default: ${DEFAULT-VALUE}).")
  private int threads = 2;

  @Option(
      names = "--warmup",
      description = "Number of steps before measuring (default: ${DEFAULT-VALUE}).")
  private int warmup = 5;

  @Option(names = "--steps", description = "Number of measured steps (default: ${DEFAULT-VALUE}).")
  private int steps = 10;

  @Option(names = "--shapes", description = "Print one row for each op and shapes of its operands.")
  private boolean shapes;

  @Option(
      names = "--cpu-time",
      description =
          "Measure the processor time of the calling thread instead of wall-clock time; with"
              + " --threads 1, for a machine on which other processes run.")
  private boolean cpuTime;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Markdown file in which the section of the results, such as profile-fp32-8, is replaced"
              + " (default: print only).")
  private @Nullable Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (cpuTime && threads != 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--cpu-time measures one thread only, --threads=" + threads + "; add --threads 1");
    }
    String text = profile();
    PrintWriter printer = spec.commandLine().getOut();
    printer.print(text);
    printer.flush();
    if (out != null) {
      String section = "profile-" + precision + "-" + batch;
      new MarkedFile(out).replace(section, "bench/run profile", text);
    }
    return 0;
  }

  private String profile() {
    LongSupplier clock = cpuTime ? OpProfile::cpuNanos : System::nanoTime;
    try (TimingDevice timing = new TimingDevice(Devices.open(device, threads), clock, this::key);
        ResNetTraining training =
            new ResNetTraining(timing, new StepTask(batch, size), ActivationType.of(precision))) {
      run(training, warmup);
      timing.reset();
      long start = clock.getAsLong();
      run(training, steps);
      long nanos = clock.getAsLong() - start;
      return """
          ### Time of each op in a training step: ResNet-18, %s, batch %d, 3 x %d x %d

          %s, %s; %s; mean %s of %d steps after %d.

          %s"""
          .formatted(
              precision,
              batch,
              size,
              size,
              LocalDate.now(ZoneOffset.UTC),
              MachineFacts.here().cpu(),
              timing.describe(),
              cpuTime ? "processor time" : "time",
              steps,
              warmup,
              table(timing.totals(), nanos, steps).markdown());
    }
  }

  private String key(Op op, Tensor[] inputs) {
    String name = op.name();
    if (shapes) {
      StringBuilder text = new StringBuilder(name);
      for (int i = 0; i < Math.min(2, inputs.length); i++) {
        text.append(' ').append(inputs[i].type());
      }
      return text.toString();
    }
    return name;
  }

  private static void run(ResNetTraining training, int steps) {
    for (int i = 0; i < steps; i++) {
      training.step();
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  static Table table(Map<String, TimingDevice.Total> totals, long nanos, int steps) {
    Table table = new Table("op", "calls", "ms/step", "share", "GFLOP/s", "GB/s");
    List<Map.Entry<String, TimingDevice.Total>> rows = new ArrayList<>(totals.entrySet());
    rows.sort(Comparator.comparingLong(row -> -row.getValue().nanos()));
    long inside = 0;
    for (Map.Entry<String, TimingDevice.Total> row : rows) {
      TimingDevice.Total total = row.getValue();
      inside += total.nanos();
      table.row(
          row.getKey(),
          Long.toString(total.calls() / steps),
          milliseconds(total.nanos(), steps),
          share(total.nanos(), nanos),
          rate(total.work().flops(), total.nanos()),
          rate(total.work().bytes(), total.nanos()));
    }
    table.row(
        "outside ops",
        "",
        milliseconds(nanos - inside, steps),
        share(nanos - inside, nanos),
        "",
        "");
    table.row("step", "", milliseconds(nanos, steps), "100.0 %", "", "");
    return table;
  }

  private static String milliseconds(long nanos, int steps) {
    return "%.2f".formatted(nanos / 1e6 / steps);
  }

  private static String share(long part, long whole) {
    return "%.1f %%".formatted(100.0 * part / whole);
  }

  private static String rate(double work, long nanos) {
    return work == 0 ? "" : "%.1f".formatted(work / nanos);
  }
}
