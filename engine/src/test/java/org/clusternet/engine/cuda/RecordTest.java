package org.clusternet.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.clusternet.engine.Devices;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.cuda.api.CudaLibraries;
import org.clusternet.engine.cuda.emulated.EmulatedDriver;
import org.clusternet.engine.cuda.emulated.EmulatedGpu;
import org.clusternet.engine.cuda.emulated.FailingDriver;
import org.clusternet.engine.cuda.emulated.OracleBlas;
import org.clusternet.engine.cuda.emulated.OracleDnn;
import org.clusternet.engine.cuda.emulated.Order;
import org.clusternet.engine.op.AdamStep;
import org.clusternet.engine.op.Binary;
import org.clusternet.engine.op.BinaryFunction;
import org.clusternet.engine.op.Cast;
import org.clusternet.engine.op.Conv2d;
import org.clusternet.engine.op.Fill;
import org.clusternet.engine.op.SumTo;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.Replay;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.engine.testing.Closeness;
import org.clusternet.engine.testing.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A recorded step: what it computes, what it holds on to, and what it must not do. */
class RecordTest {
  private static final int STEPS = 4;

  /** A convolution whose weight is fitted by Adam to make the square of its output small. */
  private static final class Fit implements AutoCloseable {
    private final Device device;
    private final Scope scope;
    private final Tensor x;
    private final Tensor flat;
    private final Tensor weight;
    private final Tensor gradients;
    private final Tensor mean;
    private final Tensor square;
    private final Tensor schedule;
    private final Tensor loss;

    Fit(Device device) {
      this.device = device;
      this.scope = device.scope();
      TensorType filter = TensorType.of(DType.F32, 3, 2, 3, 3);
      TensorType line = TensorType.of(DType.F32, (int) filter.shape().elements());
      this.x = scope.allocate(TensorType.of(DType.F32, 2, 2, 5, 6));
      this.flat = scope.allocate(line);
      this.weight = flat.view(filter, 0);
      this.gradients = scope.allocate(line);
      this.mean = scope.allocate(line);
      this.square = scope.allocate(line);
      this.schedule = scope.allocate(TensorType.of(DType.F32, 3));
      this.loss = scope.allocate(TensorType.of(DType.F32));
      send(flat, 0.1);
      send(mean, 0);
      send(square, 0);
    }

    private void send(Tensor tensor, double scale) {
      float[] values = new float[(int) tensor.elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (scale * Math.sin(1 + i));
      }
      device.upload(MemorySegment.ofArray(values), tensor);
    }

    /** What differs from step to step, before the step. */
    void prepare(int step) {
      send(x, 1 + 0.1 * step);
      float[] numbers = {
        0.01f, (float) (1 - Math.pow(0.9, step)), (float) (1 - Math.pow(0.999, step))
      };
      device.upload(MemorySegment.ofArray(numbers), schedule);
    }

    void step() {
      try (Tape tape = new Tape(device)) {
        tape.watch(weight, gradients.view(weight.type(), 0));
        Tensor y = tape.apply(new Conv2d(1, 1), x, weight);
        Tensor squared = tape.apply(new Binary(BinaryFunction.MUL), y, y);
        Tensor total = tape.apply(new SumTo(Shape.SCALAR), squared);
        device.run(new Cast(DType.F32), new Tensor[] {total}, new Tensor[] {loss});
        tape.backward(total);
      }
      device.run(
          new AdamStep(0.9, 0.999, 1e-8),
          new Tensor[] {flat, gradients, mean, square, schedule},
          new Tensor[] {flat, mean, square});
    }

    double[] state() {
      List<Double> state = new ArrayList<>();
      for (Tensor tensor : new Tensor[] {loss, flat, gradients, mean, square}) {
        float[] values = new float[(int) tensor.elements()];
        device.download(tensor, MemorySegment.ofArray(values));
        for (float value : values) {
          state.add((double) value);
        }
      }
      return state.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public void close() {
      scope.close();
    }
  }

  private static List<double[]> recorded(Device device) {
    List<double[]> states = new ArrayList<>();
    try (Fit fit = new Fit(device)) {
      fit.prepare(1);
      try (Replay replay = device.record(fit::step)) {
        states.add(fit.state());
        for (int step = 2; step <= STEPS; step++) {
          fit.prepare(step);
          replay.run();
          states.add(fit.state());
        }
      }
    }
    return states;
  }

