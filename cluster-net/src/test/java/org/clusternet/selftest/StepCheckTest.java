package org.clusternet.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.clusternet.engine.Devices;
import org.clusternet.engine.check.Bound;
import org.clusternet.engine.check.Outcome;
import org.clusternet.engine.op.Affine;
import org.clusternet.engine.op.BatchNorm;
import org.clusternet.engine.op.Conv2d;
import org.clusternet.engine.op.CramerDistance;
import org.clusternet.engine.op.MaxPool;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.ForwardingDevice;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The small network on the CPU, and on CPUs with a planted fault. */
class StepCheckTest {
  private static final Bound BOUND = new Bound(Bound.Measure.NORM, 3e-4);

  private final StepCheck check = new StepCheck(() -> Devices.plainCpu(1));

  private static Device cpu() {
    return Devices.cpu(1);
  }

  /** A CPU that scales the first output of every op of a class by a factor that may change. */
  private static Supplier<Device> scaled(Class<? extends Op> broken, Supplier<Double> factor) {
    return () ->
        new ForwardingDevice(cpu()) {
          @Override
          public void run(Op op, Tensor[] inputs, Tensor[] outputs) {
            super.run(op, inputs, outputs);
            if (broken.isInstance(op)) {
              try (Scope scope = scope()) {
                Tensor copy = new Eager(this, scope).apply(new Affine(1, 0), outputs[0]);
                super.run(new Affine(factor.get(), 0), new Tensor[] {copy}, outputs);
              }
            }
          }
        };
  }

  @Test
  void aStepOnTheCpuAgrees() {
    Outcome outcome = check.agreement("F32", StepCheckTest::cpu, DType.F32, BOUND);
    assertEquals(List.of(), outcome.failures());
    assertTrue(outcome.compared() > 70, outcome::line);
  }

  @Test
  void aStepInBf16OnTheCpuAgrees() {
    Outcome outcome = check.agreementInBf16("BF16", StepCheckTest::cpu);
    assertEquals(List.of(), outcome.failures());
    assertTrue(outcome.compared() > 70, outcome::line);
  }

  @Test
  void aFaultInBf16IsReported() {
    Outcome outcome = check.agreementInBf16("BF16", scaled(Conv2d.BackwardWeight.class, () -> 2.0));
    assertTrue(
        outcome.failures().get(0).startsWith("gradient of primary.conv1.weight: "), outcome::line);
    assertTrue(
        outcome.failures().stream().allMatch(f -> f.matches("gradient of .*(conv|sample).*")),
        outcome::line);
  }

  @Test
  void aFaultInAGradientIsReported() {
    Outcome outcome =
        check.agreement("F32", scaled(MaxPool.Backward.class, () -> 1.01), DType.F32, BOUND);
    assertTrue(
        outcome.failures().get(0).startsWith("gradient of primary.conv1.weight: "), outcome::line);
    assertTrue(outcome.failures().stream().noneMatch(f -> f.contains("fc.")), outcome::line);
  }

  @Test
  void aFaultInATermOfTheLossIsReported() {
    Outcome outcome =
        check.agreement("F32", scaled(CramerDistance.class, () -> 1.1), DType.F32, BOUND);
    assertTrue(outcome.failures().get(0).startsWith("losses: "), outcome::line);
  }

  @Test
  void theCpuGivesTheSameBitsTwice() {
    for (DType dtype : new DType[] {DType.F32, DType.BF16}) {
      Outcome outcome = check.sameBits(dtype.toString(), StepCheckTest::cpu, dtype);
      assertEquals(List.of(), outcome.failures());
    }
  }

  @Test
  void differentBitsAreReported() {
    AtomicInteger calls = new AtomicInteger();
    Supplier<Device> drifting =
        scaled(BatchNorm.Backward.class, () -> 1 + 1e-6 * calls.incrementAndGet());
    Outcome outcome = check.sameBits("F32", drifting, DType.F32);
    assertTrue(
        outcome.failures().get(0).startsWith("weights after steps run twice: "), outcome::line);
  }
}
