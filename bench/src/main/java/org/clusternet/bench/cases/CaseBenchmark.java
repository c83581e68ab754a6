package org.clusternet.bench.cases;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.clusternet.benchmark.BenchCase;
import org.clusternet.benchmark.BenchTask;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One case of the catalogue, set up on a device and run until the device is idle again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-modules",
      "jdk.incubator.vector",
      "--enable-native-access=ALL-UNNAMED",
      "-XX:+UseSerialGC"
    })
public abstract class CaseBenchmark {
  /** {@code cpu} or another name that {@link Devices#open} accepts. */
  @Param("cpu")
  private String device;

  /** {@code fp32} or {@code bf16}. */
  @Param({"fp32", "bf16"})
  private String precision;

  /** Number of images in a batch. */
  @Param("8")
  private int batch;

  /** Height and width of the images. */
  @Param("256")
  private int size;

  /** Number of threads of the CPU device. */
  @Param("2")
  private int threads;

  private Device opened;
  private BenchCase.Opened work;

  /** The cases among which the case is found by its name. */
  abstract List<BenchCase> cases(BenchTask task);

  /** The name of the case. */
  abstract String which();

  /** Opens the device and sets up the case. */
  @Setup
  public void open() {
    BenchTask task = new BenchTask(batch, size, ActivationType.of(precision), threads);
    BenchCase found =
        cases(task).stream()
            .filter(one -> one.name().equals(which()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("case=" + which() + " does not exist"));
    opened = Devices.open(device, threads);
    work = found.opening().open(opened);
  }

  /** Runs the case. */
  @Benchmark
  public void run() {
    work.run();
    opened.synchronize();
  }

  /** Closes the case, which fails if it did not do its work, and the device. */
  @TearDown
  public void close() {
    String what = opened.describe();
    long peak = opened.memory().peakBytes();
    try {
      work.close();
    } finally {
      opened.close();
    }
    System.out.printf("%s: %,d MiB of tensors at most%n", what, peak >> 20);
  }
}
