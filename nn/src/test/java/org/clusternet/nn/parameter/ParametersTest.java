package org.clusternet.nn.parameter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.clusternet.engine.Devices;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.op.Conv2d;
import org.clusternet.engine.op.SumTo;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.ForwardingDevice;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.nn.testing.Expect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParametersTest {
  private static Device device;

  @BeforeAll
  static void open() {
    device = Devices.cpu(1);
  }

  @AfterAll
  static void close() {
    device.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void slicesOfTheBufferAreAlignedAndGapsAreZero(DType dtype) {
    try (Parameters parameters = new Parameters(device, dtype)) {
      Parameter a = parameters.under("p").parameter("a", Initial.constant(1), 3);
      Parameter b = parameters.under("p").child(0).parameter("b", Initial.constant(2), 2, 3, 3, 1);
      Parameter buffer = parameters.root().buffer("c", Initial.constant(3), 5);
      Parameter d = parameters.root().parameter("d", Initial.constant(4), 1);
      parameters.initialise(1);
      long start = parameters.values().memory().address();
      int line = FlatBuffer.ALIGNMENT / dtype.bytes();
      assertEquals(List.of("p.a", "p.0.b", "c", "d"), List.copyOf(parameters.tensors().keySet()));
      assertEquals(0, a.value().memory().address() - start);
      assertEquals(64, d.value().memory().address() - start, "vectors come first");
      assertEquals(128, b.value().memory().address() - start);
      assertEquals(22, parameters.count());
      double[] expected = new double[Math.toIntExact(parameters.values().elements())];
      Arrays.fill(expected, 0, 3, 1);
      expected[line] = 4;
      Arrays.fill(expected, 2 * line, 2 * line + 18, 2);
      assertArrayEquals(expected, HostValues.get(device, parameters.values()));
      assertArrayEquals(new double[] {3, 3, 3, 3, 3}, HostValues.get(device, buffer.value()));
      assertArrayEquals(
          new double[expected.length], HostValues.get(device, parameters.gradients()));
      assertEquals(line + 1, parameters.vectorGradients().elements());
    }
  }

  @Test
  void gradientsAreWrittenToTheSlices() {
    try (Parameters parameters = new Parameters(device, DType.F32);
        Tape tape = new Tape(device)) {
      Parameter a = parameters.root().parameter("a", Initial.constant(1), 3);
      Parameter unused = parameters.root().parameter("b", Initial.constant(1), 2);
      parameters.initialise(1);
      parameters.watch(tape);
      tape.backward(tape.apply(new SumTo(Shape.SCALAR), a.value()));
      assertSame(a.gradient(), tape.gradient(a.value()));
      assertArrayEquals(new double[] {1, 1, 1}, HostValues.get(device, a.gradient()));
      assertArrayEquals(new double[] {0, 0}, HostValues.get(device, unused.gradient()));
    }
  }

  /** A device that rounds weights in separate passes, as a GPU does. */
  private static Device rounding() {
    return new ForwardingDevice(device) {
      @Override
      public boolean roundsWeights() {
        return true;
      }
    };
  }

  @Test
  void convolutionWeightsAreRoundedAndTheirGradientsConvertedBack() {
    Device rounding = rounding();
    long before = device.memory().liveBytes();
    try (Parameters parameters = new Parameters(rounding, DType.F32, DType.BF16);
        Scope scope = device.scope()) {
      Initial fine = (random, values) -> Arrays.fill(values, 1 + 0x1p-8);
      Parameter a = parameters.root().parameter("a", fine, 1, 1, 3, 3);
      Parameter head = parameters.root().parameter("b", fine, 2, 1);
      Parameter c = parameters.root().parameter("c", fine, 1, 1, 1, 1);
      parameters.initialise(1);
      assertSame(head.value(), head.operand());
      assertEquals(a.value().type().as(DType.BF16), a.operand().type());
      assertEquals(Double.NaN, HostValues.get(device, a.operand())[0], "not rounded yet");
      Tensor x = scope.allocate(TensorType.of(DType.BF16, 1, 1, 1, 1));
      HostValues.set(device, x, 3);
      try (Tape tape = new Tape(rounding)) {
        parameters.watch(tape);
        parameters.refresh(tape);
        Tensor middle = tape.apply(new Conv2d(1, 1), x, a.operand());
        Tensor y = tape.apply(new Conv2d(1, 0), middle, c.operand());
        tape.backward(tape.apply(new SumTo(Shape.SCALAR), y));
        // Halfway between two BF16 numbers, to the even one.
        assertArrayEquals(new double[] {1}, HostValues.get(device, c.operand()));
        assertArrayEquals(new double[] {1 + 0x1p-8}, HostValues.get(device, c.value()));
        double[] centre = {0, 0, 0, 0, 3, 0, 0, 0, 0};
        assertArrayEquals(centre, HostValues.get(device, a.gradient()));
        assertArrayEquals(new double[] {3}, HostValues.get(device, c.gradient()));
        assertArrayEquals(new double[] {0, 0}, HostValues.get(device, head.gradient()));
      }
    }
    assertEquals(before, device.memory().liveBytes());
    try (Parameters parameters = new Parameters(rounding, DType.F32)) {
      Parameter a = parameters.root().parameter("a", Initial.constant(1), 1, 1, 3, 3);
      parameters.initialise(1);
      assertSame(a.value(), a.operand(), "activations in F32");
    }
  }

  @Test
  void initialValuesDependOnSeedAndKeyOnly() {
    double[] alone;
    try (Parameters parameters = new Parameters(device, DType.F32)) {
      Parameter a = parameters.under("primary").parameter("a", Initial.normal(1), 5, 2, 3, 3);
      parameters.initialise(9);
      alone = HostValues.get(device, a.value());
    }
    try (Parameters parameters = new Parameters(device, DType.F32)) {
      Parameter other = parameters.under("auxiliary").parameter("a", Initial.normal(1), 5, 2, 3, 3);
      Parameter a = parameters.under("primary").parameter("a", Initial.normal(1), 5, 2, 3, 3);
      parameters.initialise(9);
      assertArrayEquals(alone, HostValues.get(device, a.value()));
      assertFalse(Arrays.equals(alone, HostValues.get(device, other.value())));
      parameters.initialise(10);
      assertFalse(Arrays.equals(alone, HostValues.get(device, a.value())));
    }
  }

  @Test
  void initialValuesFollowTheLogicalOrderOfTheDimensions() {
    Initial counting = (random, values) -> Arrays.setAll(values, i -> i);
    try (Parameters parameters = new Parameters(device, DType.F32)) {
      Parameter a = parameters.root().parameter("a", counting, 2, 3, 2, 2);
      parameters.initialise(0);
      Tensor value = a.value();
      long at = value.shape().offset(1, 2, 1, 0) * Float.BYTES;
      assertEquals(22, value.memory().get(ValueLayout.JAVA_FLOAT, at));
    }
  }

  @Test
  void closeReleasesAllMemory() {
    long before = device.memory().liveBytes();
    try (Parameters parameters = new Parameters(device, DType.F32);
        Scope scope = device.scope();
        Tape tape = new Tape(device)) {
      parameters.root().parameter("a", Initial.constant(1), 1000);
      parameters.root().buffer("b", Initial.constant(1), 1000);
      parameters.initialise(0);
      long values = device.memory().liveBytes();
      parameters.watch(tape);
      parameters.watch(tape);
      assertEquals(4096, device.memory().liveBytes() - values, "gradients are allocated once");
      assertEquals(parameters.values().type(), parameters.allocateLike(scope, "m").type());
    }
    assertEquals(before, device.memory().liveBytes());
  }

  @Test
  void misuseGivesAClearError() {
    assertMessage(
        "parameters: dtype=BF16; it must be F32 or F64"
            + " (to compute in BF16, cast the input of an F32 model)",
        IllegalArgumentException.class,
        () -> new Parameters(device, DType.BF16).close());
    try (Parameters parameters = new Parameters(device, DType.F32)) {
      assertMessage(
          "parameters: none is declared; build the layers first",
          IllegalStateException.class,
          () -> parameters.initialise(0));
      KeyPath at = parameters.under("layer1").child(0);
      assertEquals("layer1.0", at.toString());
      Parameter a = at.parameter("weight", Initial.constant(1), 2);
      Parameter b = at.buffer("running_mean", Initial.constant(1), 2);
      assertMessage(
          "layer1.0.weight: the parameters have no values yet; initialise or load them first",
          IllegalStateException.class,
          a::value);
      assertMessage(
          "parameters: there are no values yet; initialise or load them first",
          IllegalStateException.class,
          parameters::gradients);
      assertMessage(
          "parameters: key=layer1.0.weight is declared twice",
          IllegalArgumentException.class,
          () -> at.buffer("weight", Initial.constant(1), 2));
      parameters.initialise(0);
      assertMessage(
          "layer1.0.weight: there is no gradient: no tape has watched the parameters",
          IllegalStateException.class,
          a::gradient);
      assertMessage(
          "layer1.0.running_mean: there is no gradient: it is a buffer",
          IllegalStateException.class,
          b::gradient);
      assertMessage(
          "parameters: key=layer1.0.bias is declared too late; build all layers, then initialise",
          IllegalStateException.class,
          () -> at.parameter("bias", Initial.constant(1), 2));
    }
  }

  private static void assertMessage(
      String message, Class<? extends Exception> type, Executable call) {
    assertEquals(message, Expect.refusal(type, call));
  }
}
