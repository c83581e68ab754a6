package org.clusternet.engine.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.clusternet.engine.Devices;
import org.clusternet.engine.op.AdamStep;
import org.clusternet.engine.op.Affine;
import org.clusternet.engine.op.Binary;
import org.clusternet.engine.op.BinaryFunction;
import org.clusternet.engine.op.Concat;
import org.clusternet.engine.op.Conv2d;
import org.clusternet.engine.op.CramerDistance;
import org.clusternet.engine.op.Linear;
import org.clusternet.engine.op.SumTo;
import org.clusternet.engine.op.Unary;
import org.clusternet.engine.op.UnaryFunction;
import org.clusternet.engine.op.WeightedCrossEntropy;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.junit.jupiter.api.Test;

/**
 * A whole step over flat buffers, as a trainer does it: two layers, both losses, Adam. It learns,
 * returns to the same live bytes after every step, and asks for no memory from the second step on.
 */
class TrainingStepTest {
  private static final int ROWS = 8;
  private static final int FEATURES = 12;
  private static final int HIDDEN = 16;
  private static final int CLASSES = 3;
  private static final int LENGTH = HIDDEN * FEATURES + HIDDEN + CLASSES * 2 * HIDDEN + CLASSES;

  private final Random random = new Random(2);

  private double[] normal(int count, double scale) {
    return random.doubles(count).map(u -> scale * (2 * u - 1)).toArray();
  }

  private static Tensor[] parts(Tensor flat) {
    TensorType[] types = {
      TensorType.of(flat.dtype(), HIDDEN, FEATURES),
      TensorType.of(flat.dtype(), HIDDEN),
      TensorType.of(flat.dtype(), CLASSES, 2 * HIDDEN),
      TensorType.of(flat.dtype(), CLASSES)
    };
    Tensor[] parts = new Tensor[types.length];
    long at = 0;
    for (int i = 0; i < parts.length; i++) {
      parts[i] = flat.view(types[i], at);
      at += types[i].shape().elements();
    }
    return parts;
  }

  private static Tensor loss(Tape tape, Tensor x, Tensor labels, Tensor weights, Tensor[] w) {
    Tensor hidden = tape.apply(new Linear(), x, w[0], w[1]);
    Tensor active = tape.apply(new Unary(UnaryFunction.RELU), hidden);
    Tensor smooth = tape.apply(new Unary(UnaryFunction.TANH), hidden);
    Tensor both = tape.apply(new Concat(1), active, smooth);
    Tensor logits = tape.apply(new Linear(), both, w[2], w[3]);
    Tensor entropy = tape.apply(new WeightedCrossEntropy(), logits, labels, weights);
    Tensor cramer = tape.apply(new CramerDistance(), logits, labels);
    Tensor share = tape.apply(new Affine(0.1, 0), cramer);
    return tape.retain(tape.apply(new Binary(BinaryFunction.ADD), entropy, share));
  }

  private void learns(Device device, DType dtype) {
    try (Scope scope = device.scope()) {
      TensorType flat = TensorType.of(dtype, LENGTH);
      Tensor p = HostValues.of(device, scope, flat, normal(LENGTH, 0.3));
      Tensor g = HostValues.of(device, scope, flat, new double[LENGTH]);
      Tensor m = HostValues.of(device, scope, flat, new double[LENGTH]);
      Tensor v = HostValues.of(device, scope, flat, new double[LENGTH]);
      TensorType images = TensorType.of(dtype, ROWS, FEATURES);
      Tensor x = HostValues.of(device, scope, images, normal(ROWS * FEATURES, 1));
      TensorType rows = TensorType.of(DType.I32, ROWS);
      Tensor labels = HostValues.of(device, scope, rows, 0, 1, 2, 0, 1, 2, 0, 1);
      TensorType classes = TensorType.of(dtype, CLASSES);
      Tensor weights = HostValues.of(device, scope, classes, 0.5, 0.7, 0.9);
      long live = device.memory().liveBytes();
      long asked = 0;
      double first = 0;
      double last = 0;
      for (int t = 1; t <= 40; t++) {
        try (Tape tape = new Tape(device);
            Scope step = device.scope()) {
          Tensor[] w = parts(p);
          Tensor[] dw = parts(g);
          for (int i = 0; i < w.length; i++) {
            tape.watch(w[i], dw[i]);
          }
          Tensor loss = loss(tape, x, labels, weights, w);
          tape.backward(loss);
          double[] schedule = {0.02, 1 - Math.pow(0.9, t), 1 - Math.pow(0.999, t)};
          Tensor rates = HostValues.of(device, step, TensorType.of(dtype, 3), schedule);
          new Eager(device, step).run(new AdamStep(0.9, 0.999, 1e-8), p, g, m, v, rates);
          last = HostValues.get(device, loss)[0];
        }
        first = t == 1 ? last : first;
        asked = t == 1 ? device.memory().sourceAllocations() : asked;
        assertEquals(live, device.memory().liveBytes(), "live bytes after step " + t);
        assertEquals(asked, device.memory().sourceAllocations(), "memory asked for by step " + t);
      }
      assertTrue(last < 0.02 * first, "loss: first=" + first + ", last=" + last);
    }
  }

  @Test
  void learnsInF32() {
    try (Device device = Devices.cpu(2)) {
      learns(device, DType.F32);
    }
  }

  @Test
  void learnsInF32InPlainJava() {
    try (Device device = Devices.plainCpu(1)) {
      learns(device, DType.F32);
    }
  }

  @Test
  void learnsInF64() {
    try (Device device = Devices.cpu(1)) {
      learns(device, DType.F64);
    }
  }

  @Test
  void aConvolutionsScratchMemoryIsReusedToo() {
    try (Device device = Devices.cpu(2);
        Scope scope = device.scope()) {
      TensorType image = TensorType.of(DType.BF16, 2, 16, 12, 12);
      Tensor x = HostValues.of(device, scope, image, normal(2 * 16 * 144, 1));
      TensorType kernel = TensorType.of(DType.F32, 32, 16, 3, 3);
      Tensor w = HostValues.of(device, scope, kernel, normal(32 * 16 * 9, 0.1));
      long asked = 0;
      for (int t = 1; t <= 3; t++) {
        try (Tape tape = new Tape(device)) {
          tape.watch(x);
          tape.watch(w);
          Tensor y = tape.apply(new Conv2d(1, 1), x, w);
          Tensor active = tape.apply(new Unary(UnaryFunction.RELU), y);
          tape.backward(tape.apply(new SumTo(Shape.SCALAR), active));
        }
        asked = t == 1 ? device.memory().sourceAllocations() : asked;
        assertEquals(asked, device.memory().sourceAllocations(), "memory asked for by step " + t);
      }
    }
  }
}
