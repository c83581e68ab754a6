package org.clusternet.benchmark.step;

import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.op.Cast;
import org.clusternet.engine.op.WeightedCrossEntropy;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.nn.Mode;
import org.clusternet.nn.model.ResNet;
import org.clusternet.nn.model.ResNetConfig;
import org.clusternet.nn.optim.Adam;
import org.clusternet.nn.parameter.Parameters;
import org.jspecify.annotations.Nullable;

/** Our ResNet-18 in training: parameters, optimiser and one batch on the caller's device. */
public final class ResNetTraining implements AutoCloseable {
  private static final WeightedCrossEntropy LOSS = new WeightedCrossEntropy();

  private final Device device;
  private final @Nullable Cast cast;
  private final Parameters parameters;
  private final ResNet net;
  private final Adam adam;
  private final Scope scope;
  private final Tensor images;
  private final Tensor labels;
  private final Tensor classWeights;

  /**
   * A network with random weights and its batch.
   *
   * @param device the device that holds it; it must outlive this object
   * @param task the images and labels
   * @param compute type of the activations, F32 or BF16; parameters are F32
   */
  public ResNetTraining(Device device, StepTask task, DType compute) {
    this.device = device;
    this.cast = compute == DType.F32 ? null : new Cast(compute);
    parameters = new Parameters(device, DType.F32, compute);
    net = new ResNet(parameters.root(), ResNetConfig.resNet18(StepTask.CLASSES));
    parameters.initialise(1);
    StepTask.requireResNet18(parameters.count());
    adam = new Adam(parameters, Adam.Settings.defaults());
    scope = device.scope();
    images = task.upload(device, scope);
    labels = scope.allocate(TensorType.of(DType.I32, task.batch()));
    HostValues.set(device, labels, doubles(task.labels()));
    classWeights = scope.allocate(TensorType.of(DType.F32, StepTask.CLASSES));
    HostValues.set(device, classWeights, 1, 1, 1);
  }

  private static double[] doubles(int[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** Forward, cross entropy, backward, Adam; returns the loss. */
  public double step() {
    double value;
    try (Tape tape = new Tape(device)) {
      parameters.watch(tape);
      parameters.refresh(tape);
      Tensor x = cast == null ? images : tape.apply(cast, images);
      Tensor logits = net.forward(tape, Mode.TRAINING, x).logits();
      Tensor loss = tape.retain(tape.apply(LOSS, logits, labels, classWeights));
      tape.backward(loss);
      value = HostValues.get(device, loss)[0];
    }
    adam.step(StepTask.LEARNING_RATE);
    return value;
  }

  @Override
  public void close() {
    scope.close();
    adam.close();
    parameters.close();
  }
}
