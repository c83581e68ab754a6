package org.clusternet.engine.cuda.jcuda;

import static org.clusternet.engine.cuda.jcuda.PrimaryContext.check;

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
import org.clusternet.engine.cuda.api.Event;
import org.clusternet.engine.cuda.api.ExecutableGraph;
import org.clusternet.engine.cuda.api.KernelFunction;
import org.clusternet.engine.cuda.api.LoadedModule;
import org.clusternet.engine.cuda.api.Stream;
import org.clusternet.kernels.Arguments;
import org.clusternet.kernels.Dim;

/**
 * NVIDIA's driver API, in the primary context of a GPU: modules, launches, streams, events and
 * graphs; memory and copies are in the class below.
 */
final class NvidiaDriver extends NvidiaMemory {
  /** What a block may have without asking. */
  private static final int SHARED_BYTES = 48 << 10;

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

  private final LaunchParameters parameters = new LaunchParameters();

  /**
   * Takes a GPU.
   *
   * @param ordinal its number among those that the driver shows
   */
  NvidiaDriver(int ordinal) {
    super(new PrimaryContext(ordinal));
  }

  private static CUevent handle(Event event) {
    return ((EventHandle) event).handle();
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
    super.close();
  }
}