  private static List<double[]> plain(Device device) {
    List<double[]> states = new ArrayList<>();
    try (Fit fit = new Fit(device)) {
      for (int step = 1; step <= STEPS; step++) {
        fit.prepare(step);
        fit.step();
        states.add(fit.state());
      }
    }
    return states;
  }

  private static CudaSettings deterministic() {
    return EmulatedGpu.settings().deterministic(true);
  }

  @ParameterizedTest
  @EnumSource
  void replaysGiveTheBitsOfSteps(Order order) {
    try (Device first = EmulatedGpu.device(order, deterministic());
        Device second = EmulatedGpu.device(order, deterministic());
        Device cpu = Devices.plainCpu(1)) {
      List<double[]> replayed = recorded(first);
      List<double[]> stepped = plain(second);
      List<double[]> expected = recorded(cpu);
      for (int k = 0; k < STEPS; k++) {
        assertArrayEquals(stepped.get(k), replayed.get(k), "step " + (k + 1));
        Closeness.assertClose("step " + (k + 1), expected.get(k), replayed.get(k), 1e-5, 1e-30);
      }
    }
  }

  @Test
  void onTheCpuARecordedStepIsTheStep() {
    try (Device cpu = Devices.plainCpu(1)) {
      List<double[]> replayed = recorded(cpu);
      List<double[]> stepped = plain(cpu);
      for (int k = 0; k < STEPS; k++) {
        assertArrayEquals(stepped.get(k), replayed.get(k));
      }
      assertEquals(0, cpu.memory().liveBytes());
    }
  }

  @Test
  void nothingIsAllocatedFromTheRecordingOn() {
    EmulatedDriver driver = new EmulatedDriver(Order.LATE, EmulatedGpu.BYTES);
    CudaLibraries libraries =
        new CudaLibraries(driver, new OracleBlas(driver), new OracleDnn(driver));
    try (Device device = EmulatedGpu.device(libraries, EmulatedGpu.settings());
        Fit fit = new Fit(device)) {
      long live = device.memory().liveBytes();
      fit.prepare(1);
      try (Replay replay = device.record(fit::step)) {
        assertEquals(live, device.memory().liveBytes());
        fit.state();
        long allocations = driver.allocations();
        long launches = driver.launches();
        replay.run();
        replay.run();
        fit.state();
        assertEquals(allocations, driver.allocations());
        assertTrue(driver.launches() > launches, "kernels of the replays have run");
      }
      assertEquals(live, device.memory().liveBytes());
    }
  }

  /** Memory of every size that the step used, taken after it: a replay must not write to it. */
  @Test
  void laterTensorsAreNotWhereAReplayWrites() {
    try (Device device = EmulatedGpu.device(Order.LATE, deterministic());
        Fit fit = new Fit(device)) {
      fit.prepare(1);
      try (Replay replay = device.record(fit::step);
          Scope later = device.scope()) {
        List<Tensor> tensors = new ArrayList<>();
        for (int elements : new int[] {1, 54, 60, 120, 180}) {
          for (int k = 0; k < 8; k++) {
            TensorType type = TensorType.of(DType.F32, elements);
            tensors.add(new Eager(device, later).apply(new Fill(type, elements + k)));
          }
        }
        fit.prepare(2);
        replay.run();
        for (int i = 0; i < tensors.size(); i++) {
          float[] values = new float[(int) tensors.get(i).elements()];
          device.download(tensors.get(i), MemorySegment.ofArray(values));
          for (float value : values) {
            assertEquals(values.length + i % 8, value);
          }
        }
      }
    }
  }

