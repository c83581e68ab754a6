package org.clusternet.engine.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.engine.Devices;
import org.clusternet.engine.op.Affine;
import org.clusternet.engine.op.Binary;
import org.clusternet.engine.op.BinaryFunction;
import org.clusternet.engine.op.SumTo;
import org.clusternet.engine.op.Unary;
import org.clusternet.engine.op.UnaryFunction;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.engine.testing.Messages;
import org.clusternet.engine.testing.RecordingDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a tape does with gradients and with memory, on numbers that can be followed by hand. */
class TapeTest {
  private static final Op ADD = new Binary(BinaryFunction.ADD);
  private static final Op MUL = new Binary(BinaryFunction.MUL);
  private static final Op SQUARE = new Unary(UnaryFunction.SQUARE);
  private static final Op SUM = new SumTo(Shape.SCALAR);
  private static final TensorType PAIR = TensorType.of(DType.F64, 2);

  private final Device cpu = Devices.cpu(1);
  private Scope scope;
  private Tape tape;

  @BeforeEach
  void open() {
    scope = cpu.scope();
    tape = new Tape(cpu);
  }

  @AfterEach
  void close() {
    tape.close();
    scope.close();
    assertEquals(0, cpu.memory().liveBytes());
    cpu.close();
  }

  private Tensor pair(double a, double b) {
    return HostValues.of(cpu, scope, PAIR, a, b);
  }

  private void assertGradient(Tensor leaf, double... expected) {
    assertArrayEquals(expected, HostValues.get(cpu, tape.gradient(leaf)));
  }

  @Test
  void gradientsOfSeveralConsumersAddUpInTheGivenMemory() {
    Tensor x = pair(3, 5);
    Tensor destination = pair(99, 99);
    tape.watch(x, destination);
    Tensor a = tape.apply(MUL, x, pair(2, 4));
    Tensor b = tape.apply(SQUARE, x);
    Tensor c = tape.apply(new Affine(-1, 7), x);
    tape.backward(tape.apply(SUM, tape.apply(ADD, tape.apply(ADD, a, b), c)));
    assertSame(destination, tape.gradient(x));
    assertGradient(x, 2 + 2 * 3 - 1, 4 + 2 * 5 - 1);
  }

  @Test
  void theGivenMemoryIsWrittenNotAddedTo() {
    Tensor x = pair(3, 5);
    Tensor destination = pair(99, 99);
    for (int step = 0; step < 2; step++) {
      try (Tape fresh = new Tape(cpu)) {
        fresh.watch(x, destination);
        fresh.backward(fresh.apply(SUM, fresh.apply(SQUARE, x)));
      }
      assertArrayEquals(new double[] {6, 10}, HostValues.get(cpu, destination));
    }
  }

  @Test
  void aTensorAddedToItselfGetsTwiceTheGradient() {
    Tensor x = pair(3, 5);
    Tensor upstream = pair(10, 20);
    tape.watch(x);
    tape.backward(tape.apply(ADD, x, x), upstream);
    assertGradient(x, 20, 40);
    assertArrayEquals(new double[] {10, 20}, HostValues.get(cpu, upstream), "the caller's own");
  }

  @Test
  void aTensorTimesItselfGetsBothTerms() {
    Tensor x = pair(3, 5);
    tape.watch(x);
    tape.backward(tape.apply(MUL, x, x), pair(10, 20));
    assertGradient(x, 2 * 3 * 10, 2 * 5 * 20);
  }

  @Test
  void aGradientSharedByTwoIsNotChangedByAThird() {
    Tensor x = pair(3, 5);
    Tensor w = pair(1, 2);
    tape.watch(x);
    tape.watch(w);
    Tensor shared = tape.apply(ADD, x, w);
    Tensor y = tape.apply(ADD, tape.apply(SQUARE, x), shared);
    tape.backward(tape.apply(SUM, tape.apply(ADD, y, x)));
    assertGradient(x, 2 * 3 + 2, 2 * 5 + 2);
    assertGradient(w, 1, 1);
  }

  @Test
  void broadcastOperandsGetTheSumOfWhatTheyStretchedTo() {
    Tensor x = HostValues.of(cpu, scope, TensorType.of(DType.F64, 3, 2), 1, 2, 3, 4, 5, 6);
    Tensor row = pair(10, 20);
    tape.watch(row, pair(99, 99));
    tape.backward(tape.apply(SUM, tape.apply(MUL, x, row)));
    assertGradient(row, 1 + 3 + 5, 2 + 4 + 6);
  }

  @Test
  void scalarsOfTheFastTypeAddUp() {
    Tensor x = HostValues.of(cpu, scope, TensorType.of(DType.F32, 2), 3, 5);
    tape.watch(x);
    Tensor a = tape.apply(SUM, tape.apply(SQUARE, x));
    Tensor b = tape.apply(new Affine(0.5, 0), tape.apply(SUM, x));
    Tensor loss = tape.apply(ADD, a, b);
    tape.retain(loss);
    tape.backward(loss);
    assertArrayEquals(new double[] {38}, HostValues.get(cpu, loss));
    assertGradient(x, 6.5, 10.5);
  }

  @Test
  void whatTheLossDoesNotDependOnGetsZeros() {
    Tensor x = pair(3, 5);
    Tensor unused = pair(1, 1);
    Tensor unusedToo = pair(1, 1);
    Tensor destination = pair(99, 99);
    tape.watch(x);
    tape.watch(unused, destination);
    tape.watch(unusedToo);
    tape.apply(SQUARE, unusedToo);
    tape.backward(tape.apply(SUM, x));
    assertGradient(unused, 0, 0);
    assertSame(destination, tape.gradient(unused));
    assertGradient(unusedToo, 0, 0);
  }

