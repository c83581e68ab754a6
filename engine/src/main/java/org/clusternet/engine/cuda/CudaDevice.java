package org.clusternet.engine.cuda;

import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.cuda.api.CudaLibraries;
import org.clusternet.engine.cuda.api.DeviceInfo;
import org.clusternet.engine.cuda.api.Driver;
import org.clusternet.engine.cuda.api.Event;
import org.clusternet.engine.cuda.api.ExecutableGraph;
import org.clusternet.engine.cuda.api.Stream;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.spi.Replay;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.MemoryPool;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.kernels.Dim;
import org.clusternet.kernels.FillLaunch;

/**
 * The device on an NVIDIA GPU. Everything that computes runs on one stream, in the order of the
 * calls, so that memory can be recycled the moment that its tensor ends: who gets it next uses it
 * later on the same stream. A second stream carries uploads over the bus; see {@link Staging}.
 *
 * <p>A recorded step is captured from the stream into a CUDA graph. Its second run, the captured
 * one, takes its memory from a reserve of the pool (see {@link MemoryPool#reserve}) that is filled
 * with what its first run gave back, and that belongs to the replay from then on: later tensors
 * cannot be placed where a replay writes.
 */
public final class CudaDevice implements Device {
  private final Map<Class<? extends Op>, CudaKernel<?>> kernels;
  private final CudaLibraries libraries;
  private final CudaSettings settings;
  private final Driver driver;
  private final Stream compute;
  private final Stream copies;
  private final DriverMemory source;
  private final MemoryPool memory;
  private final ModuleCache modules;
  private final SharedWorkspace workspace;
  private final Staging staging;
  private final Cuda cuda;
  private final Set<Captured> replays = new HashSet<>();
  private boolean capturing;

  /**
   * A device.
   *
   * @param kernels how to compute each class of ops
   * @param libraries what it stands on; closed with the device
   * @param settings how it computes
   */
  public CudaDevice(
      Map<Class<? extends Op>, CudaKernel<?>> kernels,
      CudaLibraries libraries,
      CudaSettings settings) {
    this.kernels = kernels;
    this.libraries = libraries;
    this.settings = settings;
    this.driver = libraries.driver();
    this.compute = driver.createStream();
    this.copies = driver.createStream();
    this.source = new DriverMemory(driver, compute);
    this.memory = new MemoryPool(source);
    this.modules = new ModuleCache(driver);
    this.workspace = new SharedWorkspace(driver, compute, memory::trim);
    this.staging = new Staging(driver, compute, copies, settings.stagingBytes());
    ConvolutionChoice convolutions =
        new ConvolutionChoice(libraries.dnn(), workspace, settings, compute);
    this.cuda = new StreamCuda(libraries, memory, compute, settings, modules, convolutions);
  }

  /**
   * Runs a kernel of ours and reads what it wrote; the device is closed if that fails.
   *
   * @throws CudaException if the driver does not take our PTX, or the GPU does not run it
   */
  public void probe() {
    TensorType type = TensorType.of(DType.F32, 1);
    float[] value = new float[1];
    try (Scope scope = scope()) {
      Tensor tensor = scope.allocate(type);
      FillLaunch fill =
          new FillLaunch(
              Float.SIZE,
              tensor.memory().address(),
              1,
              Float.floatToRawIntBits(1),
              Dim.of(1),
              cuda.block());
      cuda.launch(fill);
      download(tensor, MemorySegment.ofArray(value));
    } catch (CudaException e) {
      close();
      throw e;
    }
    if (value[0] != 1) {
      close();
      throw CudaException.of("fill", "WRONG_RESULT", "1 was written, " + value[0] + " was read");
    }
  }

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public String describe() {
    DeviceInfo info = driver.info();
    return "cuda: %s (compute capability %s, %.0f GiB), CUDA %s, %s, %s, %s%s"
        .formatted(
            info.name(),
            info.computeCapability(),
            info.totalBytes() * 0x1p-30,
            info.cudaVersion(),
            libraries.blas().describe(),
            libraries.dnn().describe(),
            settings.math(),
            settings.deterministic() ? ", deterministic" : "");
  }

  @Override
  public MemoryPool memory() {
    return memory;
  }

  @Override
  public synchronized void run(Op op, Tensor[] inputs, Tensor[] outputs) {
    CudaKernel<?> kernel = kernels.get(op.getClass());
    if (kernel == null) {
      throw new UnsupportedOperationException(op.name() + " has no kernel on cuda");
    }
    for (Tensor output : outputs) {
      output.requireWritable(op.name());
    }
    try {
      start(kernel, op, inputs, outputs);
      if (settings.synchronous() && !capturing) {
        driver.synchronize(compute);
      }
    } catch (CudaException e) {
      throw failure(op.describe(), e);
    }
  }

