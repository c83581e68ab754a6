package org.clusternet.training;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.clusternet.data.CoreType;
import org.clusternet.data.dataset.Dataset;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.spi.Replay;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.inference.ImageStage;
import org.clusternet.inference.Predictions;
import org.clusternet.network.Alphas;
import org.clusternet.network.ClusterNet;
import org.clusternet.network.Losses;
import org.clusternet.network.MultiTaskLoss;
import org.clusternet.network.Outputs;
import org.clusternet.nn.HostValues;
import org.clusternet.nn.Mode;
import org.clusternet.nn.Parameters;
import org.clusternet.nn.optim.Adam;

/**
 * The network, its loss and its optimiser on a device, as the training loop sees them.
 *
 * <p>A step is recorded at the first full batch and replayed from then on: images, labels and the
 * learning rate lie where they lay, and what comes back is a handful of numbers.
 *
 * <p>Before the weights move the gradients are looked at, not only the loss: one that is not finite
 * would spoil the weights, and the loss would tell only one step later, when nobody can say any
 * more where it began. What is looked at are the gradients of scales and biases: each is a sum over
 * all that flows back through its layer.
 */
public final class NetworkModel implements Model, AutoCloseable {
  private final Device device;
  private final ClusterNet network;
  private final MultiTaskLoss loss;
  private final IntFunction<float[]> pixels;
  private final IntFunction<CoreType> labels;
  private final Scope scope;
  private final Tensor classWeights;
  private final ImageStage stage;
  private final Adam adam;
  private final KeptWeights kept;
  private final LossReport report;
  private final int batchSize;
  private Replay recorded;

  /**
   * A model that has learnt nothing yet.
   *
   * @param device where the network lives
   * @param network with values; it must outlive this
   * @param alphas weights of the parts of the loss
   * @param classWeights of the cross entropies, one a class
   * @param dataset samples are its indices
   * @param batch samples a step
   */
  public NetworkModel(
      Device device,
      ClusterNet network,
      Alphas alphas,
      double[] classWeights,
      Dataset dataset,
      int batch) {
    this.device = device;
    this.network = network;
    this.loss = new MultiTaskLoss(network.config().variant(), alphas);
    this.pixels = i -> dataset.image(i).pixels();
    this.labels = dataset::label;
    this.scope = device.scope();
    this.classWeights = scope.allocate(TensorType.of(DType.F32, classWeights.length));
    HostValues.set(device, this.classWeights, classWeights);
    this.stage =
        new ImageStage(device, Batches.largest(batch), dataset.preprocessing().imageSize());
    this.adam = new Adam(network.parameters(), Adam.Settings.defaults());
    this.kept = new KeptWeights(network.parameters());
    this.report = new LossReport(device, scope);
    this.batchSize = batch;
  }

  /** All parameters and buffers as they are now. */
  public Parameters parameters() {
    return network.parameters();
  }

  @Override
  public LossValues train(int[] samples, double learningRate) {
    Batch batch = stage(samples);
    adam.prepare(learningRate);
    if (samples.length != batchSize) {
      step(batch);
    } else if (recorded == null) {
      recorded = device.record(() -> step(batch));
    } else {
      recorded.run();
    }
    return report.read();
  }

  /** What a step does on the device, from images to new weights: nothing of it goes to the host. */
  private void step(Batch batch) {
    backward(device, batch);
    try (Scope scratch = device.scope()) {
      Eager run = new Eager(device, scratch);
      adam.apply(report.health(run, network.parameters().vectorGradients()));
    }
  }

  private void backward(Device on, Batch batch) {
    try (Tape tape = new Tape(on);
        Scope scratch = on.scope()) {
      network.parameters().watch(tape);
      Losses losses = forward(tape, Mode.TRAINING, batch).losses();
      report.write(new Eager(on, scratch), losses);
      tape.backward(losses.total());
    }
  }

  private record Pass(Outputs outputs, Losses losses) {}

  private record Batch(Tensor images, Tensor labels) {}

  private Batch stage(int[] samples) {
    return new Batch(
        stage.images(Arrays.stream(samples).mapToObj(pixels).toList()),
        stage.labels(Arrays.stream(samples).mapToObj(labels).toList()));
  }

  private Pass forward(Executor run, Mode mode, Batch batch) {
    Tensor truth = batch.labels();
    Outputs outputs =
        network.forward(run, mode, batch.images(), mode == Mode.TRAINING ? truth : null);
    return new Pass(outputs, loss.of(run, outputs, truth, classWeights));
  }

  @Override
  public Evaluation evaluate(int[] samples) {
    try (Scope pass = device.scope()) {
      Eager run = new Eager(device, pass);
      Pass result = forward(run, Mode.INFERENCE, stage(samples));
      report.write(run, result.losses());
      return new Evaluation(report.read(), Predictions.read(device, result.outputs()));
    }
  }

  @Override
  public String diagnose(int[] samples, boolean training) {
    Device checked = new CheckedDevice(device);
    try (Scope pass = checked.scope()) {
      Batch batch = stage(samples);
      if (training) {
        backward(checked, batch);
      } else {
        forward(new Eager(checked, pass), Mode.INFERENCE, batch);
      }
      return "a second run of the batch had finite outputs only";
    } catch (CheckedDevice.NotFiniteException e) {
      return e.getMessage();
    }
  }

  @Override
  public void keep() {
    kept.keep();
  }

  @Override
  public void restore() {
    kept.restore();
  }

  /** Ends the memory of the optimiser and of the batches; the network stays. */
  @Override
  public void close() {
    if (recorded != null) {
      recorded.close();
    }
    kept.close();
    adam.close();
    stage.close();
    scope.close();
  }
}
