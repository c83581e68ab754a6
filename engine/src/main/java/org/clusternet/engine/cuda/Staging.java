package org.clusternet.engine.cuda;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.cuda.api.Driver;
import org.clusternet.engine.cuda.api.Event;
import org.clusternet.engine.cuda.api.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Copies between host and GPU through two pinned buffers, each with one on the GPU behind it.
 *
 * <p>An upload goes to the pinned buffer, on a stream of its own to the buffer on the GPU, and from
 * there, in the order of the compute stream, to the tensor. So the slow part, over the bus, runs
 * beside whatever computes, even where that still uses the tensor; what waits for it is only the
 * copy within the GPU. Two events per slot say when its pinned half may be overwritten and when its
 * half on the GPU.
 *
 * <pre>
 * host      | memcpy 0 | memcpy 1 | (wait: copied 0) memcpy 0 ...
 * copies               | bus 0    | bus 1    | (wait: consumed 0) bus 0
 * compute   | earlier ops         | 0 -&gt; tensor | 1 -&gt; tensor | ops on it
 * </pre>
 */
final class Staging implements AutoCloseable {
  private static final int SLOTS = 2;
  private static final long SMALLEST = 1L << 16;

  private final Driver driver;
  private final Stream compute;
  private final Stream copies;
  private final long largest;
  private final @Nullable Slot[] slots = new Slot[SLOTS];
  private int next;

  private static final class Slot {
    private final Event copied;
    private final Event consumed;
    private MemorySegment pinned = MemorySegment.NULL;
    private long address;

    Slot(Event copied, Event consumed) {
      this.copied = copied;
      this.consumed = consumed;
    }
  }

  Staging(Driver driver, Stream compute, Stream copies, long largest) {
    this.driver = driver;
    this.compute = compute;
    this.copies = copies;
    this.largest = largest;
  }

  /** Starts an upload; the host memory may change as soon as this returns. */
  void upload(MemorySegment host, long address) {
    long bytes = host.byteSize();
    for (long at = 0; at < bytes; at += largest) {
      long part = Math.min(largest, bytes - at);
      Slot slot = free(part);
      MemorySegment pinned = slot.pinned.asSlice(0, part);
      pinned.copyFrom(host.asSlice(at, part));
      driver.await(slot.consumed, copies);
      driver.upload(pinned, slot.address, copies);
      driver.record(slot.copied, copies);
      driver.await(slot.copied, compute);
      driver.copy(slot.address, address + at, part, compute);
      driver.record(slot.consumed, compute);
    }
  }

  /** Copies to the host and waits for it; while one part is unpacked, the next is on its way. */
  void download(long address, MemorySegment host) {
    long bytes = host.byteSize();
    @Nullable Slot before = null;
    for (long at = 0; at < bytes; at += largest) {
      long part = Math.min(largest, bytes - at);
      Slot slot = free(part);
      driver.download(address + at, slot.pinned.asSlice(0, part), compute);
      driver.record(slot.copied, compute);
      if (before != null) {
        unpack(before, host.asSlice(at - largest, largest));
      }
      before = slot;
    }
    if (before != null) {
      unpack(before, host.asSlice((bytes - 1) / largest * largest));
    }
  }

  private void unpack(Slot slot, MemorySegment host) {
    driver.synchronize(slot.copied);
    host.copyFrom(slot.pinned.asSlice(0, host.byteSize()));
  }

  /** The next slot, with room for so many bytes, once its pinned half is free. */
  private Slot free(long bytes) {
    int index = next;
    next = (next + 1) % SLOTS;
    Slot slot = slots[index];
    if (slot == null) {
      slot = slot();
      slots[index] = slot;
    }
    driver.synchronize(slot.copied);
    if (slot.pinned.byteSize() < bytes) {
      grow(slot, bytes);
    }
    return slot;
  }

  private Slot slot() {
    Event copied = driver.createEvent();
    try {
      return new Slot(copied, driver.createEvent());
    } catch (RuntimeException e) {
      driver.destroy(copied);
      throw e;
    }
  }

  private void grow(Slot slot, long bytes) {
    long size = SMALLEST;
    while (size < bytes) {
      size *= 2;
    }
    size = Math.max(bytes, Math.min(size, largest));
    driver.synchronize(copies);
    driver.synchronize(compute);
    release(slot);
    slot.address = driver.allocate(size);
    slot.pinned = driver.allocatePinned(size);
  }

  private void release(Slot slot) {
    if (slot.address != 0) {
      driver.free(slot.address);
      slot.address = 0;
    }
    if (slot.pinned.byteSize() > 0) {
      driver.freePinned(slot.pinned);
      slot.pinned = MemorySegment.NULL;
    }
  }

  /** Ends the buffers, once nothing is in flight. */
  @Override
  public void close() {
    for (Slot slot : slots) {
      if (slot != null) {
        release(slot);
        driver.destroy(slot.copied);
        driver.destroy(slot.consumed);
      }
    }
  }
}
