package org.clusternet.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;
import org.clusternet.engine.Devices;
import org.clusternet.engine.op.Fill;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.testing.Messages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Frozen tensors cannot be written to, and what is derived from them ends with them. */
class FrozenTensorTest {
  private static final TensorType VECTOR = TensorType.of(DType.F32, 100);

  private final Device device = Devices.plainCpu(1);

  @AfterEach
  void close() {
    assertEquals(0, device.memory().liveBytes());
    device.close();
  }

  private static String refusal(Runnable write) {
    return Messages.of(assertThrows(IllegalStateException.class, write::run));
  }

  @Test
  void devicesRefuseToWrite() {
    try (Scope scope = device.scope()) {
      Tensor tensor = scope.allocate(VECTOR).named("conv1.weight");
      Tensor before = tensor.view(TensorType.of(DType.F32, 10), 3);
      MemorySegment ones = MemorySegment.ofArray(new float[100]).fill((byte) 1);
      device.upload(ones, tensor);
      tensor.freeze();
      String remedy =
          " is frozen and cannot be written to; change the model that it was copied from, and"
              + " freeze that anew";
      assertEquals(
          "upload: tensor conv1.weight F32(100)" + remedy,
          refusal(() -> device.upload(MemorySegment.ofArray(new float[100]), tensor)));
      Tensor[] outputs = {before};
      assertEquals(
          "Fill: tensor F32(10)" + remedy,
          refusal(() -> device.run(new Fill(before.type(), 7), new Tensor[0], outputs)));
      float[] now = new float[100];
      device.download(tensor, MemorySegment.ofArray(now));
      assertEquals(-1, MemorySegment.ofArray(now).mismatch(ones));
    }
  }

  @Test
  void whatIsDerivedIsMadeOnceAndEndsWithItsSource() {
    AtomicInteger made = new AtomicInteger();
    Tensor kept;
    try (Scope scope = device.scope()) {
      Tensor tensor = scope.allocate(VECTOR);
      assertFalse(tensor.isFrozen());
      assertTrue(tensor.freeze().isFrozen());
      kept = derived(tensor, "packed", made);
      assertEquals(512 + 4096, device.memory().liveBytes());
      assertSame(kept, derived(tensor, "packed", made));
      assertSame(kept, derived(tensor.view(VECTOR, 0), "packed", made), "the same numbers");
      assertEquals(1, made.get());
      assertTrue(kept != derived(tensor, "transformed", made), "something else");
      Tensor part = tensor.view(TensorType.of(DType.F32, 50), 50);
      assertTrue(part.isFrozen());
      assertTrue(kept != derived(part, "packed", made), "of other numbers");
      assertEquals(3, made.get());
      scope.release(tensor);
      assertEquals(0, device.memory().liveBytes());
      assertFalse(kept.isLive());
      assertThrows(IllegalStateException.class, () -> derived(tensor, "packed", made));
    }
  }

  private static Tensor derived(Tensor tensor, String what, AtomicInteger made) {
    return tensor.derived(
        what,
        scope -> {
          made.incrementAndGet();
          return scope.allocate(TensorType.of(DType.F32, 1024));
        });
  }

  @Test
  void onlyFrozenTensorsKeepAnything() {
    try (Scope scope = device.scope()) {
      Tensor tensor = scope.allocate(VECTOR);
      assertEquals(
          "tensor F32(100) is not frozen: what is derived from it would not follow its content",
          refusal(() -> tensor.derived("packed", s -> tensor)));
    }
  }
}
