package org.clusternet.engine.cuda.jcuda;

import static org.clusternet.engine.cuda.jcuda.PrimaryContext.check;

import java.lang.foreign.MemorySegment;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import org.clusternet.engine.cuda.api.DeviceInfo;
import org.clusternet.engine.cuda.api.Driver;
import org.clusternet.engine.cuda.api.Stream;

/** The part of NVIDIA's driver API that concerns memory: what there is of it, and copies. */
abstract class NvidiaMemory implements Driver {

  /** A stream of the driver. */
  record StreamHandle(CUstream handle) implements Stream {}

  private final PrimaryContext context;

  /** The memory of the GPU whose context is given, which is closed with this. */
  NvidiaMemory(PrimaryContext context) {
    this.context = context;
  }

  /** Makes the context current on this thread. */
  final void enter() {
    context.enter();
  }

  static CUstream handle(Stream stream) {
    return ((StreamHandle) stream).handle();
  }

  @Override
  public DeviceInfo info() {
    return context.info();
  }

  @Override
  public long freeBytes() {
    enter();
    long[] free = new long[1];
    long[] total = new long[1];
    check(JCudaDriver.cuMemGetInfo(free, total), "cuMemGetInfo");
    return free[0];
  }

  @Override
  public long allocate(long bytes) {
    enter();
    Addresses.DevicePointer pointer = new Addresses.DevicePointer();
    check(JCudaDriver.cuMemAlloc(pointer, bytes), "cuMemAlloc", "bytes", bytes);
    return pointer.address();
  }

  @Override
  public void free(long address) {
    enter();
    check(
        JCudaDriver.cuMemFree(Addresses.device(address)),
        "cuMemFree",
        "address",
        Call.hex(address));
  }

  @Override
  public MemorySegment allocatePinned(long bytes) {
    enter();
    Addresses.HostPointer pointer = new Addresses.HostPointer();
    check(JCudaDriver.cuMemHostAlloc(pointer, bytes, 0), "cuMemHostAlloc", "bytes", bytes);
    return MemorySegment.ofAddress(pointer.address()).reinterpret(bytes);
  }

  @Override
  public void freePinned(MemorySegment block) {
    enter();
    check(
        JCudaDriver.cuMemFreeHost(Addresses.pointer(block)),
        "cuMemFreeHost",
        "address",
        Call.hex(block.address()));
  }

  @Override
  public void fill(long address, long bytes, byte value, Stream stream) {
    enter();
    check(
        JCudaDriver.cuMemsetD8Async(Addresses.device(address), value, bytes, handle(stream)),
        "cuMemsetD8Async",
        "address",
        Call.hex(address),
        "value",
        value,
        "bytes",
        bytes);
  }

  @Override
  public void upload(MemorySegment pinned, long address, Stream stream) {
    enter();
    check(
        JCudaDriver.cuMemcpyHtoDAsync(
            Addresses.device(address),
            Addresses.pointer(pinned),
            pinned.byteSize(),
            handle(stream)),
        "cuMemcpyHtoDAsync",
        "to",
        Call.hex(address),
        "from",
        Call.hex(pinned.address()),
        "bytes",
        pinned.byteSize());
  }

  @Override
  public void download(long address, MemorySegment pinned, Stream stream) {
    enter();
    check(
        JCudaDriver.cuMemcpyDtoHAsync(
            Addresses.pointer(pinned),
            Addresses.device(address),
            pinned.byteSize(),
            handle(stream)),
        "cuMemcpyDtoHAsync",
        "to",
        Call.hex(pinned.address()),
        "from",
        Call.hex(address),
        "bytes",
        pinned.byteSize());
  }

  @Override
  public void copy(long from, long to, long bytes, Stream stream) {
    enter();
    check(
        JCudaDriver.cuMemcpyDtoDAsync(
            Addresses.device(to), Addresses.device(from), bytes, handle(stream)),
        "cuMemcpyDtoDAsync",
        "to",
        Call.hex(to),
        "from",
        Call.hex(from),
        "bytes",
        bytes);
  }

  @Override
  public void close() {
    context.close();
  }
}