  /** What the pool says where it has too little memory, for what is taken beside it. */
  private CudaException failure(String what, CudaException e) {
    if (!e.isOutOfMemory()) {
      return e.during(what);
    }
    OutOfMemoryError error =
        new OutOfMemoryError(
            "%s: %s; GPU memory: %,d bytes free of %,d, %,d held by tensors; lower the batch or image size"
                .formatted(
                    what,
                    e.getMessage(),
                    driver.freeBytes(),
                    driver.info().totalBytes(),
                    memory.heldBytes()));
    error.initCause(e);
    throw error;
  }

  @SuppressWarnings("unchecked") // the registry pairs each kernel with the class of its op
  private <O extends Op> void start(CudaKernel<O> kernel, Op op, Tensor[] in, Tensor[] out) {
    kernel.run((O) op, in, out, cuda);
  }

  @Override
  public synchronized void upload(MemorySegment host, Tensor tensor) {
    requireSize(host, tensor);
    requireNoCapture("upload to " + tensor);
    tensor.requireWritable("upload");
    try {
      staging.upload(host, tensor.memory().address());
    } catch (CudaException e) {
      throw failure("upload to " + tensor, e);
    }
  }

  @Override
  public synchronized void download(Tensor tensor, MemorySegment host) {
    requireSize(host, tensor);
    requireNoCapture("download of " + tensor);
    try {
      staging.download(tensor.memory().address(), host);
    } catch (CudaException e) {
      throw failure("download of " + tensor, e);
    }
  }

  private static void requireSize(MemorySegment host, Tensor tensor) {
    if (host.byteSize() != tensor.type().bytes()) {
      throw new IllegalArgumentException(
          "copy: host memory has " + host.byteSize() + " bytes, " + tensor + " differs");
    }
  }

  private void requireNoCapture(String what) {
    if (capturing) {
      throw new IllegalStateException(
          "record: " + what + " within the step; do it before or after a run of the replay");
    }
  }

  @Override
  public boolean roundsWeights() {
    return true;
  }

  @Override
  public boolean hasOwnMemory() {
    return true;
  }

  @Override
  public synchronized void synchronize() {
    requireNoCapture("synchronisation");
    driver.synchronize(copies);
    driver.synchronize(compute);
  }

  @Override
  public double milliseconds(Runnable work) {
    Event from = driver.createEvent();
    Event to = driver.createEvent();
    try {
      synchronize();
      driver.record(from, compute);
      work.run();
      driver.record(to, compute);
      driver.synchronize(to);
      return driver.milliseconds(from, to);
    } finally {
      driver.destroy(to);
      driver.destroy(from);
    }
  }

  @Override
  public synchronized Replay record(Runnable step) {
    requireNoCapture("another recording");
    step.run();
    MemoryPool.Reserve reserve = memory.reserve();
    try {
      Captured replay = new Captured(capture(step), reserve);
      reserve.end();
      workspace.keepForGraph();
      replays.add(replay);
      return replay;
    } catch (RuntimeException | Error e) {
      reserve.close();
      throw e;
    }
  }

  private ExecutableGraph capture(Runnable step) {
    driver.beginCapture(compute);
    capturing(true);
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      capturing(false);
      abandon(e);
      throw e;
    }
    capturing(false);
    return driver.endCapture(compute);
  }

  private void capturing(boolean now) {
    capturing = now;
    source.capturing(now);
  }

  /** Ends a capture of which nothing is wanted any more; the driver may refuse to make a graph. */
  private void abandon(Throwable reason) {
    try {
      driver.destroy(driver.endCapture(compute));
    } catch (CudaException e) {
      reason.addSuppressed(e);
    }
  }

  /** A graph and the memory that it works on. */
  private final class Captured implements Replay {
    private final ExecutableGraph graph;
    private final MemoryPool.Reserve reserve;

    Captured(ExecutableGraph graph, MemoryPool.Reserve reserve) {
      this.graph = graph;
      this.reserve = reserve;
    }

    @Override
    public void run() {
      synchronized (CudaDevice.this) {
        requireNoCapture("a replay");
        if (!replays.contains(this)) {
          throw new IllegalStateException("replay: it was closed");
        }
        driver.launch(graph, compute);
      }
    }

    @Override
    public void close() {
      synchronized (CudaDevice.this) {
        if (replays.remove(this)) {
          end();
        }
      }
    }

    private void end() {
      driver.synchronize(compute);
      driver.destroy(graph);
      reserve.close();
      workspace.graphEnded();
    }
  }

  /** Waits for what is in flight, and ends everything, tensors included. */
  @Override
  public synchronized void close() {
    synchronize();
    replays.forEach(Captured::end);
    replays.clear();
    workspace.close();
    staging.close();
    modules.close();
    memory.close();
    driver.destroy(copies);
    driver.destroy(compute);
    libraries.close();
  }
}
