package org.clusternet.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.clusternet.config.Precision;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;

/**
 * Measures the cases of the catalogue: ops of the network and kernels of the crop at the network's
 * shapes, passes of one branch, and work on images; each with its fraction of the hardware's limit.
 */
final class CaseBench {
  private static final Timing OPS = new Timing(2, 11, 5);

  private final BenchSettings settings;
  private final Consumer<String> line;
  private final BiConsumer<String, Runnable> guard;
  private final List<BenchReport.Case> figures = new ArrayList<>();

  /**
   * A benchmark.
   *
   * @param settings what is measured
   * @param line receives each figure when it is measured
   * @param guard runs a measurement under its name and handles its failure
   */
  CaseBench(BenchSettings settings, Consumer<String> line, BiConsumer<String, Runnable> guard) {
    this.settings = settings;
    this.line = line;
    this.guard = guard;
  }

  /** A case with its name in the report and its timing. */
  private record Named(String name, int batch, String precision, BenchCase which, Timing timing) {}

  /** The figures so far. */
  List<BenchReport.Case> figures() {
    return figures;
  }

  /** Measures the cases that run on no device. */
  void data(Device device, Ceilings ceilings) {
    int batch = settings.batches().isEmpty() ? 1 : settings.batches().get(0);
    List<Named> cases = new ArrayList<>();
    for (BenchCase one : DataCases.of(task(batch, DType.F32))) {
      add(cases, one, one.images(), "", settings.timing());
    }
    cases.forEach(one -> guard.accept(one.name(), () -> measure(device, one, ceilings)));
  }

  /** Measures the cases on a device in a precision; opens the device if there are any. */
  void on(Precision precision, Function<Precision, Device> opening, Ceilings ceilings) {
    List<Named> cases = cases(precision);
    if (!cases.isEmpty()) {
      guard.accept(
          "cases in " + name(precision),
          () -> {
            try (Device device = opening.apply(precision)) {
              cases.forEach(one -> guard.accept(one.name(), () -> measure(device, one, ceilings)));
            }
          });
    }
  }

  private List<Named> cases(Precision precision) {
    List<Named> cases = new ArrayList<>();
    Set<Integer> inferring = new TreeSet<>(settings.batches());
    inferring.add(1);
    for (int batch : settings.batches()) {
      BenchTask task = task(batch, precision.dtype());
      NetworkCases.of(task).forEach(one -> add(cases, one, batch, name(precision), OPS));
      CropCases.of(task).forEach(one -> add(cases, one, batch, name(precision), OPS));
    }
    for (int batch : inferring) {
      for (BenchCase one : StepCases.of(task(batch, precision.dtype()))) {
        boolean train = one.name().equals(StepCases.BRANCH_TRAIN);
        boolean infer = one.name().equals(StepCases.BRANCH_INFER);
        boolean network = one.name().equals(StepCases.NETWORK_INFER);
        boolean asked = settings.batches().contains(batch);
        if (infer || (train && asked) || (network && !asked)) { // the rest is Bench's
          add(cases, one, batch, name(precision), settings.timing());
        }
      }
    }
    return cases;
  }

  private void add(List<Named> to, BenchCase one, int batch, String precision, Timing timing) {
    String name = one.name() + (precision.isEmpty() ? "" : " " + precision) + " batch " + batch;
    if (settings.includes(name)) {
      to.add(new Named(name, batch, precision, one, timing));
    }
  }

  private BenchTask task(int batch, DType compute) {
    return new BenchTask(batch, settings.side(), compute, settings.threads());
  }

  private static String name(Precision precision) {
    return precision.name().toLowerCase(Locale.ROOT);
  }

  private void measure(Device device, Named named, Ceilings ceilings) {
    BenchCase one = named.which();
    Statistics ms = one.measure(device, named.timing());
    Work work = one.work();
    boolean fp32 = !named.precision().equals("bf16") && !named.precision().equals("tf32");
    Ceilings.Share share = ceilings.share(work, ms.median(), fp32);
    BenchReport.Case figure =
        new BenchReport.Case(
            one.name(),
            named.batch(),
            named.precision(),
            ms.median(),
            ms.min(),
            ms.max(),
            one.images() == 0 ? null : 1e3 * one.images() / ms.median(),
            one.cells() == 0 ? null : 1e3 * one.cells() / ms.median(),
            work.flops() == 0 ? null : work.flops() / ms.median() * 1e-6,
            work.bytes() / ms.median() * 1e-6,
            share == null ? null : share.name(),
            share == null ? null : share.share());
    figures.add(figure);
    line.accept(
        "%-52s %9.3f ms%s%s%s"
            .formatted(
                named.name(),
                ms.median(),
                figure.cellsPerS() == null ? "" : "  %.3g cells/s".formatted(figure.cellsPerS()),
                figure.gflops() == null ? "" : "  %7.1f GFLOP/s".formatted(figure.gflops()),
                share == null
                    ? ""
                    : "  %3.0f %% of %s".formatted(100 * share.share(), share.name())));
  }
}
