package org.clusternet.engine.cuda.emulated;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.cuda.api.Event;
import org.clusternet.engine.cuda.api.ExecutableGraph;
import org.clusternet.engine.cuda.api.KernelFunction;
import org.clusternet.engine.cuda.api.LoadedModule;
import org.clusternet.engine.cuda.api.Stream;
import org.clusternet.engine.testing.Messages;
import org.clusternet.kernels.Arguments;
import org.clusternet.kernels.Dim;
import org.clusternet.kernels.Ptx;
import org.junit.jupiter.api.Test;

/** That the emulated driver orders work as a real one does, and notices what it is there for. */
class EmulatedDriverTest {
  private static final int BYTES = 256;

  private final EmulatedDriver driver = new EmulatedDriver(Order.LATE, 1 << 20);

  private static int first(MemorySegment memory) {
    return memory.get(ValueLayout.JAVA_INT, 0);
  }

  @Test
  void hostMemoryIsReadLate() {
    Stream stream = driver.createStream();
    long address = driver.allocate(BYTES);
    MemorySegment from = driver.allocatePinned(BYTES);
    MemorySegment to = driver.allocatePinned(BYTES);
    from.fill((byte) 0);
    driver.upload(from, address, stream);
    from.set(ValueLayout.JAVA_INT, 0, 7);
    driver.download(address, to, stream);
    assertTrue(first(to) != 7, "not before it is waited for");
    driver.synchronize(stream);
    assertEquals(7, first(to));
  }

  @Test
  void streamsAreOrderedByEventsOnly() {
    for (Order order : Order.values()) {
      EmulatedDriver own = new EmulatedDriver(order, 1 << 20);
      Stream one = own.createStream();
      Stream two = own.createStream();
      long address = own.allocate(BYTES);
      MemorySegment read = own.allocatePinned(BYTES);
      Event event = own.createEvent();
      own.fill(address, BYTES, (byte) 1, one);
      own.record(event, one);
      own.fill(address, BYTES, (byte) 2, one);
      own.await(event, two);
      own.download(address, read, two);
      own.synchronize(two);
      int seen = read.get(ValueLayout.JAVA_BYTE, 0);
      assertEquals(order == Order.COMPUTE_FIRST ? 2 : 1, seen, "at least what was waited for");
      own.synchronize(one);
    }
  }

  @Test
  void aGraphRepeatsWhatWasCapturedWithTheArgumentsOfThatTime() {
    Stream stream = driver.createStream();
    LoadedModule module = driver.load("fill", Ptx.text("fill"));
    KernelFunction fill = driver.function(module, "fill_32");
    long address = driver.allocate(BYTES);
    MemorySegment read = driver.allocatePinned(16);
    driver.beginCapture(stream);
    Arguments arguments = new Arguments().address(address).i64(4).i64(9);
    driver.launch(fill, Dim.of(1), Dim.of(32), 0, arguments, stream);
    ExecutableGraph graph = driver.endCapture(stream);
    driver.synchronize(stream);
    assertEquals(0, driver.launches());
    driver.launch(graph, stream);
    driver.launch(graph, stream);
    driver.download(address, read, stream);
    driver.synchronize(stream);
    assertEquals(2, driver.launches());
    assertEquals(9, first(read));
  }

  @Test
  void waitingAndAllocatingFailDuringACapture() {
    Stream stream = driver.createStream();
    Event event = driver.createEvent();
    long address = driver.allocate(BYTES);
    driver.beginCapture(stream);
    assertThrows(CudaException.class, () -> driver.synchronize(stream));
    assertThrows(CudaException.class, () -> driver.synchronize(event));
    assertThrows(CudaException.class, () -> driver.allocate(BYTES));
    assertThrows(CudaException.class, () -> driver.free(address));
    assertThrows(CudaException.class, () -> driver.beginCapture(stream));
    driver.destroy(driver.endCapture(stream));
    driver.free(address);
    driver.destroy(event);
    driver.destroy(stream);
    driver.close();
  }

  @Test
  void wrongUsesOfMemoryFail() {
    Stream stream = driver.createStream();
    long address = driver.allocate(BYTES);
    MemorySegment heap = MemorySegment.ofArray(new int[BYTES / 4]);
    assertThrows(AssertionError.class, () -> driver.upload(heap, address, stream));
    driver.fill(address, BYTES, (byte) 1, stream);
    assertThrows(AssertionError.class, () -> driver.free(address), "work is in flight");
    assertThrows(AssertionError.class, () -> driver.destroy(stream), "work is in flight");
    driver.synchronize(stream);
    driver.free(address);
    assertThrows(AssertionError.class, () -> driver.free(address), "twice");
    MemorySegment pinned = driver.allocatePinned(BYTES);
    driver.freePinned(pinned);
    assertThrows(AssertionError.class, () -> driver.freePinned(pinned), "twice");
    CudaException error = assertThrows(CudaException.class, () -> driver.allocate(2 << 20));
    assertTrue(error.isOutOfMemory(), Messages.of(error));
    driver.fill(address, BYTES, (byte) 1, stream);
    assertThrows(RuntimeException.class, () -> driver.synchronize(stream), "freed memory");
  }

  @Test
  void anythingLeftAtTheEndFails() {
    assertDoesNotThrow(driver::close);
    long address = driver.allocate(BYTES);
    assertThrows(AssertionError.class, driver::close);
    driver.free(address);
    Stream stream = driver.createStream();
    assertThrows(AssertionError.class, driver::close);
    driver.destroy(stream);
    Event event = driver.createEvent();
    assertThrows(AssertionError.class, driver::close);
    driver.destroy(event);
    assertThrows(AssertionError.class, () -> driver.destroy(event));
    assertThrows(AssertionError.class, () -> driver.synchronize(event));
    LoadedModule module = driver.load("fill", Ptx.text("fill"));
    assertThrows(AssertionError.class, driver::close);
    driver.unload(module);
    driver.close();
  }

  @Test
  void invalidLaunchesFail() {
    Stream stream = driver.createStream();
    LoadedModule module = driver.load("fill", Ptx.text("fill"));
    assertThrows(CudaException.class, () -> driver.function(module, "fill_33"));
    KernelFunction fill = driver.function(module, "fill_32");
    Arguments none = new Arguments();
    assertThrows(
        CudaException.class, () -> driver.launch(fill, Dim.of(1), Dim.of(2048), 0, none, stream));
    assertThrows(
        CudaException.class,
        () -> driver.launch(fill, Dim.of(1), Dim.of(32), 1 << 20, none, stream));
    assertThrows(
        CudaException.class,
        () -> driver.launch(fill, Dim.of(1, 70_000), Dim.of(32), 0, none, stream));
  }
}
