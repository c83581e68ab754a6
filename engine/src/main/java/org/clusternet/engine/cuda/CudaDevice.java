package org.clusternet.engine.cuda;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.cuda.api.CudaLibraries;
import org.clusternet.engine.cuda.api.DeviceInfo;
import org.clusternet.engine.cuda.api.Driver;
import org.clusternet.engine.cuda.api.Event;
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
 * Steps are recorded as CUDA graphs by {@link StepRecorder}.
 */
public final class CudaDevice implements Device {
  private final Map<Class<? extends Op>, CudaKernel<?>> kernels;
  private final CudaLibraries libraries;
  private final CudaSettings settings;
  private final Driver driver;
  private final Stream compute;
  private final Stream copies;
  private final MemoryPool memory;
  private final ModuleCache modules;
  private final SharedWorkspace workspace;
  private final Staging staging;
  private final StepRecorder recorder;
  private final Cuda cuda;

  /**
   * A device.
   *
   * @param kernels the kernel of each class of ops
   * @param libraries driver, cuBLAS and cuDNN; closed with the device
   * @param settings settings of the device
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
    DriverMemory source = new DriverMemory(driver, compute);
    this.memory = new MemoryPool(source);
    this.modules = new ModuleCache(driver);
    this.workspace = new SharedWorkspace(driver, compute, memory::trim);
    this.staging = new Staging(driver, compute, copies, settings.stagingBytes());
    this.recorder = new StepRecorder(this, driver, compute, source, memory, workspace);
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
      if (settings.synchronous() && !recorder.isCapturing()) {
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
    recorder.requireNoCapture("upload to " + tensor);
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
    recorder.requireNoCapture("download of " + tensor);
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
    recorder.requireNoCapture("synchronisation");
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
    return recorder.record(step);
  }

  /** Waits for what is in flight, and ends everything, tensors included. */
  @Override
  public synchronized void close() {
    synchronize();
    recorder.close();
    workspace.close();
    staging.close();
    modules.close();
    memory.close();
    driver.destroy(copies);
    driver.destroy(compute);
    libraries.close();
  }
}
