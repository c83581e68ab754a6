package org.clusternet.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.clusternet.engine.Devices;
import org.clusternet.engine.op.Affine;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.junit.jupiter.api.Test;

/** The table of ops that are bound by memory. */
class KernelCasesTest {
  private static final long ELEMENTS = 64L << 20;

  @Test
  void namesAreUnique() {
    List<KernelCase> cases = KernelCases.of(ELEMENTS);
    Set<String> names = cases.stream().map(KernelCase::name).collect(Collectors.toSet());
    assertEquals(cases.size(), names.size());
  }

  /** What an op moves is no less than what it makes; and the tensors are beyond any L2 cache. */
  @Test
  void bytesAreThoseOfLargeTensors() {
    for (KernelCase one : KernelCases.of(ELEMENTS)) {
      double made = one.op().infer(one.inputs()).stream().mapToDouble(TensorType::bytes).sum();
      assertTrue(one.bytes() >= made, one.name());
      assertTrue(one.bytes() > 100e6 || one.name().equals("bounding box"), one.name());
    }
  }

  @Test
  void aKnownCaseHasTheExpectedBytes() {
    KernelCase copy = KernelCases.copy(1000);
    assertEquals(8000, copy.bytes());
    KernelCase cast =
        KernelCases.of(ELEMENTS).stream()
            .filter(one -> one.name().equals("cast F32 to BF16"))
            .findFirst()
            .orElseThrow();
    assertEquals(6.0 * ELEMENTS, cast.bytes());
  }

  @Test
  void everyCaseRunsAndLeavesNoMemory() {
    try (Device device = Devices.cpu(1)) {
      for (KernelCase one : KernelCases.of(1 << 12)) {
        if (!one.name().equals("Adam")) {
          assertTrue(one.measure(device, new Timing(1, 1, 0)).median() > 0, one.name());
        }
      }
      assertEquals(0, device.memory().liveBytes());
    }
  }

  @Test
  void tensorsAreFilledToTheirEnd() {
    try (Device device = Devices.cpu(1);
        Scope scope = device.scope()) {
      TensorType type = TensorType.of(DType.F32, (3 << 20) + 7);
      Tensor tensor = RandomTensors.of(device, scope, type, KernelCase.BITS);
      double[] values = HostValues.get(device, tensor);
      assertEquals(values[6], values[values.length - 1]);
      long zeros = Arrays.stream(values).filter(v -> v == 0).count();
      assertTrue(zeros < 100 && values[0] < 1, "zeros=" + zeros);
      assertEquals(0.5, Arrays.stream(values).average().orElseThrow(), 0.01);
    }
  }

  @Test
  void aCaseReadsAndWritesOnce() {
    KernelCase scale = KernelCase.once("scale", new Affine(2, 0), TensorType.of(DType.BF16, 10));
    assertEquals(40, scale.bytes());
  }
}
