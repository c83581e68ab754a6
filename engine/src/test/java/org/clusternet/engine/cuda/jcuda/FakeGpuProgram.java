package org.clusternet.engine.cuda.jcuda;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.clusternet.engine.Devices;
import org.clusternet.engine.cuda.CudaDevice;
import org.clusternet.engine.cuda.CudaSettings;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.cuda.api.CudaLibraries;
import org.clusternet.engine.cuda.api.CudaUnavailableException;
import org.clusternet.engine.cuda.api.Driver;
import org.clusternet.engine.cuda.api.Event;
import org.clusternet.engine.cuda.api.ExecutableGraph;
import org.clusternet.engine.cuda.api.KernelFunction;
import org.clusternet.engine.cuda.api.LoadedModule;
import org.clusternet.engine.cuda.api.MathMode;
import org.clusternet.engine.cuda.api.Stream;
import org.clusternet.engine.cuda.doctor.Doctor;
import org.clusternet.engine.op.Conv2d;
import org.clusternet.engine.op.OpRegistry;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.testing.OpChecks;
import org.clusternet.kernels.Arguments;
import org.clusternet.kernels.Dim;
import org.clusternet.kernels.Ptx;

/** What {@link FakeGpuTest} runs in JVMs of their own. */
final class FakeGpuProgram {
  /** Ops of which the fake driver knows the kernels. */
  private static final Set<String> STEMS = Set.of("Conv2d", "MatMul", "Linear");

  private static final CudaSettings SETTINGS = CudaSettings.defaults().staging(1 << 20);

  private FakeGpuProgram() {}

  public static void main(String[] arguments) {
    switch (arguments[0]) {
      case "ops" -> ops(SETTINGS, 1e-5);
      case "deterministic ops" -> ops(SETTINGS.deterministic(true), 1e-5);
      case "tf32 ops" -> ops(SETTINGS.with(MathMode.TF32), 1.0 / 64);
      case "driver" -> driver();
      case "open" -> open();
      case "doctor" -> Doctor.examine().lines().forEach(System.out::println);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Ops that stand on cuBLAS and cuDNN, forward and backward, against the oracle. */
  private static void ops(CudaSettings settings, double bound) {
    int checks = 0;
    try (Device oracle = Devices.plainCpu(1);
        CudaDevice device = new CudaDevice(OpRegistry.cudaKernels(), Nvidia.open(), settings)) {
      System.out.println(device.describe());
      for (OpFamily family : OpRegistry.families()) {
        for (Sample sample : family.samples().get()) {
          boolean bias = family.stem().equals("Linear") && sample.inputs().size() == 3;
          if (STEMS.contains(family.stem()) && !bias) {
            OpChecks.agreement(oracle, device, sample, DType.F32, bound);
            checks++;
            if (family.stem().equals("MatMul") || isConvolutionWithoutBias(sample)) {
              OpChecks.agreement(oracle, device, sample, DType.BF16, 1.0 / 64);
              checks++;
            }
          }
        }
      }
    }
    System.out.println("checks=" + checks);
  }

  private static boolean isConvolutionWithoutBias(Sample sample) {
    return sample.op() instanceof Conv2d && sample.inputs().size() == 2;
  }

  private static void open() {
    try {
      Nvidia.open().close();
      System.out.println("opened");
    } catch (CudaUnavailableException e) {
      System.out.println(e.getMessage());
    }
  }

  private static void driver() {
    try (CudaLibraries libraries = Nvidia.open()) {
      Driver driver = libraries.driver();
      System.out.println(driver.info());
      System.out.println("free=" + driver.freeBytes());
      attempt(() -> driver.allocate(1L << 40));
      attempt(() -> driver.load("broken", "this is no PTX"));
      Stream stream = driver.createStream();
      LoadedModule module = driver.load("fill", Ptx.text("fill"));
      attempt(() -> driver.function(module, "absent"));
      KernelFunction fill = driver.function(module, "fill_32");
      long address = driver.allocate(64);
      driver.fill(address, 64, (byte) 1, stream);
      Arguments arguments = new Arguments().address(address).i64(8).i64(7);
      driver.launch(fill, Dim.of(1), Dim.of(32), 100 << 10, arguments, stream);
      MemorySegment pinned = driver.allocatePinned(64);
      driver.download(address, pinned, stream);
      driver.synchronize(stream);
      System.out.println(
          "numbers=" + List.of(number(pinned, 0), number(pinned, 7), number(pinned, 8)));
      attempt(() -> driver.launch(fill, Dim.of(1), Dim.of(1), 0, arguments, stream));
      attempt(() -> driver.launch(fill, Dim.of(1), Dim.of(32), 300 << 10, arguments, stream));
      events(driver, stream);
      inAnotherThread(driver, stream);
      driver.freePinned(pinned);
      driver.free(address);
      attempt(() -> driver.free(address));
      driver.unload(module);
      driver.destroy(stream);
    }
    System.out.println("done");
  }

  private static int number(MemorySegment memory, int i) {
    return memory.getAtIndex(ValueLayout.JAVA_INT, i);
  }

  private static void events(Driver driver, Stream stream) {
    Event from = driver.createEvent();
    Event to = driver.createEvent();
    driver.record(from, stream);
    driver.await(from, stream);
    driver.record(to, stream);
    driver.synchronize(to);
    System.out.println("milliseconds=" + driver.milliseconds(from, to));
    driver.destroy(from);
    driver.destroy(to);
    driver.beginCapture(stream);
    ExecutableGraph graph = driver.endCapture(stream);
    driver.launch(graph, stream);
    driver.destroy(graph);
  }

  /** The context is made current on each thread that calls; the fake refuses others. */
  private static void inAnotherThread(Driver driver, Stream stream) {
    Thread thread = new Thread(() -> driver.synchronize(stream));
    Map<Thread, Throwable> failures = new ConcurrentHashMap<>();
    thread.setUncaughtExceptionHandler(failures::put);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.out.println("other thread: " + failures.values());
  }

  private static void attempt(Runnable call) {
    try {
      call.run();
      System.out.println("no error");
    } catch (CudaException e) {
      System.out.println(e.getMessage());
    }
  }
}
