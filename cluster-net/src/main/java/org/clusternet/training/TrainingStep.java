package org.clusternet.training;

import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.spi.Replay;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.network.Alphas;
import org.clusternet.network.ClusterNet;
import org.clusternet.network.LossTerms;
import org.clusternet.network.MultiTaskLoss;
import org.clusternet.network.NetworkInput;
import org.clusternet.network.Outputs;
import org.clusternet.nn.Mode;
import org.clusternet.nn.optim.Adam;
import org.jspecify.annotations.Nullable;

/**
 * One training step on the device, from images to new weights; only a few numbers are copied to the
 * host, when they are asked for.
 *
 * <p>Before the weights are updated the gradients are checked, not only the loss: a gradient that
 * is not finite would spoil the weights, and the loss would show it only one step later, when its
 * origin can no longer be found. The gradients of scales and biases are checked: each is a sum over
 * everything that flows back through its layer.
 */
final class TrainingStep implements AutoCloseable {
  private final Device device;
  private final ClusterNet network;
  private final MultiTaskLoss loss;
  private final Scope scope;
  private final Tensor classWeights;
  private final Adam adam;
  private final LossReport report;
  private @Nullable Replay recorded;

  /**
   * Images and labels on the device.
   *
   * @param input images (N, 3, size, size) and their peaks
   * @param labels I32 (N)
   */
  record Batch(NetworkInput input, Tensor labels) {}

  /** The tensors of a forward pass on the device. */
  record Pass(Outputs outputs, LossTerms losses) {}

  /**
   * A step whose optimiser has made no update yet.
   *
   * @param device the device that holds the network
   * @param network an initialised network; it must outlive this object
   * @param alphas weights of the terms of the loss
   * @param classWeights weights of the cross entropies, one per class
   */
  TrainingStep(Device device, ClusterNet network, Alphas alphas, double... classWeights) {
    this.device = device;
    this.network = network;
    this.loss = new MultiTaskLoss(network.config().variant(), alphas);
    this.scope = device.scope();
    this.classWeights =
        scope.allocate(TensorType.of(network.parameters().dtype(), classWeights.length));
    HostValues.set(device, this.classWeights, classWeights);
    this.adam = new Adam(network.parameters(), Adam.Settings.defaults());
    this.report = new LossReport(device, scope);
  }

  /** Makes a step, op by op. */
  void run(Batch batch, double learningRate) {
    adam.prepare(learningRate);
    step(batch);
  }

  /**
   * Makes a step; the first is recorded and later ones replay it, so that all batches must have the
   * size and the addresses of the first.
   */
  void replay(Batch batch, double learningRate) {
    adam.prepare(learningRate);
    if (recorded == null) {
      recorded = device.record(() -> step(batch));
    } else {
      recorded.run();
    }
  }

  private void step(Batch batch) {
    backward(device, batch);
    try (Scope scratch = device.scope()) {
      Eager run = new Eager(device, scratch);
      adam.apply(report.foundInf(run, network.parameters().vectorGradients()));
    }
  }

  /** Forward pass, loss and gradients; the weights stay as they are. */
  void backward(Device on, Batch batch) {
    try (Tape tape = new Tape(on);
        Scope scratch = on.scope()) {
      network.parameters().watch(tape);
      LossTerms losses = forward(tape, Mode.TRAINING, batch).losses();
      report.write(new Eager(on, scratch), losses);
      tape.backward(losses.total());
    }
  }

  /** Forward and loss. */
  Pass forward(Executor run, Mode mode, Batch batch) {
    Tensor labels = batch.labels();
    Outputs outputs =
        network.forward(run, mode, batch.input(), mode == Mode.TRAINING ? labels : null);
    return new Pass(outputs, loss.of(run, outputs, labels, classWeights));
  }

  /** The numbers that the host reads after a step. */
  LossReport report() {
    return report;
  }

  /** The optimiser, with its state. */
  Adam adam() {
    return adam;
  }

  @Override
  public void close() {
    if (recorded != null) {
      recorded.close();
    }
    adam.close();
    scope.close();
  }
}