  @Test
  void twoReplaysShareNothing() {
    try (Device device = EmulatedGpu.device(Order.LATE, deterministic());
        Fit one = new Fit(device);
        Fit two = new Fit(device)) {
      one.prepare(1);
      two.prepare(1);
      try (Replay first = device.record(one::step);
          Replay second = device.record(two::step)) {
        for (int step = 2; step <= STEPS; step++) {
          one.prepare(step);
          two.prepare(step);
          first.run();
          second.run();
        }
        assertArrayEquals(one.state(), two.state());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"upload", "download", "synchronisation", "another recording"})
  void aStepThatCopiesOrWaitsIsRefused(String what) {
    try (Device device = EmulatedGpu.device(Order.LATE, deterministic());
        Scope scope = device.scope()) {
      Tensor tensor = scope.allocate(TensorType.of(DType.F32, 2));
      MemorySegment host = MemorySegment.ofArray(new float[2]);
      Consumer<String> act =
          which -> {
            switch (which) {
              case "upload" -> device.upload(host, tensor);
              case "download" -> device.download(tensor, host);
              case "synchronisation" -> device.synchronize();
              default -> device.record(() -> {}).close();
            }
          };
      device.upload(host, tensor);
      IllegalStateException error =
          assertThrows(IllegalStateException.class, () -> device.record(() -> act.accept(what)));
      assertTrue(Messages.of(error).startsWith("record: " + what), Messages.of(error));
      act.accept(what);
      usable(device);
    }
  }

  @Test
  void aStepMustGiveBackWhatItTakes() {
    try (Device device = EmulatedGpu.device(Order.LATE, deterministic());
        Scope outside = device.scope()) {
      long held = device.memory().heldBytes();
      IllegalStateException error =
          assertThrows(
              IllegalStateException.class,
              () -> device.record(() -> outside.allocate(TensorType.of(DType.F32, 1000))));
      assertTrue(Messages.of(error).contains("end every tensor of the step"), Messages.of(error));
      assertEquals(held + 4096, device.memory().heldBytes());
      usable(device);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"beginCapture", "endCapture", "launch", "copy"})
  void aRecordingThatFailsLeavesTheDeviceAsItWas(String call) {
    EmulatedDriver driver = new EmulatedDriver(Order.LATE, EmulatedGpu.BYTES);
    FailingDriver failing = new FailingDriver(driver);
    CudaLibraries libraries =
        new CudaLibraries(failing.driver(), new OracleBlas(driver), new OracleDnn(driver));
    try (Device device = EmulatedGpu.device(libraries, deterministic());
        Fit fit = new Fit(device)) {
      fit.prepare(1);
      long live = device.memory().liveBytes();
      boolean[] second = {false};
      Runnable step =
          () -> {
            if (second[0] && (call.equals("launch") || call.equals("copy"))) {
              failing.fail(call, 0, "CUDA_ERROR_LAUNCH_FAILED");
            }
            second[0] = true;
            fit.step();
          };
      if (call.endsWith("Capture")) {
        failing.fail(call, 0, "CUDA_ERROR_STREAM_CAPTURE_INVALIDATED");
      }
      CudaException error = assertThrows(CudaException.class, () -> device.record(step));
      assertTrue(Messages.of(error).contains("CUDA_ERROR_"), Messages.of(error));
      assertEquals(live, device.memory().liveBytes());
      usable(device);
    }
  }

  @Test
  void aClosedReplayCannotRun() {
    try (Device device = EmulatedGpu.device();
        Scope scope = device.scope()) {
      Tensor y = scope.allocate(TensorType.of(DType.F32, 2));
      Fill fill = new Fill(y.type(), 3);
      Replay replay = device.record(() -> device.run(fill, new Tensor[0], new Tensor[] {y}));
      replay.close();
      replay.close();
      assertThrows(IllegalStateException.class, replay::run);
    }
  }

  @Test
  void aDeviceEndsTheReplaysThatAreOpen() {
    Device device = EmulatedGpu.device();
    Scope scope = device.scope();
    Tensor y = scope.allocate(TensorType.of(DType.F32, 2));
    Fill fill = new Fill(y.type(), 3);
    device.record(() -> device.run(fill, new Tensor[0], new Tensor[] {y})).run();
    scope.close();
    device.close();
  }

  private static void usable(Device device) {
    try (Scope scope = device.scope()) {
      Tensor y = new Eager(device, scope).apply(new Fill(TensorType.of(DType.F32, 2), 5));
      float[] values = new float[2];
      device.download(y, MemorySegment.ofArray(values));
      assertArrayEquals(new float[] {5, 5}, values);
    }
  }
}
