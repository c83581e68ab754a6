package org.clusternet.engine.cuda.jcuda;

import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_MULTIPROCESSOR;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUfunction;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.cuda.api.DeviceInfo;
import org.clusternet.engine.cuda.api.Driver;
import org.clusternet.engine.cuda.api.Event;
import org.clusternet.engine.cuda.api.ExecutableGraph;
import org.clusternet.engine.cuda.api.KernelFunction;
import org.clusternet.engine.cuda.api.LoadedModule;
import org.clusternet.engine.cuda.api.Stream;
import org.clusternet.kernels.Arguments;
import org.clusternet.kernels.Dim;

/**
 * NVIDIA's driver API. The primary context of the GPU is used, which cuBLAS and cuDNN use too; it
 * is made current on each thread that calls.
 */
final class NvidiaDriver implements Driver {
  /** What a block may have without asking. */
  private static final int SHARED_BYTES = 48 << 10;

  private record StreamHandle(CUstream handle) implements Stream {}

  private record EventHandle(CUevent handle) implements Event {}

  private record ModuleHandle(CUmodule handle, String name) implements LoadedModule {}

  private record GraphHandle(CUgraphExec handle) implements ExecutableGraph {}

  private static final class FunctionHandle implements KernelFunction {
    private final CUfunction handle = new CUfunction();
    private final String name;
    private int sharedBytes = SHARED_BYTES;

    FunctionHandle(String name) {
      this.name = name;
    }
  }

  private final CUdevice device = new CUdevice();
  private final CUcontext context = new CUcontext();
  private final ThreadLocal<Boolean> current = ThreadLocal.withInitial(() -> false);
  private final LaunchParameters parameters = new LaunchParameters();
  private final DeviceInfo info;

  /**
   * Takes a GPU.
   *
   * @param ordinal its number among those that the driver shows
   */
  NvidiaDriver(int ordinal) {
    check(JCudaDriver.cuInit(0), "cuInit(flags=0)");
    check(JCudaDriver.cuDeviceGet(device, ordinal), "cuDeviceGet", "ordinal", ordinal);
    this.info = readInfo();
    check(
        JCudaDriver.cuDevicePrimaryCtxRetain(context, device),
        "cuDevicePrimaryCtxRetain",
        "device",
        ordinal);
  }

