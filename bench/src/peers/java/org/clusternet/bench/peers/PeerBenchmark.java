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

/** A peer's side of {@code Passes}: a pass by the name of our case, and the watch over its loss. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(
    value = 1,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"})
public abstract class PeerBenchmark {
  /** Images in a batch. */
  @Param({"8", "16"})
  private int batch;

  /** Side of the images. */
  @Param("256")
  private int size;

  /** Threads within an op. */
  @Param("2")
  private int threads;

  private PeerPass running;
  private LossWatch watch;

  /** The name of the pass. */
  abstract String pass();

  /**
   * Sets the pass up.
   *
   * @throws IllegalArgumentException if the peer has none of that name
   */
  abstract PeerPass open(StepTask task, int threads);

  /** What runs, for people. */
  abstract String describe();

  /** Builds the network and the batch. */
  @Setup
  public void open() {
    running = open(new StepTask(batch, size), threads);
    watch = new LossWatch();
  }

  /** The pass. */
  @Benchmark
  public double run() {
    float number = running.run();
    return running.trains() ? watch.next(number) : number;
  }

  /** Ends it, and fails if it should have trained and did not. */
  @TearDown
  public void close() {
    running.close();
    watch.requireFall();
    System.out.println(describe() + ": " + pass() + ", " + watch);
  }
}
