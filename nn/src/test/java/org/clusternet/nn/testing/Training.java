package org.clusternet.nn.testing;

import java.util.List;
import java.util.Random;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.op.Cast;
import org.clusternet.engine.op.WeightedCrossEntropy;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Executor;
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

/** A small residual network, its optimiser and a batch of random images with labels. */
public final class Training implements AutoCloseable {
  /** Small, but with every kind of layer and shortcut. */
  public static final ResNetConfig SMALL =
      new ResNetConfig(3, List.of(4, 8, 8, 16), List.of(1, 1, 1, 1), 3);

  private final Device device;
  private final DType compute;
  private final Parameters parameters;
  private final ResNet net;
  private final Adam adam;
  private final Scope scope;
  private final Tensor images;
  private final Tensor labels;
  private final Tensor classWeights;

  /** On {@code device}; parameters are F64 if {@code compute} is, F32 otherwise. */
  public Training(Device device, DType compute, long seed, int... imageDims) {
    this.device = device;
    this.compute = compute;
    DType dtype = compute == DType.F64 ? DType.F64 : DType.F32;
    parameters = new Parameters(device, dtype);
    net = new ResNet(parameters.root(), SMALL);
    parameters.initialise(seed);
    adam = new Adam(parameters, Adam.Settings.defaults());
    scope = device.scope();
    Random random = new Random(5);
    images = tensor(TensorType.of(dtype, imageDims));
    HostValues.set(device, images, random.doubles(images.elements()).map(x -> 2 * x - 1).toArray());
    labels = tensor(TensorType.of(DType.I32, imageDims[0]));
    HostValues.set(device, labels, random.doubles(imageDims[0]).map(x -> (int) (3 * x)).toArray());
    classWeights = tensor(TensorType.of(dtype, 3));
    HostValues.set(device, classWeights, 0.7, 1, 1.3);
  }

  private Tensor tensor(TensorType type) {
    return scope.allocate(type);
  }

  /** The parameters. */
  public Parameters parameters() {
    return parameters;
  }

  /** The optimiser. */
  public Adam adam() {
    return adam;
  }

  /** The network. */
  public ResNet net() {
    return net;
  }

  /** The images. */
  public Tensor images() {
    return images;
  }

  /** The loss of the batch, recorded if {@code run} is a tape. */
  public Tensor loss(Executor run) {
    Tensor x = images.dtype() == compute ? images : run.apply(new Cast(compute), images);
    Tensor logits = net.forward(run, Mode.TRAINING, x).logits();
    return run.apply(new WeightedCrossEntropy(), logits, labels, classWeights);
  }

  /** Forward and backward; the gradients are in the parameters. */
  public double backward() {
    try (Tape tape = new Tape(device)) {
      parameters.watch(tape);
      Tensor loss = tape.retain(loss(tape));
      tape.backward(loss);
      return HostValues.get(device, loss)[0];
    }
  }

  /** One whole training step. */
  public double step(double learningRate) {
    double loss = backward();
    adam.step(learningRate);
    return loss;
  }

  @Override
  public void close() {
    scope.close();
    adam.close();
    parameters.close();
  }
}
