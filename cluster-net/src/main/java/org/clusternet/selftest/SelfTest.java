package org.clusternet.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.clusternet.config.Precision;
import org.clusternet.config.TrainingConfig;
import org.clusternet.engine.Devices;
import org.clusternet.engine.check.Bound;
import org.clusternet.engine.check.OpSuite;
import org.clusternet.engine.check.Outcome;
import org.clusternet.engine.cuda.CudaSettings;
import org.clusternet.engine.cuda.api.MathMode;
import org.clusternet.engine.cuda.doctor.KernelCheck;
import org.clusternet.engine.op.OpRegistry;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;

/**
 * All checks of a device, simple parts first so that the cause of a failure shows first: our
 * kernels alone, ops, the whole network. New memory is filled with NaN, so that a read of memory
 * that was never written does not pass by chance.
 */
public final class SelfTest {
  /**
   * Bound of a gradient of the whole network in bounds of a single op: it passes about thirty ops
   * on its way through both branches and back.
   */
  private static final double THROUGH_THE_NETWORK = 30;

  private static final String POISON = "clusternet.poison";

  /** The ops whose products TF32 rounds. */
  private static final Set<String> PRODUCTS = Set.of("Conv2d", "FusedConv2d", "Linear", "MatMul");

  private final String device;
  private final int threads;
  private final List<Integer> blocks;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final Consumer<Outcome> each;

  /**
   * A self-test.
   *
   * @param device {@code cpu} or {@code cuda}
   * @param threads number of CPU threads
   * @param blocks block sizes at which our CUDA kernels are run
   * @param each receives the outcome of each part
   */
  public SelfTest(String device, int threads, List<Integer> blocks, Consumer<Outcome> each) {
    this.device = device;
    this.threads = threads;
    this.blocks = List.copyOf(blocks);
    this.each = each;
  }

  /**
   * Runs everything.
   *
   * @throws IllegalArgumentException if the device is not available
   */
  public List<Outcome> all() {
    String before = System.getProperty(POISON, "false");
    System.setProperty(POISON, "true");
    try {
      boolean cuda = device.equals("cuda");
      if (cuda) {
        kernels();
      }
      ops(cuda ? Bound.F32_GPU : Bound.F32);
      if (cuda) {
        products();
      }
      steps(cuda);
      resume();
      return List.copyOf(outcomes);
    } finally {
      System.setProperty(POISON, before);
    }
  }

  /**
   * Our own kernels on the GPU, without cuBLAS and cuDNN. Memory is not filled when this is run
   * alone, so that a tool can find reads of memory that was never written.
   */
  public List<Outcome> kernels() {
    KernelCheck.onGpu(CudaSettings.defaults(), blocks, this::done);
    return List.copyOf(outcomes);
  }

  /** Interrupted and continued runs write the files of an uninterrupted run, byte for byte. */
  public List<Outcome> resume() {
    for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
      String name = "continued runs in " + precision.name();
      TrainingConfig.Compute compute = new TrainingConfig.Compute(device, precision, threads, true);
      done(name, () -> new ResumeCheck(compute).check(name));
    }
    return List.copyOf(outcomes);
  }

  /** An exception fails its part; the other parts are still run. */
  private void done(String name, Supplier<Outcome> part) {
    Outcome outcome;
    try {
      outcome = part.get();
    } catch (RuntimeException | OutOfMemoryError e) {
      String message = e.getMessage() == null ? e.toString() : e.getMessage();
      outcome = new Outcome(name, 0, List.of("ended by an error: " + message));
    }
    done(outcome);
  }

  private void done(Outcome outcome) {
    outcomes.add(outcome);
    each.accept(outcome);
  }

  private Device open(MathMode math, boolean deterministic) {
    CudaSettings settings = CudaSettings.defaults().with(math).deterministic(deterministic);
    return Devices.choose(device, threads, settings).device();
  }

  private static Device oracle() {
    return Devices.plainCpu(1);
  }

  private void ops(Bound f32) {
    try (Device oracle = oracle();
        Device opened = open(MathMode.FP32, false)) {
      OpSuite suite = new OpSuite(oracle, opened, f32);
      OpRegistry.families().forEach(family -> done(suite.check(family)));
    }
  }

  private void products() {
    try (Device oracle = oracle();
        Device opened = open(MathMode.TF32, false)) {
      OpSuite suite = new OpSuite(oracle, opened, Bound.TF32);
      for (OpFamily family : OpRegistry.families()) {
        if (PRODUCTS.contains(family.stem())) {
          Outcome outcome = suite.check(family, List.of(DType.F32));
          done(new Outcome(outcome.name() + " in TF32", outcome.compared(), outcome.failures()));
        }
      }
    }
  }

  private void steps(boolean cuda) {
    StepCheck check = new StepCheck(SelfTest::oracle);
    Bound f32 = throughTheNetwork(cuda ? Bound.F32_GPU : Bound.F32);
    Supplier<Device> fast = () -> open(MathMode.FP32, false);
    done("step in F32", () -> check.agreement("F32", fast, DType.F32, f32));
    if (cuda) {
      Bound tf32 = throughTheNetwork(Bound.TF32);
      Supplier<Device> opening = () -> open(MathMode.TF32, false);
      done("step in TF32", () -> check.agreement("TF32", opening, DType.F32, tf32));
    }
    done("step in BF16", () -> check.agreementInBf16("BF16", fast));
    Supplier<Device> exact = () -> open(MathMode.FP32, true);
    done("same bits in F32", () -> check.sameBits("F32", exact, DType.F32));
    done("same bits in BF16", () -> check.sameBits("BF16", exact, DType.BF16));
  }

  private static Bound throughTheNetwork(Bound single) {
    return new Bound(Bound.Measure.NORM, THROUGH_THE_NETWORK * single.relative());
  }
}
