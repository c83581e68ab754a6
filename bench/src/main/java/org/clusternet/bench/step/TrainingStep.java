package org.clusternet.bench.step;

import java.util.concurrent.TimeUnit;
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

/**
 * One training step of one ResNet-18: forward, cross entropy, backward, Adam. A step takes long
 * enough to be timed alone, so that JMH reports each and the median is of steps.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-modules",
      "jdk.incubator.vector",
      "--enable-native-access=ALL-UNNAMED",
      "-XX:+UseSerialGC"
    })
public class TrainingStep {
  /** {@code cpu}, or what {@link Devices#open} knows. */
  @Param("cpu")
  private String device;

  /** {@code fp32} or {@code bf16}. */
  @Param({"fp32", "bf16"})
  private String precision;

  /** Images in a batch. */
  @Param({"8", "16"})
  private int batch;

  /** Side of the images. */
  @Param("256")
  private int size;

  /** Threads of the CPU device. */
  @Param("2")
  private int threads;

  private Device opened;
  private ResNetTraining training;
  private LossWatch watch;

  /** Builds the network and the batch. */
  @Setup
  public void open() {
    opened = Devices.open(device, threads);
    training =
        new ResNetTraining(opened, new StepTask(batch, size), Precision.of(precision).compute());
    watch = new LossWatch();
  }

  /** The step. */
  @Benchmark
  public double step() {
    return watch.next(training.step());
  }

  /** Ends it, and fails if it did not train. */
  @TearDown
  public void close() {
    String what = opened.describe();
    long peak = opened.memory().peakBytes();
    training.close();
    opened.close();
    watch.requireFall();
    System.out.printf("%s: %s, %,d MiB of tensors at most%n", what, watch, peak >> 20);
  }
}
