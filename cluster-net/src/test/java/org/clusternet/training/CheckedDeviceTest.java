package org.clusternet.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.clusternet.engine.Devices;
import org.clusternet.engine.op.Binary;
import org.clusternet.engine.op.BinaryFunction;
import org.clusternet.engine.op.Unary;
import org.clusternet.engine.op.UnaryFunction;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The op that is named is the first one that went wrong. */
class CheckedDeviceTest {
  private final Device plain = Devices.plainCpu(1);
  private final Device checked = new CheckedDevice(plain);
  private final Scope scope = checked.scope();
  private final Eager run = new Eager(checked, scope);
  private final Op log = new Unary(UnaryFunction.LOG);

  @AfterEach
  void close() {
    scope.close();
    checked.close();
    plain.close();
  }

  @Test
  void aStepWithFiniteNumbersPasses() {
    Tensor result = run.apply(log, tensor("x", 1, 1, Math.E));
    assertArrayEquals(new double[] {0, 0, 1}, HostValues.get(plain, result), 1e-6);
  }

  @Test
  void theErrorNamesTheOpItsOperandsAndTheCounts() {
    Tensor x = tensor("x", 1, -1, 0);
    assertEquals(
        "the first op whose output is not finite is Unary[function=LOG] of x F32(3),"
            + " output F32(3) with NaN=1 infinite=1",
        assertThrows(CheckedDevice.NotFiniteException.class, () -> run.apply(log, x)).getMessage());
  }

  @Test
  void theErrorSaysWhenAnInputWasNotFinite() {
    Tensor bad = tensor("conv1.weight", 1, Double.NaN, 2);
    Tensor good = tensor("y", 1, 1, 1);
    Op add = new Binary(BinaryFunction.ADD);
    assertEquals(
        "the first op whose output is not finite is Binary[function=ADD] of y F32(3),"
            + " conv1.weight F32(3), output F32(3) with NaN=1 infinite=0,"
            + " with input conv1.weight F32(3) with NaN=1 infinite=0",
        assertThrows(CheckedDevice.NotFiniteException.class, () -> run.apply(add, good, bad))
            .getMessage());
  }

  private Tensor tensor(String name, double... values) {
    Tensor tensor = scope.allocate(TensorType.of(DType.F32, values.length)).named(name);
    HostValues.set(plain, tensor, values);
    return tensor;
  }
}