  private DeviceInfo readInfo() {
    byte[] name = new byte[256];
    check(JCudaDriver.cuDeviceGetName(name, name.length, device), "cuDeviceGetName");
    long[] total = new long[1];
    check(JCudaDriver.cuDeviceTotalMem(total, device), "cuDeviceTotalMem");
    return new DeviceInfo(
        new String(name, StandardCharsets.UTF_8).split("\0")[0],
        attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR),
        attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR),
        attribute(CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT),
        attribute(CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_MULTIPROCESSOR),
        attribute(CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN),
        total[0],
        version());
  }

  private int attribute(int which) {
    int[] value = new int[1];
    check(
        JCudaDriver.cuDeviceGetAttribute(value, which, device),
        "cuDeviceGetAttribute",
        "attribute",
        which);
    return value[0];
  }

  /** The CUDA version that the driver serves, 1000 major + 10 minor. */
  static int version() {
    int[] version = new int[1];
    check(JCudaDriver.cuDriverGetVersion(version), "cuDriverGetVersion");
    return version[0];
  }

  private static void check(int status, String function, Object... arguments) {
    if (status != CUresult.CUDA_SUCCESS) {
      String[] text = {""};
      JCudaDriver.cuGetErrorString(status, text);
      throw CudaException.of(
          Call.text(function, arguments),
          CUresult.stringFor(status),
          text[0] == null ? "" : text[0]);
    }
  }

  /** Makes the context current on this thread. */
  void enter() {
    if (!current.get()) {
      check(JCudaDriver.cuCtxSetCurrent(context), "cuCtxSetCurrent");
      current.set(true);
    }
  }

  static CUstream handle(Stream stream) {
    return ((StreamHandle) stream).handle();
  }

  private static CUevent handle(Event event) {
    return ((EventHandle) event).handle();
  }

  @Override
  public DeviceInfo info() {
    return info;
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
  public LoadedModule load(String name, String ptx) {
    enter();
    CUmodule module = new CUmodule();
    try (TranslatorLog log = new TranslatorLog()) {
      int status =
          JCudaDriver.cuModuleLoadDataEx(
              module, ptx, log.options().length, log.options(), log.values());
      if (status != CUresult.CUDA_SUCCESS) {
        throw CudaException.of(
            "cuModuleLoadDataEx(module=" + name + ")", CUresult.stringFor(status), log.text());
      }
    }
    return new ModuleHandle(module, name);
  }

  @Override
  public void unload(LoadedModule module) {
    enter();
    ModuleHandle loaded = (ModuleHandle) module;
    check(JCudaDriver.cuModuleUnload(loaded.handle()), "cuModuleUnload", "module", loaded.name());
  }

  @Override
  public KernelFunction function(LoadedModule module, String entry) {
    enter();
    ModuleHandle loaded = (ModuleHandle) module;
    FunctionHandle function = new FunctionHandle(entry);
    check(
        JCudaDriver.cuModuleGetFunction(function.handle, loaded.handle(), entry),
        "cuModuleGetFunction",
        "module",
        loaded.name(),
        "name",
        entry);
    return function;
  }

  @Override
  public synchronized void launch(
      KernelFunction function,
      Dim grid,
      Dim block,
      int sharedBytes,
      Arguments arguments,
      Stream stream) {
    enter();
    FunctionHandle kernel = (FunctionHandle) function;
    if (sharedBytes > kernel.sharedBytes) {
      check(
          JCudaDriver.cuFuncSetAttribute(
              kernel.handle,
              CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES,
              sharedBytes),
          "cuFuncSetAttribute",
          "function",
          kernel.name,
          "MAX_DYNAMIC_SHARED_SIZE_BYTES",
          sharedBytes);
      kernel.sharedBytes = sharedBytes;
    }
    check(
        JCudaDriver.cuLaunchKernel(
            kernel.handle,
            grid.x(),
            grid.y(),
            grid.z(),
            block.x(),
            block.y(),
            block.z(),
            sharedBytes,
            handle(stream),
            parameters.of(arguments),
            null),
        "cuLaunchKernel",
        "function",
        kernel.name,
        "grid",
        grid,
        "block",
        block,
        "sharedBytes",
        sharedBytes);
  }

  @Override
  public Stream createStream() {
    enter();
    CUstream stream = new CUstream();
    check(
        JCudaDriver.cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING),
        "cuStreamCreate");
    return new StreamHandle(stream);
  }

  @Override
  public void destroy(Stream stream) {
    enter();
    check(JCudaDriver.cuStreamDestroy(handle(stream)), "cuStreamDestroy");
  }

  @Override
  public void synchronize(Stream stream) {
    enter();
    check(JCudaDriver.cuStreamSynchronize(handle(stream)), "cuStreamSynchronize");
  }

  @Override
  public Event createEvent() {
    enter();
    CUevent event = new CUevent();
    check(JCudaDriver.cuEventCreate(event, CUevent_flags.CU_EVENT_DEFAULT), "cuEventCreate");
    return new EventHandle(event);
  }

  @Override
  public void destroy(Event event) {
    enter();
    check(JCudaDriver.cuEventDestroy(handle(event)), "cuEventDestroy");
  }

  @Override
  public void record(Event event, Stream stream) {
    enter();
    check(JCudaDriver.cuEventRecord(handle(event), handle(stream)), "cuEventRecord");
  }

  @Override
  public void await(Event event, Stream stream) {
    enter();
    check(JCudaDriver.cuStreamWaitEvent(handle(stream), handle(event), 0), "cuStreamWaitEvent");
  }

  @Override
  public void synchronize(Event event) {
    enter();
    check(JCudaDriver.cuEventSynchronize(handle(event)), "cuEventSynchronize");
  }

  @Override
  public float milliseconds(Event from, Event to) {
    enter();
    float[] milliseconds = new float[1];
    check(
        JCudaDriver.cuEventElapsedTime(milliseconds, handle(from), handle(to)),
        "cuEventElapsedTime");
    return milliseconds[0];
  }

  @Override
  public void beginCapture(Stream stream) {
    enter();
    check(
        JCudaDriver.cuStreamBeginCapture(
            handle(stream), CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL),
        "cuStreamBeginCapture(mode=THREAD_LOCAL)");
  }

  @Override
  public ExecutableGraph endCapture(Stream stream) {
    enter();
    CUgraph graph = new CUgraph();
    check(JCudaDriver.cuStreamEndCapture(handle(stream), graph), "cuStreamEndCapture");
    try {
      CUgraphExec executable = new CUgraphExec();
      check(JCudaDriver.cuGraphInstantiate(executable, graph, 0), "cuGraphInstantiate");
      return new GraphHandle(executable);
    } finally {
      check(JCudaDriver.cuGraphDestroy(graph), "cuGraphDestroy");
    }
  }

  @Override
  public void launch(ExecutableGraph graph, Stream stream) {
    enter();
    check(
        JCudaDriver.cuGraphLaunch(((GraphHandle) graph).handle(), handle(stream)), "cuGraphLaunch");
  }

  @Override
  public void destroy(ExecutableGraph graph) {
    enter();
    check(JCudaDriver.cuGraphExecDestroy(((GraphHandle) graph).handle()), "cuGraphExecDestroy");
  }

  @Override
  public void close() {
    parameters.close();
    check(JCudaDriver.cuDevicePrimaryCtxRelease(device), "cuDevicePrimaryCtxRelease");
  }
}
