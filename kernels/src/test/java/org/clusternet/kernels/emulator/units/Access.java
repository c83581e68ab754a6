package org.clusternet.kernels.emulator.units;

import org.clusternet.kernels.emulator.fault.Fault;
import org.clusternet.kernels.emulator.machine.Context;
import org.clusternet.kernels.emulator.machine.Traffic;
import org.clusternet.kernels.emulator.machine.Warp;
import org.clusternet.kernels.emulator.memory.Allocation;
import org.clusternet.kernels.emulator.memory.GlobalMemory;
import org.clusternet.kernels.emulator.memory.Ranges;
import org.clusternet.kernels.emulator.memory.Storage;
import org.clusternet.kernels.emulator.memory.Windows;
import org.clusternet.kernels.emulator.races.Shadow;

/**
 * The memory operand of an instruction: computes the addresses of all lanes, checks each
 * (alignment, bounds, written before it is read, races), counts the traffic, and leaves in the warp
 * the storage and offset of each lane.
 */
final class Access {
  /** What is done there. */
  enum Mode {
    READ,
    READ_ONLY,
    WRITE,
    ATOMIC
  }

  private final Space space;
  private final Mode mode;
  private final boolean strong;
  private final int bytes;
  private final int base;
  private final boolean wide;
  private final long offset;
  private Allocation allocation;
  private Ranges.Range sharedRange;
  private Ranges.Range localRange;

  /**
   * An operand.
   *
   * @param space state space
   * @param mode what is done
   * @param strong whether a read or write is {@code relaxed} or stronger: it does not race with
   *     atomics
   * @param bytes of all elements of a lane
   * @param address where
   */
  Access(Space space, Mode mode, boolean strong, int bytes, MemoryAddress address) {
    this.space = space;
    this.mode = mode;
    this.strong = strong;
    this.bytes = bytes;
    this.base = address.register() * Warp.LANES;
    this.wide = address.wide();
    this.offset = address.offset();
  }

  /** Checks and locates the accesses of all lanes of a mask. */
  void resolve(Warp warp, int mask) {
    long[] addresses = warp.addresses;
    int alignment = bytes - 1;
    for (int m = mask; m != 0; m &= m - 1) {
      int lane = Integer.numberOfTrailingZeros(m);
      long value = warp.registers[base + lane];
      long address = (wide ? value : value & 0xffffffffL) + offset;
      if ((address & alignment) != 0) {
        throw new Fault(lane, "misaligned access: %d bytes at 0x%x".formatted(bytes, address));
      }
      addresses[lane] = address;
    }
    switch (space) {
      case GLOBAL -> global(warp, mask, true);
      case CONSTANT -> global(warp, mask, false);
      case SHARED -> shared(warp, mask);
      case LOCAL, CALL -> local(warp, mask);
      case PARAMETER -> parameter(warp, mask);
      case GENERIC -> generic(warp, mask);
    }
  }

  private void generic(Warp warp, int mask) {
    int shared = window(warp, mask, Windows.SHARED);
    int local = window(warp, mask, Windows.LOCAL);
    int parameter = window(warp, mask, Windows.PARAMETERS);
    int global = mask & ~(shared | local | parameter);
    if (shared != 0) {
      shared(warp, shared);
    }
    if (local != 0) {
      local(warp, local);
    }
    if (parameter != 0) {
      parameter(warp, parameter);
    }
    if (global != 0) {
      global(warp, global, true);
    }
  }

  private static int window(Warp warp, int mask, long window) {
    int inside = 0;
    for (int m = mask; m != 0; m &= m - 1) {
      int lane = Integer.numberOfTrailingZeros(m);
      if (Windows.in(window, warp.addresses[lane])) {
        inside |= 1 << lane;
        warp.addresses[lane] -= window;
      }
    }
    return inside;
  }

  private void global(Warp warp, int mask, boolean counted) {
    GlobalMemory memory = warp.block().context().memory();
    Allocation at = allocation;
    for (int m = mask; m != 0; m &= m - 1) {
      int lane = Integer.numberOfTrailingZeros(m);
      long address = warp.addresses[lane];
      if (at == null || !at.holds(address, bytes)) {
        at = memory.find(address, bytes, lane);
      }
      int where = (int) (address - at.base());
      Storage storage = at.storage();
      if (mode != Mode.WRITE && !storage.isWritten(where, bytes)) {
        throw new Fault(lane, "read of memory never written: offset=" + where + " of the " + at);
      }
      if (!reads()) {
        if (at.constant()) {
          throw new Fault(lane, "write to constant memory: offset=" + where + " of the " + at);
        }
        storage.markWritten(where, bytes);
      }
      if (!at.constant()) {
        race(at.shadow(), warp, lane, where);
      }
      warp.storages[lane] = storage;
      warp.offsets[lane] = where;
    }
    allocation = at;
    if (mode == Mode.WRITE) {
      warp.order().wroteGlobal(mask);
    }
    if (counted) {
      count(warp, mask);
    }
  }

