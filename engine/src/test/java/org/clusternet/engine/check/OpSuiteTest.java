package org.clusternet.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.clusternet.engine.Devices;
import org.clusternet.engine.op.Affine;
import org.clusternet.engine.op.ArgMax;
import org.clusternet.engine.op.Fill;
import org.clusternet.engine.op.OpRegistry;
import org.clusternet.engine.op.Softmax;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.ForwardingDevice;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A device with one planted fault is caught in the family of the fault and in no other. */
class OpSuiteTest {
  private final Device oracle = Devices.plainCpu(1);
  private final Device good = Devices.plainCpu(1);

  @AfterEach
  void close() {
    good.close();
    oracle.close();
  }

  /** What a device does beside an op of one class. */
  private interface Fault {
    void after(Tensor[] outputs);
  }

  private static OpFamily family(String stem) {
    return OpRegistry.families().stream()
        .filter(family -> family.stem().equals(stem))
        .findFirst()
        .orElseThrow();
  }

  private Device faulty(Class<? extends Op> broken, Fault fault) {
    return new ForwardingDevice(good) {
      @Override
      public void run(Op op, Tensor[] inputs, Tensor[] outputs) {
        super.run(op, inputs, outputs);
        if (broken.isInstance(op)) {
          fault.after(outputs);
        }
      }
    };
  }

  private Outcome check(Device device, String stem) {
    return new OpSuite(oracle, device, Bound.F32).check(family(stem));
  }

  private void overwrite(Tensor tensor, double value) {
    good.run(new Fill(tensor.type(), value), new Tensor[0], new Tensor[] {tensor});
  }

  @Test
  void aGoodDevicePasses() {
    for (String stem : List.of("Softmax", "Affine", "MaxPool")) {
      Outcome outcome = check(good, stem);
      assertEquals(List.of(), outcome.failures());
      assertTrue(outcome.passed() && outcome.compared() > 0, outcome::line);
    }
  }

  @Test
  void aWrongValueIsFoundWhereItArises() {
    Device device = faulty(Affine.class, outputs -> overwrite(outputs[0], 0.25));
    Outcome outcome = check(device, "Affine");
    assertEquals(outcome.compared(), outcome.failures().size());
    assertTrue(outcome.failures().get(0).startsWith("Affine, "), outcome::line);
    assertTrue(outcome.failures().get(0).contains(": output 0: "), outcome::line);
    assertTrue(outcome.line().startsWith("FAILED Affine"), outcome::line);
    assertTrue(check(device, "Softmax").passed());
  }

  @Test
  void aWrongGradientIsFound() {
    Device device = faulty(Softmax.Backward.class, outputs -> overwrite(outputs[0], 1));
    Outcome outcome = check(device, "Softmax");
    assertEquals(outcome.compared(), outcome.failures().size());
    assertTrue(outcome.failures().get(0).contains("gradient of input 0: "), outcome::line);
  }

  @Test
  void notANumberIsFound() {
    Device device = faulty(Softmax.class, outputs -> overwrite(outputs[0], Double.NaN));
    assertEquals(check(device, "Softmax").compared(), check(device, "Softmax").failures().size());
  }

  @Test
  void anErrorOfTheDeviceIsAFailureWithItsMessage() {
    Device device =
        faulty(
            Softmax.class,
            outputs -> {
              throw new IllegalStateException("the GPU is on fire");
            });
    assertTrue(check(device, "Softmax").failures().get(0).endsWith("the GPU is on fire"));
  }

  @Test
  void memoryThatStaysIsFound() {
    Set<Tensor> kept = new HashSet<>();
    Device device =
        faulty(
            Softmax.class, outputs -> kept.add(good.scope().allocate(TensorType.of(DType.F32, 8))));
    String failure = check(device, "Softmax").failures().get(0);
    assertTrue(failure.contains("are left behind"), failure);
  }

  @Test
  void otherBitsInASecondRunAreFound() {
    AtomicInteger runs = new AtomicInteger();
    Device device = faulty(Softmax.class, outputs -> overwrite(outputs[0], runs.incrementAndGet()));
    Outcome outcome = new OpSuite(oracle, device, Bound.F32).repeat(family("Softmax"));
    assertEquals(outcome.compared(), outcome.failures().size());
    assertTrue(outcome.failures().get(0).contains("in one run"), outcome::line);
    assertTrue(new OpSuite(oracle, good, Bound.F32).repeat(family("Softmax")).passed());
  }

  @Test
  void integersMustBeExact() {
    Device device = faulty(ArgMax.class, outputs -> {});
    assertTrue(check(device, "ArgMax").passed());
    Device wrong = faulty(ArgMax.class, outputs -> overwrite(outputs[0], 0));
    assertTrue(!check(wrong, "ArgMax").passed());
  }
}
