package org.clusternet.training;

import java.util.List;
import org.clusternet.data.CoreType;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.op.Cast;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.Replay;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.inference.ImageStage;
import org.clusternet.network.Alphas;
import org.clusternet.network.ClusterNet;
import org.clusternet.network.Losses;
import org.clusternet.network.MultiTaskLoss;
import org.clusternet.network.NetworkConfig;
import org.clusternet.network.Outputs;
import org.clusternet.nn.HostValues;
import org.clusternet.nn.Mode;
import org.clusternet.nn.Parameters;
import org.clusternet.nn.optim.Adam;

/**
 * The network and one batch that stays on the device, for benchmarks and self-tests: a step is a
 * training step from images to new weights, without the loading of images. It is {@link
 * NetworkModel}'s step: recorded the first time, and replayed from then on.
 */
public final class BatchTraining implements AutoCloseable {
  private final Device device;
  private final ClusterNet network;
  private final MultiTaskLoss loss;
  private final Scope scope;
  private final ImageStage stage;
  private final Tensor images;
  private final Tensor labels;
  private final Tensor classWeights;
  private final Adam adam;
  private final LossReport report;
  private Replay recorded;
  private Replay inference;

  /**
   * A network with random weights, and its batch.
   *
   * @param device where both live; it must outlive this
   * @param config of the network, with the type that it computes in; F64 for an oracle
   * @param seed of the weights
   * @param batch what it learns
   */
  public BatchTraining(Device device, NetworkConfig config, long seed, BlobBatch batch) {
    this.device = device;
    this.network = new ClusterNet(device, config);
    network.parameters().initialise(seed);
    this.loss = new MultiTaskLoss(config.variant(), Alphas.PAPER);
    this.scope = device.scope();
    this.stage = new ImageStage(device, batch.size(), batch.side());
    Tensor staged = stage.images(batch.images());
    DType parameters = network.parameters().dtype();
    this.images =
        parameters == DType.F32
            ? staged
            : new Eager(device, scope).apply(new Cast(parameters), staged);
    List<CoreType> types = batch.labels();
    this.labels = stage.labels(types);
    this.classWeights = scope.allocate(TensorType.of(parameters, NetworkConfig.CLASSES));
    HostValues.set(device, classWeights, 1, 1, 1);
    this.adam = new Adam(network.parameters(), Adam.Settings.defaults());
    this.report = new LossReport(device, scope);
  }

  /** All parameters, their gradients and buffers. */
  public Parameters parameters() {
    return network.parameters();
  }

  /** Forward, loss and backward; the gradients are there then, and the weights as before. */
  public void backward() {
    try (Tape tape = new Tape(device);
        Scope scratch = device.scope()) {
      network.parameters().watch(tape);
      Outputs outputs = network.forward(tape, Mode.TRAINING, images, labels);
      Losses losses = loss.of(tape, outputs, labels, classWeights);
      report.write(new Eager(device, scratch), losses);
      tape.backward(losses.total());
    }
  }

  /** A training step, op by op. */
  public void stepEagerly(double learningRate) {
    adam.prepare(learningRate);
    run();
  }

  /** A training step; the first is recorded, later ones are replayed. */
  public void step(double learningRate) {
    adam.prepare(learningRate);
    if (recorded == null) {
      recorded = device.record(this::run);
    } else {
      recorded.run();
    }
  }

  private void run() {
    backward();
    try (Scope scratch = device.scope()) {
      Eager run = new Eager(device, scratch);
      adam.apply(report.health(run, network.parameters().vectorGradients()));
    }
  }

  /** Inference on the batch; the first is recorded, later ones are replayed. */
  public void infer() {
    if (inference == null) {
      inference = device.record(this::forward);
    } else {
      inference.run();
    }
  }

  private void forward() {
    try (Scope pass = device.scope()) {
      network.forward(new Eager(device, pass), Mode.INFERENCE, images, null);
    }
  }

  /** Waits for the last step and reads its losses. */
  public LossValues losses() {
    return report.read();
  }

  @Override
  public void close() {
    if (recorded != null) {
      recorded.close();
    }
    if (inference != null) {
      inference.close();
    }
    adam.close();
    stage.close();
    scope.close();
    network.close();
  }
}
