package org.clusternet.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.engine.Devices;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.cuda.CudaSettings;
import org.clusternet.engine.cuda.emulated.EmulatedGpu;
import org.clusternet.engine.cuda.emulated.Order;
import org.clusternet.engine.op.Cast;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.spi.Replay;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.engine.testing.Closeness;
import org.clusternet.nn.Mode;
import org.clusternet.nn.optim.Adam;
import org.clusternet.nn.parameter.Parameter;
import org.junit.jupiter.api.Test;

/**
 * Training steps of the whole network, three heads, crop and Adam, recorded once and replayed: on
 * the emulated GPU they give the CPU's numbers, and twice the same bits.
 */
class EmulatedTrainingTest {
  private static final Alphas ALPHAS = new Alphas(0.8, 0.3, 0.5, 0.4);
  private static final int STEPS = 3;
  private static final double RATE = 1e-3;

  /** What a run leaves: per step the losses and the box; after all steps every gradient. */
  private record Run(
      List<double[]> losses, List<double[]> boxes, Map<String, double[]> gradients) {}

  @Test
  void recordedStepsOnTheGpuGiveTheNumbersOfTheCpu() {
    CudaSettings settings = EmulatedGpu.settings().deterministic(true);
    Run expected;
    try (Device cpu = Devices.cpu(2)) {
      expected = train(cpu);
    }
    Run late;
    try (Device gpu = EmulatedGpu.device(Order.LATE, settings)) {
      late = train(gpu);
    }
    for (int step = 0; step < STEPS; step++) {
      assertArrayEquals(expected.boxes().get(step), late.boxes().get(step), "boxes, step " + step);
      double bound = step == 0 ? 1e-5 : 1e-3;
      Closeness.assertClose(
          "losses, step " + step,
          expected.losses().get(step),
          late.losses().get(step),
          bound,
          1e-30);
    }
    assertEquals(expected.gradients().keySet(), late.gradients().keySet());
    expected
        .gradients()
        .forEach(
            (key, values) ->
                Closeness.assertNormClose(key, values, late.gradients().get(key), 1e-2));
    Run again;
    try (Device gpu = EmulatedGpu.device(Order.COPIES_FIRST, settings)) {
      again = train(gpu);
    }
    for (int step = 0; step < STEPS; step++) {
      assertArrayEquals(late.losses().get(step), again.losses().get(step));
    }
    late.gradients().forEach((key, v) -> assertArrayEquals(v, again.gradients().get(key), key));
  }

  private static Run train(Device device) {
    List<double[]> losses = new ArrayList<>();
    List<double[]> boxes = new ArrayList<>();
    Map<String, double[]> gradients = new LinkedHashMap<>();
    try (Scope scope = device.scope();
        ClusterNet net = new ClusterNet(device, SmallNetwork.config(Variant.ALL, DType.F32))) {
      net.parameters().initialise(5);
      try (Adam adam = new Adam(net.parameters(), Adam.Settings.defaults())) {
        train(device, adam, new Step(device, scope, net, adam), losses, boxes);
      }
      for (Parameter parameter : net.parameters().all()) {
        if (parameter.isTrainable()) {
          gradients.put(parameter.toString(), HostValues.get(device, parameter.gradient()));
        }
      }
    }
    assertEquals(2 * 38 + 2, gradients.size());
    assertEquals(0, device.memory().liveBytes());
    return new Run(losses, boxes, gradients);
  }

  private static void train(
      Device device, Adam adam, Step step, List<double[]> losses, List<double[]> boxes) {
    long live = device.memory().liveBytes();
    adam.prepare(RATE);
    try (Replay replay = device.record(step)) {
      long allocations = 0;
      for (int k = 0; k < STEPS; k++) {
        if (k > 0) {
          adam.prepare(RATE);
          replay.run();
        }
        losses.add(HostValues.get(device, step.losses));
        boxes.add(HostValues.get(device, step.boxes));
        assertEquals(live, device.memory().liveBytes());
        allocations = k == 0 ? device.memory().sourceAllocations() : allocations;
      }
      assertEquals(allocations, device.memory().sourceAllocations());
    }
  }

  /** Forward, backward and Adam; losses and boxes are copied to tensors that outlive the step. */
  private static final class Step implements Runnable {
    private final Device device;
    private final ClusterNet net;
    private final Adam adam;
    private final MultiTaskLoss loss = new MultiTaskLoss(Variant.ALL, ALPHAS);
    private final Tensor images;
    private final Tensor labels;
    private final Tensor classWeights;
    private final Tensor losses;
    private final Tensor boxes;

    Step(Device device, Scope scope, ClusterNet net, Adam adam) {
      this.device = device;
      this.net = net;
      this.adam = adam;
      this.images = SmallNetwork.images(device, scope, DType.F32);
      this.labels = SmallNetwork.labels(device, scope);
      this.classWeights = SmallNetwork.classWeights(device, scope, DType.F32);
      this.losses = scope.allocate(TensorType.of(DType.F32, 5));
      this.boxes = scope.allocate(TensorType.of(DType.F32, 4 * SmallNetwork.BATCH));
    }

    @Override
    public void run() {
      try (Tape tape = new Tape(device)) {
        net.parameters().watch(tape);
        Outputs outputs = net.forward(tape, Mode.TRAINING, NetworkInput.of(images), labels);
        LossTerms parts = loss.of(tape, outputs, labels, classWeights);
        Tensor[] scalars = {
          parts.total(), parts.primary(), parts.auxiliary(), parts.fusion(), parts.regression()
        };
        for (int i = 0; i < scalars.length; i++) {
          copy(scalars[i], losses.view(scalars[i].type(), i));
        }
        // The same bits in another type: a copy of integers has no op of its own.
        Tensor box = outputs.second().orElseThrow().region().box();
        copy(box.view(boxes.type(), 0), boxes);
        tape.backward(parts.total());
      }
      adam.apply(losses.view(TensorType.of(DType.F32), 0));
    }

    private void copy(Tensor from, Tensor to) {
      device.run(new Cast(DType.F32), new Tensor[] {from}, new Tensor[] {to});
    }
  }
}
