package org.clusternet.kernels.emulator.memory;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.clusternet.kernels.emulator.fault.Fault;

/**
 * The global memory of the device. Allocations lie a megabyte apart and an address is never given
 * twice, so that an access beyond an end, or after a release, meets nothing valid and is named by
 * the allocation next to it.
 */
public final class GlobalMemory {
  private static final long FIRST = 0x2_0000_0000L;
  private static final long GUARD = 1 << 20;
  private static final long ALIGNMENT = 256;

  private final TreeMap<Long, Allocation> allocations = new TreeMap<>();
  private long next = FIRST;
  private long live;

  /** Asks for memory, aligned to 256 bytes and not written. */
  public Allocation allocate(long bytes, String name, boolean constant) {
    if (bytes <= 0 || bytes > Integer.MAX_VALUE - 64) {
      throw new Fault("bytes=" + bytes + " cannot be allocated on the emulated device");
    }
    Allocation allocation = new Allocation(next, bytes, name, constant);
    allocations.put(next, allocation);
    next += (bytes + GUARD + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    live += bytes;
    return allocation;
  }

  /** Returns an allocation; its addresses stay invalid for good. */
  public void free(long address) {
    Allocation allocation = allocations.get(address);
    if (allocation == null) {
      throw new Fault("free of 0x%x, which no allocation begins at".formatted(address));
    }
    if (allocation.freed()) {
      throw new Fault("second free of " + allocation);
    }
    live -= allocation.storage().size();
    allocation.release();
  }

  /** Bytes allocated and not freed. */
  public long liveBytes() {
    return live;
  }

  /** The allocation that holds the access; a fault that says what lies nearby if there is none. */
  public Allocation find(long address, int bytes, int lane) {
    Map.Entry<Long, Allocation> entry = allocations.floorEntry(address);
    if (entry != null && entry.getValue().holds(address, bytes)) {
      return entry.getValue();
    }
    throw new Fault(lane, "access to " + bytes + " bytes at " + describe(address, entry));
  }

  private static String describe(long address, Map.Entry<Long, Allocation> before) {
    String at = "0x%x".formatted(address);
    if (before == null) {
      return at + ", which is no device memory";
    }
    Allocation allocation = before.getValue();
    long offset = address - allocation.base();
    if (allocation.freed()) {
      return at + ": use after free of the " + allocation + ", offset=" + offset;
    }
    return at + ": out of bounds, offset=" + offset + " of the " + allocation;
  }

  /** Copies from the host. */
  public void write(long address, MemorySegment host) {
    int bytes = (int) host.byteSize();
    if (bytes == 0) {
      return;
    }
    Allocation allocation = find(address, bytes, 0);
    int offset = (int) (address - allocation.base());
    MemorySegment.copy(host, 0, MemorySegment.ofArray(allocation.storage().data()), offset, bytes);
    allocation.storage().mark(offset, bytes, true);
  }

  /** Copies to the host; a byte never written is a fault. */
  public void read(long address, MemorySegment host) {
    int bytes = (int) host.byteSize();
    if (bytes == 0) {
      return;
    }
    Allocation allocation = find(address, bytes, 0);
    int offset = (int) (address - allocation.base());
    int unwritten = allocation.storage().firstUnwritten(offset, bytes);
    if (unwritten >= 0) {
      throw new Fault(
          "copy to the host of byte " + unwritten + " of the " + allocation + ", never written");
    }
    MemorySegment.copy(MemorySegment.ofArray(allocation.storage().data()), offset, host, 0, bytes);
  }

  /** Copies on the device; bytes never written stay so. */
  public void copy(long from, long to, int bytes) {
    if (bytes == 0) {
      return;
    }
    Allocation source = find(from, bytes, 0);
    Allocation target = find(to, bytes, 0);
    target
        .storage()
        .copyFrom(
            source.storage(), (int) (from - source.base()), (int) (to - target.base()), bytes);
  }

  /** Sets bytes. */
  public void fill(long address, int bytes, byte value) {
    if (bytes == 0) {
      return;
    }
    Allocation allocation = find(address, bytes, 0);
    int offset = (int) (address - allocation.base());
    Arrays.fill(allocation.storage().data(), offset, offset + bytes, value);
    allocation.storage().mark(offset, bytes, true);
  }

  /** Marks bytes as never written. */
  public void markUnwritten(long address, int bytes) {
    Allocation allocation = find(address, bytes, 0);
    allocation.storage().mark((int) (address - allocation.base()), bytes, false);
  }
}