  @Test
  void anIntermediateResultCanBeWatched() {
    Tensor x = pair(3, 5);
    tape.watch(x);
    Tensor y = tape.apply(SQUARE, x);
    Tensor destination = pair(99, 99);
    tape.watch(y, destination);
    tape.backward(tape.apply(SUM, tape.apply(ADD, tape.apply(SQUARE, y), y)));
    assertGradient(y, 2 * 9 + 1, 2 * 25 + 1);
    assertSame(destination, tape.gradient(y));
    assertGradient(x, 19 * 6, 51 * 10);
  }

  @Test
  void memoryFallsWhileTheWalkGoesOn() {
    List<Long> live = new ArrayList<>();
    Device traced = new RecordingDevice(cpu, op -> live.add(cpu.memory().liveBytes()));
    TensorType type = TensorType.of(DType.F64, 1 << 12);
    long size = type.bytes();
    int depth = 20;
    Tensor x = HostValues.of(cpu, scope, type, new double[1 << 12]);
    long baseline = cpu.memory().liveBytes();
    try (Tape chain = new Tape(traced)) {
      chain.watch(x);
      Tensor y = x;
      for (int i = 0; i < depth; i++) {
        y = chain.apply(SQUARE, y);
      }
      Tensor loss = chain.apply(SUM, y);
      long forward = cpu.memory().liveBytes();
      assertTrue(forward >= baseline + depth * size, "every activation is kept for the walk");
      live.clear();
      chain.backward(loss);
      // Each op's output is live when it starts: the peak comes early, then it falls steadily.
      for (int i = 3; i < live.size(); i++) {
        assertTrue(live.get(i) < live.get(i - 1), "op " + i + " of the walk: " + live);
      }
      assertTrue(live.get(0) <= forward + 2 * size);
      assertTrue(cpu.memory().liveBytes() <= baseline + size + 1024, "only the gradient of x");
    }
    assertEquals(baseline, cpu.memory().liveBytes());
  }

  @Test
  void resultsAreGoneAfterTheWalkUnlessRetained() {
    Tensor x = pair(3, 5);
    tape.watch(x);
    Tensor kept = tape.retain(tape.apply(SQUARE, x));
    Tensor dropped = tape.apply(SQUARE, kept);
    tape.backward(tape.apply(SUM, dropped));
    assertArrayEquals(new double[] {9, 25}, HostValues.get(cpu, kept));
    IllegalStateException e = assertThrows(IllegalStateException.class, dropped::memory);
    assertTrue(Messages.of(e).contains("F64(2) is used after its scope was left"));
  }

  @Test
  void whatTheWalkNeedsIsNotDiscarded() {
    Tensor x = pair(3, 5);
    tape.watch(x);
    Tensor needed = tape.apply(SQUARE, x);
    Tensor y = tape.apply(SQUARE, needed);
    tape.discard(needed);
    assertTrue(needed.isLive());
    tape.backward(tape.apply(SUM, y));
    assertGradient(x, 4 * 27, 4 * 125);
  }

  @Test
  void withoutAWatchedInputNothingIsRecordedAndDiscardingFreesAtOnce() {
    Tensor x = pair(3, 5);
    tape.watch(pair(1, 1));
    Tensor y = tape.apply(SQUARE, x);
    tape.discard(y);
    assertFalse(y.isLive());
  }

  @Test
  void useAfterTheTapeIsClosedIsAnError() {
    Tensor x = pair(3, 5);
    Tensor y;
    try (Tape inner = new Tape(cpu)) {
      y = inner.apply(SQUARE, x);
    }
    assertThrows(IllegalStateException.class, () -> tape.apply(SQUARE, y));
  }

  @Test
  void anErrorSaysWhatWasUsedWrongly() {
    Tensor x = pair(3, 5);
    tape.watch(x);
    Tensor y = tape.apply(SQUARE, x);
    Tensor other = tape.apply(SUM, pair(1, 2));
    assertMessage(
        "backward: loss F64(2) must have one element",
        assertThrows(IllegalArgumentException.class, () -> tape.backward(y)));
    assertMessage(
        "backward: F64() does not depend on a watched tensor",
        assertThrows(IllegalArgumentException.class, () -> tape.backward(other)));
    Tensor wide = HostValues.of(cpu, scope, TensorType.of(DType.F64, 3), 1, 2, 3);
    assertMessage(
        "backward: upstream F64(3) for F64(2)",
        assertThrows(IllegalArgumentException.class, () -> tape.backward(y, wide)));
    assertMessage(
        "watch: gradient memory F64(3) does not fit F64(2)",
        assertThrows(IllegalArgumentException.class, () -> tape.watch(x, wide)));
    Tensor labels = HostValues.of(cpu, scope, TensorType.of(DType.I32, 1), 2);
    assertMessage(
        "watch: I32(1) is not of a floating-point type",
        assertThrows(IllegalArgumentException.class, () -> tape.watch(labels)));
    assertMessage(
        "gradient: backward has not run",
        assertThrows(IllegalStateException.class, () -> tape.gradient(x)));
    tape.backward(tape.apply(SUM, y));
    assertMessage(
        "gradient: F64(2) was not watched",
        assertThrows(IllegalArgumentException.class, () -> tape.gradient(y)));
  }

  private static void assertMessage(String message, Exception e) {
    assertEquals(message, Messages.of(e));
  }
}
