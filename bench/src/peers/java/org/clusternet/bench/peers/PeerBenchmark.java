package org.clusternet.bench.peers;

import java.util.concurrent.TimeUnit;
import org.clusternet.benchmark.step.LossWatch;
import org.clusternet.benchmark.step.StepTask;
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
 * A peer's counterpart of {@code Passes}: a pass with the name of our case, whose loss must fall.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(
    value = 1,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"})
public abstract class PeerBenchmark {
  /** Number of images in a batch. */
  @Param({"8", "16"})
  private int batch;

  /** Height and width of the images. */
  @Param("256")
  private int size;

  /** Number of threads within an op. */
  @Param("2")
  private int threads;

  private PeerPass running;
  private LossWatch watch;

  /** The name of the pass. */
  abstract String pass();

  /**
   * Sets up the pass.
   *
   * @throws IllegalArgumentException if the peer has no pass of that name
   */
  abstract PeerPass open(StepTask task, int threads);

  /** A description of the library. */
  abstract String describe();

  /** Builds the network and the batch. */
  @Setup
  public void open() {
    running = open(new StepTask(batch, size), threads);
    watch = new LossWatch();
  }

  /** Runs the pass. */
  @Benchmark
  public double run() {
    float number = running.run();
    return running.trains() ? watch.next(number) : number;
  }

  /** Closes the pass and fails if it is a training whose loss did not fall. */
  @TearDown
  public void close() {
    running.close();
    watch.requireFall();
    System.out.println(describe() + ": " + pass() + ", " + watch);
  }
}
