package org.clusternet.engine.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.cuda.api.Driver;
import org.clusternet.engine.cuda.api.Stream;
import org.clusternet.engine.tensor.MemorySource;

/**
 * Memory of the GPU for the pool. A segment carries the address and the length only: it belongs to
 * an arena that is closed already, so that host code that touches its content fails with an
 * exception, where reading the address would end the process.
 *
 * <p>What the pool recycles is used again in the order of the stream, so that nothing waits; only
 * what goes back to the driver waits for the work that still uses it.
 */
final class DriverMemory implements MemorySource {
  private final Driver driver;
  private final Stream stream;
  private boolean capturing;

  DriverMemory(Driver driver, Stream stream) {
    this.driver = driver;
    this.stream = stream;
  }

  /** While a step is captured, memory can be neither taken nor returned. */
  void capturing(boolean now) {
    capturing = now;
  }

  @Override
  public MemorySegment allocate(long bytes) {
    if (capturing) {
      throw new IllegalStateException(
          "record: the second run of the step asks for "
              + bytes
              + " bytes more than the first gave back; end every tensor of the step within it");
    }
    try {
      return segment(driver.allocate(bytes), bytes);
    } catch (CudaException e) {
      if (!e.isOutOfMemory()) {
        throw e;
      }
      OutOfMemoryError error =
          new OutOfMemoryError(
              "%s; GPU memory: %,d bytes free of %,d"
                  .formatted(e.getMessage(), driver.freeBytes(), driver.info().totalBytes()));
      error.initCause(e);
      throw error;
    }
  }

  private static MemorySegment segment(long address, long bytes) {
    try (Arena arena = Arena.ofConfined()) {
      return MemorySegment.ofAddress(address).reinterpret(bytes, arena, null);
    }
  }

  @Override
  public void free(MemorySegment block) {
    if (capturing) {
      throw new IllegalStateException("record: the step returns memory to the driver");
    }
    driver.synchronize(stream);
    driver.free(block.address());
  }

  @Override
  public void poison(MemorySegment block) {
    driver.fill(block.address(), block.byteSize(), (byte) 0xFF, stream);
  }
}
