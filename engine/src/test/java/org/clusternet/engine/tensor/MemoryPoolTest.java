package org.clusternet.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.testing.Messages;
import org.junit.jupiter.api.Test;

/** Pools, scopes and the lifetime of tensors. */
class MemoryPoolTest {
  private static final TensorType VECTOR = TensorType.of(DType.F32, 100);

  /** A source of a limited number of bytes. */
  private static final class Limited implements MemorySource {
    private long left;

    Limited(long bytes) {
      this.left = bytes;
    }

    @Override
    public MemorySegment allocate(long bytes) {
      if (bytes > left) {
        throw new OutOfMemoryError("left=" + left);
      }
      left -= bytes;
      return Arena.ofAuto().allocate(bytes, 64);
    }

    @Override
    public void free(MemorySegment block) {
      left += block.byteSize();
    }

    @Override
    public void poison(MemorySegment block) {
      block.fill((byte) 0xFF);
    }
  }

  private static double first(Tensor tensor) {
    return tensor.dtype().get(tensor.memory(), 0);
  }

  @Test
  void leavingAScopeReturnsItsMemoryForReuse() {
    MemoryPool pool = new MemoryPool(new Limited(1 << 20), false);
    for (int step = 0; step < 3; step++) {
      try (Scope scope = new Scope(pool)) {
        scope.allocate(VECTOR);
        scope.allocate(VECTOR);
        assertEquals(2 * 512, pool.liveBytes());
      }
      assertEquals(0, pool.liveBytes());
      assertEquals(2, pool.sourceAllocations(), "step " + step);
    }
    assertEquals(2 * 512, pool.peakBytes());
    assertEquals(2 * 512, pool.heldBytes());
    pool.trim();
    assertEquals(0, pool.heldBytes());
  }

  @Test
  void blocksServeTheirOwnSizeOnly() {
    MemoryPool pool = new MemoryPool(new Limited(1 << 20), false);
    try (Scope scope = new Scope(pool)) {
      scope.allocate(TensorType.of(DType.F32, 1000));
    }
    try (Scope scope = new Scope(pool)) {
      scope.allocate(VECTOR);
      assertEquals(2, pool.sourceAllocations());
    }
  }

  @Test
  void poisonMakesFreshAndFreedMemoryReadAsNaN() {
    MemoryPool pool = new MemoryPool(new Limited(1 << 20), true);
    MemorySegment memory;
    try (Scope scope = new Scope(pool)) {
      for (DType dtype : new DType[] {DType.F64, DType.F32, DType.BF16}) {
        Tensor fresh = scope.allocate(TensorType.of(dtype, 50));
        for (int i = 0; i < 50; i++) {
          assertTrue(Double.isNaN(dtype.get(fresh.memory(), i)), "fresh " + dtype);
        }
      }
      Tensor written = scope.allocate(VECTOR);
      memory = written.memory();
      DType.F32.set(memory, 0, 1.5);
      assertEquals(1.5, first(written));
    }
    assertTrue(Double.isNaN(DType.F32.get(memory, 0)), "freed");
    try (Scope scope = new Scope(pool)) {
      assertTrue(Double.isNaN(first(scope.allocate(VECTOR))), "handed out again");
    }
  }

  @Test
  void withoutPoisonMemoryIsLeftAsItIs() {
    MemoryPool pool = new MemoryPool(new Limited(1 << 20), false);
    try (Scope scope = new Scope(pool)) {
      DType.F32.set(scope.allocate(VECTOR).memory(), 0, 1.5);
    }
    try (Scope scope = new Scope(pool)) {
      assertEquals(1.5, first(scope.allocate(VECTOR)));
    }
  }

  @Test
  void theTestsOfThisModuleRunPoisoned() {
    try (Device device = Devices.plainCpu(1);
        Scope scope = device.scope()) {
      assertTrue(Double.isNaN(first(scope.allocate(VECTOR))));
    }
  }

  @Test
  void useAfterTheScopeIsAnErrorThatNamesTheTensor() {
    MemoryPool pool = new MemoryPool(new Limited(1 << 20), false);
    Tensor kept;
    Tensor view;
    try (Scope scope = new Scope(pool)) {
      kept = scope.allocate(VECTOR).named("conv1.weight");
      view = kept.view(TensorType.of(DType.F32, 10), 5);
      assertTrue(view.isLive());
    }
    assertFalse(kept.isLive());
    IllegalStateException e = assertThrows(IllegalStateException.class, kept::memory);
    assertEquals(
        "tensor conv1.weight F32(100) is used after its scope was left or its device closed; keep"
            + " it in a longer-lived scope",
        Messages.of(e));
    assertThrows(IllegalStateException.class, view::memory);
  }

  @Test
  void aMovedTensorLivesAsLongAsItsNewScope() {
    MemoryPool pool = new MemoryPool(new Limited(1 << 20), false);
    try (Scope outer = new Scope(pool)) {
      Tensor moved;
      try (Scope inner = new Scope(pool)) {
        moved = inner.moveTo(outer, inner.allocate(VECTOR));
      }
      assertTrue(moved.isLive());
      outer.release(moved);
      assertFalse(moved.isLive());
      assertEquals(0, pool.liveBytes());
    }
  }

