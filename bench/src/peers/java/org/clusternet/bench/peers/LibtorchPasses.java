package org.clusternet.bench.peers;

import java.util.concurrent.TimeUnit;
import org.clusternet.measure.CropCases;
import org.clusternet.measure.StepCases;
import org.clusternet.measure.step.LossWatch;
import org.clusternet.measure.step.StepTask;
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

/** libtorch's side of {@code Passes} and of the fused crop, by the names of our cases. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(
    value = 1,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"})
public class LibtorchPasses {
  /** Name of the pass. */
  @Param({StepCases.BRANCH_TRAIN, StepCases.BRANCH_INFER, StepCases.NETWORK_TRAIN, CropCases.FUSED})
  private String pass;

  /** {@code fp32}, or {@code bf16} for one branch. */
  @Param("fp32")
  private String precision;

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

  private PeerPass running;
  private LossWatch watch;

  /** Builds the network and the batch. */
  @Setup
  public void open() {
    running = open(pass, precision, new StepTask(batch, size), layout.equals("nhwc"), threads);
    watch = new LossWatch();
  }

  /**
   * Sets a pass up.
   *
   * @throws IllegalArgumentException if there is none of that name in that precision
   */
  static PeerPass open(
      String pass, String precision, StepTask task, boolean channelsLast, int threads) {
    if (precision.equals("bf16")) {
      return switch (pass) {
        case StepCases.BRANCH_TRAIN -> new LibtorchHalf(task, channelsLast, threads, true);
        case StepCases.BRANCH_INFER -> new LibtorchHalf(task, channelsLast, threads, false);
        default ->
            throw new IllegalArgumentException("pass=" + pass + "; it is there in fp32 only");
      };
    }
    return switch (pass) {
      case StepCases.BRANCH_TRAIN -> new LibtorchTraining(task, channelsLast, threads);
      case StepCases.BRANCH_INFER -> new LibtorchInference(task, channelsLast, threads);
      case StepCases.NETWORK_TRAIN -> new LibtorchNetworkTraining(task, channelsLast, threads);
      case CropCases.FUSED -> new LibtorchCrop(task, threads);
      default -> throw new IllegalArgumentException("pass=" + pass + "; there is none");
    };
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
    System.out.println(Libtorch.describe() + ": " + pass + ", " + watch);
  }
}
