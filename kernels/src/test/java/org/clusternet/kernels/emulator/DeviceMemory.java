package org.clusternet.kernels.emulator;

import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.clusternet.kernels.emulator.fault.Fault;
import org.clusternet.kernels.emulator.memory.GlobalMemory;

/**
 * The memory of the emulated device, as its driver offers it. A byte is known to be written or not;
 * kernels and copies to the host may read only what was.
 */
public final class DeviceMemory {
  private final GlobalMemory memory;

  DeviceMemory(GlobalMemory memory) {
    this.memory = memory;
  }

  /** Allocates so many bytes, aligned to 256 and not written; none of the addresses comes again. */
  public long allocate(long bytes) {
    return checked(() -> memory.allocate(bytes, "allocation", false).base());
  }

  /** Returns an allocation. */
  public void free(long address) {
    checked(
        () -> {
          memory.free(address);
          return null;
        });
  }

  /** Copies from the host; the bytes count as written. */
  public void write(long address, MemorySegment host) {
    checked(
        () -> {
          memory.write(address, host);
          return null;
        });
  }

  /** Copies to the host; throws where a byte was never written. */
  public void read(long address, MemorySegment host) {
    checked(
        () -> {
          memory.read(address, host);
          return null;
        });
  }

  /** Copies on the device; what was not written stays so. */
  public void copy(long from, long to, long bytes) {
    checked(
        () -> {
          memory.copy(from, to, Math.toIntExact(bytes));
          return null;
        });
  }

  /** Sets bytes. */
  public void fill(long address, long bytes, byte value) {
    checked(
        () -> {
          memory.fill(address, Math.toIntExact(bytes), value);
          return null;
        });
  }

  /** Forgets that bytes were written, as when a pool gives a range out anew. */
  public void markUninitialised(long address, long bytes) {
    checked(
        () -> {
          memory.markUnwritten(address, Math.toIntExact(bytes));
          return null;
        });
  }

  /** Bytes allocated and not freed, variables of modules included. */
  public long liveBytes() {
    return memory.liveBytes();
  }

  private static <T> T checked(Supplier<T> action) {
    try {
      return action.get();
    } catch (Fault e) {
      throw new EmulatorException("device memory: " + e.getMessage(), e);
    }
  }
}
