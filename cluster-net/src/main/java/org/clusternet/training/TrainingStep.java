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
import org.clusternet.network.Outputs;
import org.clusternet.nn.Mode;
import org.clusternet.nn.optim.Adam;

/**
 * What a step of training does on the device, from images to new weights; nothing of it goes to the
 * host but a handful of numbers, asked for afterwards.
 *
 * <p>Before the weights move the gradients are looked at, not only the loss: one that is not finite
 * would spoil the weights, and the loss would tell only one step later, when nobody can say any
 * more where it began. What is looked at are the gradients of scales and biases: each is a sum over
 * all that flows back through its layer.
 */
final class TrainingStep implements AutoCloseable {
  private final Device device;
  private final ClusterNet network;
  private final MultiTaskLoss loss;
  private final Scope scope;
  private final Tensor classWeights;
  private final Adam adam;
  private final LossReport report;
  private Replay recorded;

  /**
   * Images and labels on the device.
   *
   * @param images (N, 3, size, size)
   * @param labels I32 (N)
   */
  record Batch(Tensor images, Tensor labels) {}

  /** What a forward pass has left on the device. */
  record Pass(Outputs outputs, LossTerms losses) {}

  /**
   * A step with an optimiser that has made none.
   *
   * @param device where the network lives
   * @param network with values; it must outlive this
   * @param alphas weights of the parts of the loss
   * @param classWeights of the cross entropies, one a class
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

  /** A step, op by op. */
  void run(Batch batch, double learningRate) {
    adam.prepare(learningRate);
    step(batch);
  }

  /**
   * A step that is recorded the first time and replayed from then on: batches must be of one size
   * and lie where the first lay.
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
      adam.apply(report.health(run, network.parameters().vectorGradients()));
    }
  }

  /** Forward, loss and backward; the gradients are there then, and the weights as before. */
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
    Tensor truth = batch.labels();
    Outputs outputs =
        network.forward(run, mode, batch.images(), mode == Mode.TRAINING ? truth : null);
    return new Pass(outputs, loss.of(run, outputs, truth, classWeights));
  }

  /** Where losses are told to the host. */
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
