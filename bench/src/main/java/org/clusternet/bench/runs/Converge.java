package org.clusternet.bench.runs;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.clusternet.benchmark.MachineFacts;
import org.clusternet.text.MarkedFile;
import org.clusternet.text.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The same training run in F32 and in BF16 for some seeds. The seed determines images, folds,
 * initial weights and order, so that only the arithmetic differs. Reports the curves and the macro
 * F1 over the test fold, and compares the difference between the two with that between seeds.
 */
@Command(
    name = "converge",
    mixinStandardHelpOptions = true,
    description = "Trains in F32 and BF16 with the same seeds and compares the curves.")
public final class Converge implements Callable<Integer> {
  @Option(
      names = "--seeds",
      split = ",",
      description = "Random seeds, separated by commas (default: ${DEFAULT-VALUE}).")
  private List<Long> seeds = List.of(0L, 1L, 2L);

  @Option(
      names = "--clusters",
      description = "Number of simulated clusters (default: ${DEFAULT-VALUE}).")
  private int clusters = 120;

  @Option(names = "--epochs", description = "Number of epochs (default: ${DEFAULT-VALUE}).")
  private int epochs = 10;

  @Option(
      names = "--size",
      description = "Height and width of the images (default: ${DEFAULT-VALUE}).")
  private int size = 64;

  @Option(names = "--device", description = "Device to run on (default: ${DEFAULT-VALUE}).")
  private String device = "cpu";

  @Option(
      names = "--launcher",
      paramLabel = "FILE",
      description = "Launcher to run (default: that of this checkout).")
  private Path launcher = Launched.ofThisCheckout();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Markdown file in which the section bf16-convergence is replaced (default: print only).")
  private @Nullable Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter log = spec.commandLine().getErr();
    List<Curve> full = new ArrayList<>();
    List<Curve> half = new ArrayList<>();
    for (long seed : seeds) {
      try (TemporaryFolder scratch = TemporaryFolder.create("cluster-net-converge")) {
        full.add(train(scratch.path(), seed, "fp32", log));
        half.add(train(scratch.path(), seed, "bf16", log));
      }
    }
    String text = text(seeds, full, half);
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
    if (out != null) {
      new MarkedFile(out).replace("bf16-convergence", "bench/run converge", text);
    }
    return 0;
  }

  private Curve train(Path folder, long seed, String precision, PrintWriter log)
      throws IOException, InterruptedException {
    Path run = folder.resolve(precision + "-" + seed);
    List<String> arguments = new ArrayList<>(List.of("train", "--precision", precision));
    arguments.addAll(List.of("--seed", Long.toString(seed), "--device", device));
    arguments.addAll(List.of("--clusters", Integer.toString(clusters)));
    arguments.addAll(List.of("--epochs", Integer.toString(epochs)));
    arguments.addAll(List.of("--image-size", Integer.toString(size), "--out", run.toString()));
    Launched.run(launcher, arguments);
    Curve curve = Curve.read(run);
    log.printf(
        "converge: seed %d, %s: macro F1 %.3f in %.0f s%n",
        seed, precision, curve.testF1(), curve.seconds());
    log.flush();
    return curve;
  }

  private String text(List<Long> names, List<Curve> full, List<Curve> half) {
    return """
        ### BF16 against F32: the same training runs

        %s: three-headed network from random weights, %d simulated clusters, 3 x %d x %d, %d epochs, \
        seeds %s, on %s; %s. The seed determines images, folds, weights and order, so that only \
        the arithmetic differs.

        Mean over the seeds, F32 and BF16:

        %s
        Macro F1 over the test fold, with the weights of the best epoch:

        %s"""
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            clusters,
            size,
            size,
            epochs,
            names,
            device,
            MachineFacts.here().cpu(),
            curves(full, half).markdown(),
            ends(names, full, half).markdown());
  }

  static Table curves(List<Curve> full, List<Curve> half) {
    Table table =
        new Table(
            "epoch",
            "loss F32",
            "BF16",
            "validation loss F32",
            "BF16",
            "validation macro F1 F32",
            "BF16");
    for (int epoch = 0; epoch < full.get(0).train().size(); epoch++) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(epoch + 1)));
      List<Function<Curve, List<Double>>> columns =
          List.of(Curve::train, Curve::validation, Curve::f1);
      for (Function<Curve, List<Double>> column : columns) {
        row.add("%.3f".formatted(mean(full, column, epoch)));
        row.add("%.3f".formatted(mean(half, column, epoch)));
      }
      table.row(row);
    }
    return table;
  }

  private static double mean(List<Curve> runs, Function<Curve, List<Double>> column, int epoch) {
    return runs.stream().mapToDouble(run -> column.apply(run).get(epoch)).average().orElseThrow();
  }

  static Table ends(List<Long> names, List<Curve> full, List<Curve> half) {
    Table table = new Table("seed", "F32", "BF16", "BF16 - F32", "s F32", "s BF16");
    SummaryStatistics f32 = new SummaryStatistics();
    SummaryStatistics bf16 = new SummaryStatistics();
    SummaryStatistics difference = new SummaryStatistics();
    for (int i = 0; i < names.size(); i++) {
      double a = full.get(i).testF1();
      double b = half.get(i).testF1();
      f32.addValue(a);
      bf16.addValue(b);
      difference.addValue(b - a);
      table.row(
          Long.toString(names.get(i)),
          "%.3f".formatted(a),
          "%.3f".formatted(b),
          "%+.3f".formatted(b - a),
          "%.0f".formatted(full.get(i).seconds()),
          "%.0f".formatted(half.get(i).seconds()));
    }
    table.row(
        "mean (standard deviation over the seeds)",
        spread("%.3f", f32),
        spread("%.3f", bf16),
        spread("%+.3f", difference),
        "",
        "");
    return table;
  }

  private static String spread(String format, SummaryStatistics of) {
    return (format + " (%.3f)").formatted(of.getMean(), of.getStandardDeviation());
  }
}
