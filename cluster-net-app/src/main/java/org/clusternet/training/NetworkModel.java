package org.clusternet.training;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.clusternet.data.CoreType;
import org.clusternet.data.dataset.Dataset;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.Executor;
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
import org.clusternet.nn.Parameter;
import org.clusternet.nn.Parameters;
import org.clusternet.nn.optim.Adam;

/**
 * The network, its loss and its optimiser on a device, as the training loop sees them.
 *
 * <p>Before every step the gradients are looked at, not only the loss: one that is not finite would
 * spoil the weights, and the loss would tell only one step later, when nobody can say any more
 * where it began. What is looked at are the gradients of scales and biases, a few thousand numbers:
 * each is a sum over all that flows back through its layer.
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
  }

  /** All parameters and buffers as they are now. */
  public Parameters parameters() {
    return network.parameters();
  }

  @Override
  public LossValues train(int[] samples, double learningRate) {
    LossValues value = backward(device, samples);
    if (!value.isFinite()) {
      return value;
    }
    if (!gradientsAreFinite()) {
      return new LossValues(
          Double.NaN, value.primary(), value.auxiliary(), value.fusion(), value.regression());
    }
    adam.step(learningRate);
    return value;
  }

  private LossValues backward(Device on, int[] samples) {
    try (Tape tape = new Tape(on)) {
      network.parameters().watch(tape);
      Losses losses = forward(tape, Mode.TRAINING, samples).losses();
      LossValues value = read(losses);
      tape.backward(losses.total());
      return value;
    }
  }

  private record Pass(Outputs outputs, Losses losses) {}

  private Pass forward(Executor run, Mode mode, int[] samples) {
    Tensor images = stage.images(Arrays.stream(samples).mapToObj(pixels).toList());
    Tensor truth = stage.labels(Arrays.stream(samples).mapToObj(labels).toList());
    Outputs outputs = network.forward(run, mode, images, mode == Mode.TRAINING ? truth : null);
    return new Pass(outputs, loss.of(run, outputs, truth, classWeights));
  }

  private boolean gradientsAreFinite() {
    for (Parameter p : network.parameters().all()) {
      if (p.isTrainable() && p.shape().rank() == 1) {
        for (double value : HostValues.get(device, p.gradient())) {
          if (!Double.isFinite(value)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private LossValues read(Losses losses) {
    return new LossValues(
        scalar(losses.total()),
        scalar(losses.primary()),
        scalar(losses.auxiliary()),
        scalar(losses.fusion()),
        scalar(losses.regression()));
  }

  private double scalar(Tensor tensor) {
    return tensor == null ? Double.NaN : HostValues.get(device, tensor)[0];
  }

  @Override
  public Evaluation evaluate(int[] samples) {
    try (Scope pass = device.scope()) {
      Pass result = forward(new Eager(device, pass), Mode.INFERENCE, samples);
      return new Evaluation(read(result.losses()), Predictions.read(device, result.outputs()));
    }
  }

  @Override
  public String diagnose(int[] samples, boolean training) {
    Device checked = new CheckedDevice(device);
    try (Scope pass = checked.scope()) {
      if (training) {
        backward(checked, samples);
      } else {
        forward(new Eager(checked, pass), Mode.INFERENCE, samples);
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
    kept.close();
    adam.close();
    stage.close();
    scope.close();
  }
}
