package org.clusternet.benchmark.step;

import org.clusternet.engine.op.Cast;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.model.FrozenResNet;
import org.clusternet.nn.model.ResNet;
import org.clusternet.nn.model.ResNetConfig;
import org.clusternet.nn.parameter.FrozenTensors;
import org.clusternet.nn.parameter.Parameters;
import org.jspecify.annotations.Nullable;

/** Our ResNet-18 in inference, frozen with its running statistics, and one batch on a device. */
public final class ResNetInference implements AutoCloseable {
  private final Device device;
  private final @Nullable Cast cast;
  private final FrozenTensors weights;
  private final FrozenResNet net;
  private final Scope scope;
  private final Tensor images;

  /**
   * A network with random weights and its batch.
   *
   * @param device the device that holds it; it must outlive this object
   * @param task the images
   * @param compute type of the activations, F32 or BF16
   */
  public ResNetInference(Device device, StepTask task, DType compute) {
    this.device = device;
    this.cast = compute == DType.F32 ? null : new Cast(compute);
    weights = new FrozenTensors(device, compute);
    try (Parameters parameters = new Parameters(device, DType.F32)) {
      ResNet model = new ResNet(parameters.root(), ResNetConfig.resNet18(StepTask.CLASSES));
      parameters.initialise(1);
      StepTask.requireResNet18(parameters.count());
      net = model.freeze(weights);
    }
    device.memory().trim();
    scope = device.scope();
    images = task.upload(device, scope);
  }

  /** One pass; the logits are computed and not kept. */
  public void run() {
    try (Scope pass = device.scope()) {
      forward(pass);
    }
  }

  /** The logits (N, classes) of the batch, row by row. */
  public double[] logits() {
    try (Scope pass = device.scope()) {
      return HostValues.get(device, forward(pass));
    }
  }

  private Tensor forward(Scope pass) {
    Eager run = new Eager(device, pass);
    Tensor x = cast == null ? images : run.apply(cast, images);
    return net.forward(run, x).logits();
  }

  @Override
  public void close() {
    device.synchronize();
    scope.close();
    weights.close();
  }
}
