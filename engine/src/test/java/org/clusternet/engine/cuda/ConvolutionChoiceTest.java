package org.clusternet.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.cuda.api.Algorithm;
import org.clusternet.engine.cuda.api.CudaLibraries;
import org.clusternet.engine.cuda.api.MathMode;
import org.clusternet.engine.cuda.emulated.EmulatedDriver;
import org.clusternet.engine.cuda.emulated.EmulatedGpu;
import org.clusternet.engine.cuda.emulated.OracleBlas;
import org.clusternet.engine.cuda.emulated.OracleDnn;
import org.clusternet.engine.cuda.emulated.Order;
import org.clusternet.engine.op.Conv2d;
import org.clusternet.engine.op.MatMul;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.engine.testing.Messages;
import org.junit.jupiter.api.Test;

/** Which of cuDNN's algorithms are used, how often they are looked for, and TF32. */
class ConvolutionChoiceTest {
  private final EmulatedDriver driver = new EmulatedDriver(Order.LATE, EmulatedGpu.BYTES);
  private final OracleDnn dnn = new OracleDnn(driver);

  private CudaDevice device(CudaSettings settings) {
    return EmulatedGpu.device(new CudaLibraries(driver, new OracleBlas(driver), dnn), settings);
  }

  /** All three passes; the bits of y and of both gradients. */
  private static double[] step(Device device, int size) {
    try (Scope scope = device.scope();
        Tape tape = new Tape(device)) {
      Tensor x = tensor(device, scope, 2, 3, size, size);
      Tensor w = tensor(device, scope, 4, 3, 3, 3);
      tape.watch(x);
      tape.watch(w);
      Tensor y = tape.apply(new Conv2d(1, 1), x, w);
      tape.backward(y, y);
      double[] values = HostValues.get(device, tape.gradient(w));
      double[] more = HostValues.get(device, tape.gradient(x));
      double[] all = Arrays.copyOf(values, values.length + more.length);
      System.arraycopy(more, 0, all, values.length, more.length);
      return all;
    }
  }

  private static Tensor tensor(Device device, Scope scope, int... dims) {
    Tensor tensor = scope.allocate(TensorType.of(DType.F32, dims));
    float[] values = new float[(int) tensor.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(1 + i);
    }
    device.upload(MemorySegment.ofArray(values), tensor);
    return tensor;
  }

  private Set<String> used() {
    return dnn.used().stream().map(Algorithm::name).collect(Collectors.toSet());
  }

  @Test
  void theFastestIsFoundOnceForEachShapeAndPass() {
    try (Device device = device(EmulatedGpu.settings())) {
      step(device, 5);
      step(device, 5);
      assertEquals(3, dnn.measurements());
      step(device, 6);
      step(device, 5);
      assertEquals(6, dnn.measurements());
      assertEquals(Set.of("ATOMIC"), used());
    }
  }

  @Test
  void deterministicGivesTheSameBitsTwiceByAlgorithmsThatAreAndWithoutMeasuring() {
    try (Device device = device(EmulatedGpu.settings().deterministic(true))) {
      double[] once = step(device, 5);
      assertArrayEquals(once, step(device, 5));
      assertEquals(Set.of("PRECOMPUTED"), used());
      assertEquals(0, dnn.measurements());
    }
  }

  /** Otherwise the test above could not fail. */
  @Test
  void theFastestAlgorithmsNeedNotGiveTheSameBitsTwice() {
    try (Device device = device(EmulatedGpu.settings())) {
      double[] once = step(device, 5);
      boolean same = true;
      for (int k = 0; k < 3; k++) {
        same &= Arrays.equals(once, step(device, 5));
      }
      assertFalse(same);
    }
  }

  @Test
  void theWorkspaceIsBounded() {
    try (Device device = device(EmulatedGpu.settings().workspace(1 << 11))) {
      step(device, 5);
      assertEquals(Set.of("PRECOMPUTED"), used());
    }
  }

  @Test
  void memoryForMeasuringIsGivenBack() {
    OracleDnn small = dnn.only("ATOMIC", "DIRECT");
    long[] free = new long[2];
    for (OracleDnn offered : List.of(small, dnn)) {
      CudaLibraries libraries = new CudaLibraries(driver, new OracleBlas(driver), offered);
      try (Device device = EmulatedGpu.device(libraries, EmulatedGpu.settings())) {
        step(device, 5);
        free[offered == dnn ? 1 : 0] = driver.freeBytes();
      }
    }
    assertEquals(free[0], free[1]);
  }

  @Test
  void withoutAWorkspaceTheDirectAlgorithmIsUsed() {
    try (Device device = device(EmulatedGpu.settings().workspace(0).deterministic(true))) {
      step(device, 5);
      assertEquals(Set.of("DIRECT"), used());
    }
  }

  @Test
  void anErrorSaysThatNoAlgorithmFits() {
    OracleDnn fast = dnn.only("ATOMIC");
    CudaLibraries libraries = new CudaLibraries(driver, new OracleBlas(driver), fast);
    try (Device device =
        EmulatedGpu.device(libraries, EmulatedGpu.settings().workspace(7).deterministic(true))) {
      IllegalStateException error =
          assertThrows(IllegalStateException.class, () -> step(device, 5));
      assertTrue(
          Messages.of(error)
              .startsWith(
                  "oracle of cuDNN has no deterministic algorithm for FORWARD of F32 x(2, "),
          Messages.of(error));
      assertTrue(Messages.of(error).contains("within a workspace of 7 bytes; allow more"));
      assertEquals(0, device.memory().liveBytes());
    }
  }

  @Test
  void tf32IsOffUnlessAskedFor() {
    List<Double> errors =
        List.of(MathMode.FP32, MathMode.TF32).stream().map(this::errorOfProduct).toList();
    assertTrue(errors.get(0) < 1e-6, errors.toString());
    assertTrue(errors.get(1) > 1e-5 && errors.get(1) < 1e-3, errors.toString());
  }

  private double errorOfProduct(MathMode math) {
    CudaSettings settings = EmulatedGpu.settings().with(math);
    try (Device device = EmulatedGpu.device(Order.LATE, settings);
        Scope scope = device.scope();
        Tape run = new Tape(device)) {
      Tensor a = tensor(device, scope, 9, 40);
      double[] values = HostValues.get(device, a);
      double[] product = HostValues.get(device, run.apply(new MatMul(false, true), a, a));
      double expected = 0;
      for (int k = 0; k < 40; k++) {
        expected += values[k] * values[k];
      }
      return Math.abs(product[0] - expected) / expected;
    }
  }
}
