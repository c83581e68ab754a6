package org.clusternet.engine.cuda.jcuda;

import java.lang.foreign.MemorySegment;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;

/** Addresses as JCuda's pointers, and back. */
final class Addresses {
  private Addresses() {}

  /** A pointer that a call writes to. */
  static final class DevicePointer extends CUdeviceptr {
    long address() {
      return getNativePointer() + getByteOffset();
    }
  }

  /** A pointer that a call writes to. */
  static final class HostPointer extends Pointer {
    long address() {
      return getNativePointer() + getByteOffset();
    }
  }

  static CUdeviceptr device(long address) {
    return new CUdeviceptr().withByteOffset(address);
  }

  static Pointer pointer(long address) {
    return new Pointer().withByteOffset(address);
  }

  static Pointer pointer(MemorySegment segment) {
    return pointer(segment.address());
  }
}