  private void race(Shadow shadow, Warp warp, int lane, int where) {
    if (mode == Mode.ATOMIC || strong) {
      shadow.atomic(where, bytes, warp.order(), lane);
    } else if (mode == Mode.READ_ONLY) {
      shadow.readOnly(where, bytes, warp.order(), lane);
    } else if (mode == Mode.READ) {
      shadow.read(where, bytes, warp.order(), lane);
    } else {
      shadow.write(where, bytes, warp.order(), lane);
    }
  }

  private void count(Warp warp, int mask) {
    long[] counts =
        switch (mode) {
          case READ, READ_ONLY -> warp.counters().globalLoads;
          case WRITE -> warp.counters().globalStores;
          case ATOMIC -> warp.counters().globalAtomics;
        };
    counts[0]++;
    counts[1] += Traffic.sectors(warp.addresses, mask);
    counts[2] += (long) bytes * Integer.bitCount(mask);
  }

  private void shared(Warp warp, int mask) {
    Storage storage = warp.block().shared();
    Ranges ranges = warp.block().sharedRanges();
    Ranges.Range range = sharedRange;
    for (int m = mask; m != 0; m &= m - 1) {
      int lane = Integer.numberOfTrailingZeros(m);
      long address = warp.addresses[lane];
      if (range == null || !holds(range, address)) {
        range = ranges.find(address, bytes);
        if (range == null) {
          throw outside(lane, "shared", ranges, address);
        }
      }
      int where = (int) address;
      written(storage, where, lane, "shared", range);
      race(warp.block().sharedShadow(), warp, lane, where);
      warp.storages[lane] = storage;
      warp.offsets[lane] = where;
    }
    sharedRange = range;
    warp.counters().sharedRequests++;
    warp.counters().bankConflicts += Traffic.bankConflicts(warp.addresses, mask, bytes);
  }

  private boolean holds(Ranges.Range range, long address) {
    long inside = address - range.start();
    return inside >= 0 && inside <= range.bytes() - bytes;
  }

  private Fault outside(int lane, String name, Ranges ranges, long address) {
    return new Fault(
        lane,
        "access to "
            + bytes
            + " bytes of "
            + name
            + " memory out of bounds: "
            + ranges.nearby(address));
  }

  private void written(Storage storage, int where, int lane, String name, Ranges.Range range) {
    if (mode != Mode.WRITE && !storage.isWritten(where, bytes)) {
      throw new Fault(
          lane,
          "read of %s memory never written: offset=%d of '%s'"
              .formatted(name, where - range.start(), range.name()));
    }
    if (!reads()) {
      storage.markWritten(where, bytes);
    }
  }

  private boolean reads() {
    return mode == Mode.READ || mode == Mode.READ_ONLY;
  }

  private void local(Warp warp, int mask) {
    Context context = warp.block().context();
    Ranges ranges = context.program().frame();
    int frame = context.program().frameBytes();
    Storage storage = warp.block().local();
    Ranges.Range range = localRange;
    for (int m = mask; m != 0; m &= m - 1) {
      int lane = Integer.numberOfTrailingZeros(m);
      long address = warp.addresses[lane];
      if (range == null || !holds(range, address)) {
        range = ranges.find(address, bytes);
        if (range == null) {
          throw outside(lane, "local", ranges, address);
        }
      }
      int start = (warp.index() * Warp.LANES + lane) * frame;
      int where = start + (int) address;
      if (mode != Mode.WRITE && !storage.isWritten(where, bytes)) {
        throw new Fault(
            lane,
            "read of local memory never written: offset="
                + (address - range.start())
                + " of '"
                + range.name()
                + "'");
      }
      if (!reads()) {
        storage.markWritten(where, bytes);
      }
      warp.storages[lane] = storage;
      warp.offsets[lane] = where;
    }
    localRange = range;
    if (space != Space.CALL) {
      warp.counters().localRequests++;
    }
  }

  private void parameter(Warp warp, int mask) {
    Storage storage = warp.block().context().parameters();
    for (int m = mask; m != 0; m &= m - 1) {
      int lane = Integer.numberOfTrailingZeros(m);
      long address = warp.addresses[lane];
      if (address < 0 || address + bytes > storage.size() || !reads()) {
        throw new Fault(lane, "access to parameters at " + address + " of " + storage.size());
      }
      warp.storages[lane] = storage;
      warp.offsets[lane] = (int) address;
    }
  }
}