  @Test
  void aLeftScopeAllocatesNothing() {
    Scope scope = new Scope(new MemoryPool(new Limited(1 << 20), false));
    scope.close();
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> scope.allocate(VECTOR));
    assertEquals("allocate F32(100): the scope has been left", Messages.of(e));
  }

  @Test
  void closingEndsTensorsWhoseScopesWereNeverLeft() {
    Limited source = new Limited(1 << 20);
    MemoryPool pool = new MemoryPool(source, false);
    Scope abandoned = new Scope(pool);
    Tensor tensor = abandoned.allocate(VECTOR).named("weights");
    Tensor kept = abandoned.allocate(VECTOR);
    kept.freeze();
    kept.derived("packed", scope -> scope.allocate(VECTOR));
    pool.close();
    assertEquals(1 << 20, source.left);
    assertEquals(0, pool.liveBytes());
    assertEquals(0, pool.heldBytes());
    assertFalse(tensor.isLive());
    assertThrows(IllegalStateException.class, tensor::memory);
    abandoned.close();
    assertEquals(1 << 20, source.left);
    Exception late =
        assertThrows(IllegalStateException.class, () -> new Scope(pool).allocate(VECTOR));
    assertEquals("allocate bytes=400: the device has been closed", Messages.of(late));
  }

  @Test
  void freeBlocksAreGivenUpBeforeMemoryIsSaidToBeOut() {
    MemoryPool pool = new MemoryPool(new Limited(4096), false);
    try (Scope scope = new Scope(pool)) {
      scope.allocate(TensorType.of(DType.U8, 3072));
    }
    try (Scope scope = new Scope(pool)) {
      scope.allocate(TensorType.of(DType.U8, 2048));
      TensorType large = TensorType.of(DType.U8, 2304);
      OutOfMemoryError e = assertThrows(OutOfMemoryError.class, () -> scope.allocate(large));
      assertEquals(
          "asked for 2,304 bytes with 2,048 in use and 2,048 held (left=2048); lower the batch or"
              + " image size",
          Messages.of(e));
    }
  }

  @Test
  void aReserveKeepsItsBlocksForTheRecordedWorkUntilItIsClosed() {
    MemoryPool pool = new MemoryPool(new Limited(1 << 20), false);
    long before;
    try (Scope first = new Scope(pool)) {
      before = first.allocate(VECTOR).memory().address();
    }
    MemoryPool.Reserve reserve = pool.reserve();
    for (int k = 0; k < 2; k++) {
      try (Scope recorded = new Scope(pool)) {
        assertEquals(before, recorded.allocate(VECTOR).memory().address(), "what was free serves");
      }
    }
    assertEquals(512, reserve.bytes());
    reserve.end();
    try (Scope later = new Scope(pool)) {
      assertFalse(before == later.allocate(VECTOR).memory().address(), "it is not handed out");
      assertEquals(2, pool.sourceAllocations());
      assertEquals(512, pool.liveBytes());
    }
    pool.trim();
    assertEquals(512, pool.heldBytes(), "nor given back");
    reserve.close();
    assertEquals(0, reserve.bytes());
    try (Scope last = new Scope(pool)) {
      assertEquals(before, last.allocate(VECTOR).memory().address());
    }
  }

  @Test
  void tensorsThatOutliveTheirRecordingReturnWhereTheyBelong() {
    MemoryPool pool = new MemoryPool(new Limited(1 << 20), false);
    Scope older = new Scope(pool);
    older.allocate(VECTOR);
    MemoryPool.Reserve reserve = pool.reserve();
    assertThrows(IllegalStateException.class, pool::reserve);
    Scope inner = new Scope(pool);
    inner.allocate(VECTOR);
    older.close();
    assertEquals(0, reserve.bytes(), "of another time");
    reserve.end();
    Scope survivor = new Scope(pool);
    survivor.allocate(VECTOR);
    inner.close();
    assertEquals(512, reserve.bytes());
    reserve.close();
    survivor.close();
    assertEquals(0, pool.liveBytes());
    pool.trim();
    assertEquals(0, pool.heldBytes());
    pool.reserve().close();
  }

  @Test
  void aPoisoningThatFailsLosesNoMemory() {
    boolean[] fails = {false};
    MemorySource source =
        new MemorySource() {
          private final Limited inner = new Limited(1 << 20);

          @Override
          public MemorySegment allocate(long bytes) {
            return inner.allocate(bytes);
          }

          @Override
          public void free(MemorySegment block) {
            inner.free(block);
          }

          @Override
          public void poison(MemorySegment block) {
            if (fails[0]) {
              throw new IllegalStateException("planted");
            }
          }
        };
    MemoryPool pool = new MemoryPool(source, true);
    Scope scope = new Scope(pool);
    scope.allocate(VECTOR);
    scope.allocate(VECTOR);
    fails[0] = true;
    assertThrows(IllegalStateException.class, () -> scope.allocate(VECTOR));
    assertThrows(IllegalStateException.class, scope::close);
    assertEquals(0, pool.liveBytes());
    pool.trim();
    assertEquals(0, pool.heldBytes());
  }
}
