package org.clusternet.training;

import org.clusternet.engine.op.Cast;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.Replay;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.inference.ImageStage;
import org.clusternet.network.Alphas;
import org.clusternet.network.ClusterNet;
import org.clusternet.network.FrozenClusterNet;
import org.clusternet.network.NetworkConfig;
import org.clusternet.network.NetworkInput;
import org.clusternet.nn.parameter.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * The network and one batch that stays on the device, for benchmarks and self-tests: a step is a
 * training step from images to new weights, without the loading of images.
 */
public final class BatchTraining implements AutoCloseable {
  private final Device device;
  private final ClusterNet network;
  private final Scope scope;
  private final ImageStage stage;
  private final TrainingStep step;
  private final TrainingStep.Batch batch;
  private @Nullable Inference inference;

  /** The frozen network and its recorded forward pass. */
  private record Inference(FrozenClusterNet network, Replay pass) {}

  /**
   * A network with random weights, and its batch.
   *
   * @param device the device that holds both; it must outlive this object
   * @param config the network's variant, sizes and type of computation; F64 for an oracle
   * @param seed random seed of the weights
   * @param batch the batch that every step uses
   */
  public BatchTraining(Device device, NetworkConfig config, long seed, BlobBatch batch) {
    this.device = device;
    this.network = new ClusterNet(device, config);
    network.parameters().initialise(seed);
    this.step = new TrainingStep(device, network, Alphas.PAPER, 1, 1, 1);
    this.scope = device.scope();
    this.stage = new ImageStage(device, batch.size(), batch.side());
    Tensor staged = stage.images(batch.images());
    DType parameters = network.parameters().dtype();
    Tensor images =
        parameters == DType.F32
            ? staged
            : new Eager(device, scope).apply(new Cast(parameters), staged);
    @Nullable Tensor peaks = batch.peaked() ? stage.peaks(batch.peaks()) : null;
    this.batch =
        new TrainingStep.Batch(new NetworkInput(images, peaks), stage.labels(batch.labels()));
  }

  /** All parameters, their gradients and buffers. */
  public Parameters parameters() {
    return network.parameters();
  }

  /** Forward pass, loss and gradients; the weights stay as they are. */
  public void backward() {
    step.backward(device, batch);
  }

  /** A training step, op by op. */
  public void stepEagerly(double learningRate) {
    step.run(batch, learningRate);
  }

  /** A training step; the first is recorded, later ones replay it. */
  public void step(double learningRate) {
    step.replay(batch, learningRate);
  }

  /**
   * Inference on the batch with the weights of the first call, frozen; the first pass is recorded,
   * later ones replay it.
   */
  public void infer() {
    if (inference == null) {
      FrozenClusterNet frozen = network.freeze();
      inference = new Inference(frozen, device.record(() -> forward(frozen)));
    } else {
      inference.pass().run();
    }
  }

  private void forward(FrozenClusterNet frozen) {
    try (Scope pass = device.scope()) {
      frozen.forward(new Eager(device, pass), batch.input());
    }
  }

  /** Waits for the last step and reads its losses. */
  public LossValues losses() {
    return step.report().read();
  }

  @Override
  public void close() {
    if (inference != null) {
      inference.pass().close();
      inference.network().close();
    }
    step.close();
    stage.close();
    scope.close();
    network.close();
  }
}
