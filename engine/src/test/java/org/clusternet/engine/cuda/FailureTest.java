package org.clusternet.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.cuda.api.CudaLibraries;
import org.clusternet.engine.cuda.emulated.EmulatedDriver;
import org.clusternet.engine.cuda.emulated.EmulatedGpu;
import org.clusternet.engine.cuda.emulated.FailingDriver;
import org.clusternet.engine.cuda.emulated.OracleBlas;
import org.clusternet.engine.cuda.emulated.OracleDnn;
import org.clusternet.engine.cuda.emulated.Order;
import org.clusternet.engine.op.BatchNorm;
import org.clusternet.engine.op.Conv2d;
import org.clusternet.engine.op.Fill;
import org.clusternet.engine.op.MatMul;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.engine.testing.Messages;
import org.junit.jupiter.api.Test;

/**
 * Every call of the driver that a step makes fails once, at its first, second, ... occurrence: the
 * error says what was being done, live bytes return to where they were, the device goes on, and at
 * its end nothing is left. (That the emulated driver sees to when it is closed.)
 */
class FailureTest {
  private static final long SMALL_GPU = 8L << 20;

  private static CudaLibraries libraries(EmulatedDriver driver, FailingDriver failing) {
    return new CudaLibraries(failing.driver(), new OracleBlas(driver), new OracleDnn(driver));
  }

  /** Forward and backward of a small block, from upload to download. */
  private static void step(Device device) {
    try (Scope scope = device.scope();
        Tape tape = new Tape(device)) {
      Tensor x = scope.allocate(TensorType.of(DType.F32, 2, 3, 6, 5));
      Tensor w = scope.allocate(TensorType.of(DType.F32, 4, 3, 3, 3));
      device.upload(MemorySegment.ofArray(new float[180]), x);
      device.upload(MemorySegment.ofArray(new float[108]), w);
      tape.watch(w);
      Tensor y = tape.apply(new Conv2d(1, 1), x, w);
      Eager eager = new Eager(device, scope);
      TensorType channels = TensorType.of(DType.F32, 4);
      Tensor[] statistics = new Tensor[4];
      for (int i = 0; i < statistics.length; i++) {
        statistics[i] = eager.apply(new Fill(channels, 1));
      }
      Tensor z =
          tape.apply(
              new BatchNorm(1e-5, 0.1, true),
              y,
              statistics[0],
              statistics[1],
              statistics[2],
              statistics[3]);
      Tensor upstream = eager.apply(new Fill(z.type(), 1));
      tape.backward(z, upstream);
      device.download(tape.gradient(w), MemorySegment.ofArray(new float[108]));
    }
  }

  @Test
  void anyCallOfAStepMayFail() {
    Set<String> failed = new TreeSet<>();
    for (String call :
        Set.of(
            "allocate",
            "allocatePinned",
            "fill",
            "upload",
            "download",
            "copy",
            "load",
            "function",
            "launch",
            "createEvent",
            "record",
            "await",
            "synchronize")) {
      int occurrence = 0;
      while (failsAt(call, occurrence)) {
        failed.add(call);
        occurrence++;
      }
    }
    assertEquals(13, failed.size(), failed.toString());
  }

  /** Whether the step makes the call so often; if so, it was made to fail. */
  private static boolean failsAt(String call, int occurrence) {
    EmulatedDriver driver = new EmulatedDriver(Order.LATE, EmulatedGpu.BYTES);
    FailingDriver failing = new FailingDriver(driver);
    String what = call + " number " + occurrence;
    try (Device device = EmulatedGpu.device(libraries(driver, failing), EmulatedGpu.settings())) {
      failing.fail(call, occurrence, "CUDA_ERROR_UNKNOWN");
      try {
        step(device);
        assertTrue(failing.isArmed(), what + " failed, and nobody noticed");
        failing.disarm();
        return false;
      } catch (CudaException e) {
        assertTrue(Messages.of(e).contains(call + ": CUDA_ERROR_UNKNOWN: planted"), what);
        assertEquals(0, device.memory().liveBytes(), what);
      }
      step(device);
      return true;
    }
  }

  @Test
  void anErrorNamesTheOpTheLaunchAndTheCall() {
    EmulatedDriver driver = new EmulatedDriver(Order.LATE, EmulatedGpu.BYTES);
    FailingDriver failing = new FailingDriver(driver);
    try (Device device = EmulatedGpu.device(libraries(driver, failing), EmulatedGpu.settings());
        Scope scope = device.scope()) {
      failing.fail("launch", 0, "CUDA_ERROR_LAUNCH_FAILED");
      Fill fill = new Fill(TensorType.of(DType.F32, 2), 3);
      CudaException error =
          assertThrows(CudaException.class, () -> new Eager(device, scope).apply(fill));
      assertTrue(Messages.of(error).startsWith("Fill[type=F32(2), value=3.0]: FillLaunch["));
      assertTrue(Messages.of(error).endsWith("launch: CUDA_ERROR_LAUNCH_FAILED: planted"));
      assertEquals("CUDA_ERROR_LAUNCH_FAILED", error.error());
      assertFalse(error.isOutOfMemory());
    }
  }

