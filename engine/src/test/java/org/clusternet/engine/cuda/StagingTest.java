package org.clusternet.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.Predicate;
import org.clusternet.engine.cuda.api.CudaLibraries;
import org.clusternet.engine.cuda.api.Event;
import org.clusternet.engine.cuda.emulated.EmulatedDriver;
import org.clusternet.engine.cuda.emulated.EmulatedGpu;
import org.clusternet.engine.cuda.emulated.FailingDriver;
import org.clusternet.engine.cuda.emulated.OracleBlas;
import org.clusternet.engine.cuda.emulated.OracleDnn;
import org.clusternet.engine.cuda.emulated.Order;
import org.clusternet.engine.op.Affine;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.engine.testing.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Copies between host and GPU: whole, in parts, and in whatever order the streams' waits allow; and
 * each wait is needed: left out, the emulated GPU shows it under one of the orders.
 */
class StagingTest {
  private static final int PART = 1000;
  private static final int ROUNDS = 4;

  @ParameterizedTest
  @ValueSource(ints = {1, 249, 250, 251, 500, 1001, 1733})
  void anyNumberOfPartsArrivesAsItLeft(int elements) {
    for (Order order : Order.values()) {
      try (Device device = EmulatedGpu.device(order, EmulatedGpu.settings().staging(PART));
          Scope scope = device.scope()) {
        float[] sent = numbers(elements, 1);
        Tensor tensor = scope.allocate(TensorType.of(DType.F32, elements));
        device.upload(MemorySegment.ofArray(sent), tensor);
        float[] read = new float[elements];
        device.download(tensor, MemorySegment.ofArray(read));
        assertArrayEquals(sent, read, order.toString());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void uploadsOvertakeNothing(Order order) {
    try (Device device = EmulatedGpu.device(order, EmulatedGpu.settings().staging(PART))) {
      assertTrue(overwriteWhileInUse(device));
    }
  }

  /**
   * One input, uploaded anew after each op that reads it, and before anybody waits: all outputs
   * must still come from the numbers that were there when the op was started.
   */
  private static boolean overwriteWhileInUse(Device device) {
    int elements = 3 * PART / Float.BYTES;
    boolean right = true;
    try (Scope scope = device.scope()) {
      Eager eager = new Eager(device, scope);
      Tensor x = scope.allocate(TensorType.of(DType.F32, elements));
      Tensor[] outputs = new Tensor[ROUNDS];
      float[] host = new float[elements];
      for (int k = 0; k < ROUNDS; k++) {
        System.arraycopy(numbers(elements, k), 0, host, 0, elements);
        device.upload(MemorySegment.ofArray(host), x);
        Arrays.fill(host, Float.NaN);
        outputs[k] = eager.apply(new Affine(2, 0), x);
      }
      for (int k = 0; k < ROUNDS; k++) {
        float[] read = new float[elements];
        device.download(outputs[k], MemorySegment.ofArray(read));
        float[] expected = numbers(elements, k);
        for (int i = 0; i < elements; i++) {
          right &= read[i] == 2 * expected[i];
        }
      }
    }
    return right;
  }

  @Test
  void eachWaitIsNeeded() {
    assertTrue(wrongUnderSomeOrder(method -> isAwait(method)), "waits between the streams");
    assertTrue(
        wrongUnderSomeOrder(
            method ->
                method.getName().equals("synchronize")
                    && method.getParameterTypes()[0] == Event.class),
        "waits of the host");
    assertFalse(wrongUnderSomeOrder(method -> false), "with all waits it is right");
  }

  private static boolean isAwait(Method method) {
    return method.getName().equals("await");
  }

  private static boolean wrongUnderSomeOrder(Predicate<Method> leftOut) {
    return Arrays.stream(Order.values()).anyMatch(order -> wrong(order, leftOut));
  }

  private static boolean wrong(Order order, Predicate<Method> leftOut) {
    EmulatedDriver driver = new EmulatedDriver(order, EmulatedGpu.BYTES);
    CudaLibraries libraries =
        new CudaLibraries(
            FailingDriver.without(driver, leftOut), new OracleBlas(driver), new OracleDnn(driver));
    try (Device device = EmulatedGpu.device(libraries, EmulatedGpu.settings().staging(PART))) {
      return !overwriteWhileInUse(device);
    } catch (RuntimeException | AssertionError e) {
      return true;
    }
  }

  @Test
  void hostCodeThatTouchesMemoryOfTheGpuFails() {
    try (Device device = EmulatedGpu.device();
        Scope scope = device.scope()) {
      Tensor tensor = scope.allocate(TensorType.of(DType.F32, 3));
      assertEquals(12, tensor.memory().byteSize());
      IllegalStateException error =
          assertThrows(IllegalStateException.class, () -> tensor.dtype().get(tensor.memory(), 0));
      assertTrue(Messages.of(error).contains("closed"), Messages.of(error));
    }
  }

  @Test
  void copiesOfAnotherSizeThanTheTensorAreRefused() {
    try (Device device = EmulatedGpu.device();
        Scope scope = device.scope()) {
      Tensor tensor = scope.allocate(TensorType.of(DType.F32, 3));
      MemorySegment host = MemorySegment.ofArray(new float[4]);
      assertThrows(IllegalArgumentException.class, () -> device.upload(host, tensor));
      assertThrows(IllegalArgumentException.class, () -> device.download(tensor, host));
    }
  }

  private static float[] numbers(int count, int seed) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = 1000 * seed + i;
    }
    return numbers;
  }
}
