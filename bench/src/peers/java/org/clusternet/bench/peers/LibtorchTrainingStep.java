package org.clusternet.bench.peers;

import java.util.concurrent.TimeUnit;
import org.clusternet.bench.step.LossWatch;
import org.clusternet.bench.step.StepTask;
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

/** One training step of ResNet-18 by DJL on libtorch in F32: the peer of {@code TrainingStep}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(
    value = 1,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"})
public class LibtorchTrainingStep {
  /** Images in a batch. */
  @Param({"8", "16"})
  private int batch;

  /** Side of the images. */
  @Param("256")
  private int size;

  /** Threads within an op. */
  @Param("2")
  private int threads;

  /** Memory layout of images and activations: {@code nchw}, libtorch's default, or {@code nhwc}. */
  @Param({"nchw", "nhwc"})
  private String layout;

  private LibtorchTraining training;
  private LossWatch watch;

  /** Builds the network and the batch. */
  @Setup
  public void open() {
    training = new LibtorchTraining(new StepTask(batch, size), layout.equals("nhwc"), threads);
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
    training.close();
    watch.requireFall();
    System.out.println(LibtorchTraining.describe() + ": " + watch);
  }
}