  @Test
  void outOfMemorySaysHowMuchAndWhatToLower() {
    EmulatedDriver driver = new EmulatedDriver(Order.LATE, SMALL_GPU);
    CudaLibraries libraries =
        new CudaLibraries(driver, new OracleBlas(driver), new OracleDnn(driver));
    try (Device device = EmulatedGpu.device(libraries, EmulatedGpu.settings())) {
      try (Scope scope = device.scope()) {
        scope.allocate(TensorType.of(DType.F32, 1 << 20));
        OutOfMemoryError error =
            assertThrows(
                OutOfMemoryError.class, () -> scope.allocate(TensorType.of(DType.F32, 1 << 20, 2)));
        String text = Messages.of(error);
        assertTrue(text.contains("asked for 8,388,608 bytes"), text);
        assertTrue(text.contains("4,194,304 in use and 4,194,304 held"), text);
        assertTrue(text.contains("CUDA_ERROR_OUT_OF_MEMORY"), text);
        assertTrue(text.contains("GPU memory: 4,194,304 bytes free of 8,388,608"), text);
        assertTrue(text.contains("lower the batch or image size"), text);
      }
      assertEquals(0, device.memory().liveBytes());
    }
  }

  @Test
  void outOfMemoryBesideTheTensorsSaysSoToo() {
    EmulatedDriver driver = new EmulatedDriver(Order.LATE, SMALL_GPU);
    CudaLibraries libraries =
        new CudaLibraries(driver, new OracleBlas(driver), new OracleDnn(driver));
    try (Device device = EmulatedGpu.device(libraries, EmulatedGpu.settings().staging(SMALL_GPU))) {
      try (Scope scope = device.scope()) {
        Tensor tensor = scope.allocate(TensorType.of(DType.F32, 3 << 19));
        MemorySegment host = MemorySegment.ofArray(new float[3 << 19]);
        OutOfMemoryError error =
            assertThrows(OutOfMemoryError.class, () -> device.upload(host, tensor));
        String text = Messages.of(error);
        assertTrue(text.startsWith("upload to F32(1572864): cuMemAlloc(bytes=8388608)"), text);
        assertTrue(text.contains("2,097,152 bytes free of 8,388,608, 6,291,456 held"), text);
        assertTrue(text.contains("lower the batch or image size"), text);
      }
      assertEquals(0, device.memory().liveBytes());
    }
  }

  /** What tensors no longer need goes back to the driver before memory is said to be out. */
  @Test
  void memoryThatIsFreeButOfAnotherSizeIsUsedBeforeItIsOut() {
    EmulatedDriver driver = new EmulatedDriver(Order.LATE, SMALL_GPU);
    CudaLibraries libraries =
        new CudaLibraries(driver, new OracleBlas(driver), new OracleDnn(driver));
    try (Device device = EmulatedGpu.device(libraries, EmulatedGpu.settings())) {
      for (int rows = 3; rows <= 7; rows++) {
        try (Scope scope = device.scope()) {
          new Eager(device, scope).apply(new Fill(TensorType.of(DType.F32, rows, 1 << 18), 1));
        }
      }
      assertEquals(0, device.memory().liveBytes());
    }
  }

  @Test
  void anOpWithoutAKernelIsNamed() {
    EmulatedDriver driver = new EmulatedDriver(Order.LATE, EmulatedGpu.BYTES);
    CudaLibraries libraries =
        new CudaLibraries(driver, new OracleBlas(driver), new OracleDnn(driver));
    try (Device device = new CudaDevice(Map.of(), libraries, EmulatedGpu.settings());
        Scope scope = device.scope()) {
      Tensor a = scope.allocate(TensorType.of(DType.F32, 2, 2));
      UnsupportedOperationException error =
          assertThrows(
              UnsupportedOperationException.class,
              () -> new Eager(device, scope).apply(new MatMul(false, false), a, a));
      assertEquals("MatMul has no kernel on cuda", Messages.of(error));
    }
  }

  @Test
  void invalidSettingsAreRefused() {
    CudaSettings settings = CudaSettings.defaults();
    assertThrows(IllegalArgumentException.class, () -> settings.blocks(100));
    assertThrows(IllegalArgumentException.class, () -> settings.blocks(2048));
    assertThrows(IllegalArgumentException.class, () -> settings.staging(0));
    assertThrows(IllegalArgumentException.class, () -> settings.workspace(-1));
  }
}
