package org.clusternet.training;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.clusternet.config.Augmentation;
import org.clusternet.data.dataset.Dataset;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.inference.ImageStage;
import org.clusternet.inference.PooledFeatures;
import org.clusternet.inference.Predictions;
import org.clusternet.network.Alphas;
import org.clusternet.network.ClusterNet;
import org.clusternet.network.NetworkInput;
import org.clusternet.nn.Mode;
import org.clusternet.nn.parameter.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * The network, its loss and its optimiser on a device, as the training loop uses them.
 *
 * <p>On a GPU the images stay on the device, except that augmented ones are copied for every step.
 *
 * <p>The step of the first full batch is recorded and replayed from then on: images, peaks, labels
 * and the learning rate keep their addresses, and only a few numbers are copied back.
 */
public final class NetworkModel implements Model, AutoCloseable {
  private static final String BEST = "best.";

  private final Device device;
  private final ClusterNet network;
  private final Dataset dataset;
  private final Augmentation augmentation;
  private final long seed;
  private final ImageStage stage;
  private final @Nullable ResidentImages resident;
  private final TrainingStep step;
  private final KeptWeights kept;
  private final int batchSize;
  private final boolean peaked;

  /**
   * A model before its first step.
   *
   * @param device the device that holds the network
   * @param network an initialised network; it must outlive this object
   * @param alphas weights of the terms of the loss
   * @param classWeights weights of the cross entropies, one per class
   * @param dataset the images; samples are indices into it
   * @param batch number of samples per step
   * @param augmentation changes of the training images
   * @param seed random seed of those changes
   */
  public NetworkModel(
      Device device,
      ClusterNet network,
      Alphas alphas,
      double[] classWeights,
      Dataset dataset,
      int batch,
      Augmentation augmentation,
      long seed) {
    this.device = device;
    this.network = network;
    this.dataset = dataset;
    this.augmentation = augmentation;
    this.seed = seed;
    this.stage =
        new ImageStage(device, Batches.largest(batch), dataset.preprocessing().imageSize());
    this.resident =
        ResidentImages.fit(device, dataset)
            ? new ResidentImages(device, dataset, Batches.largest(batch))
            : null;
    this.step = new TrainingStep(device, network, alphas, classWeights);
    this.kept = new KeptWeights(device, weights());
    this.batchSize = batch;
    this.peaked =
        IntStream.range(0, dataset.size()).anyMatch(i -> dataset.image(i).peak().isPresent());
  }

  private Map<String, Tensor> weights() {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    weights.put("values", network.parameters().values());
    Tensor buffers = network.parameters().buffers();
    if (buffers != null) {
      weights.put("buffers", buffers);
    }
    return weights;
  }

  /** All parameters and buffers. */
  public Parameters parameters() {
    return network.parameters();
  }

  /** Number of steps so far, over all epochs. */
  public long steps() {
    return step.adam().steps();
  }

  @Override
  public LossValues train(int epoch, int[] samples, double learningRate) {
    TrainingStep.Batch batch = stageChanged(epoch, samples);
    if (samples.length == batchSize) {
      step.replay(batch, learningRate);
    } else {
      step.run(batch, learningRate);
    }
    return step.report().read();
  }

  private TrainingStep.Batch stage(int[] samples) {
    Tensor images =
        resident == null
            ? images(samples, i -> dataset.image(i).pixels())
            : resident.images(samples);
    return batch(samples, images, i -> dataset.image(i).peak());
  }

  /** A batch on the device, with its images changed as the epoch's augmentation has them. */
  TrainingStep.Batch stageChanged(int epoch, int[] samples) {
    if (augmentation.equals(Augmentation.NONE)) {
      return stage(samples);
    }
    int side = dataset.preprocessing().imageSize();
    IntFunction<Augmenter> change = i -> Augmenter.of(augmentation, side, seed, epoch, i);
    return batch(
        samples,
        images(samples, i -> change.apply(i).pixels(dataset.image(i).pixels())),
        i -> dataset.image(i).peak().map(change.apply(i)::peak));
  }

  private Tensor images(int[] samples, IntFunction<float[]> pixels) {
    return stage.images(Arrays.stream(samples).mapToObj(pixels).toList());
  }

  /** A recorded step reads peaks in all of its batches or in none. */
  private TrainingStep.Batch batch(
      int[] samples, Tensor images, IntFunction<Optional<Preprocessing.Peak>> peak) {
    @Nullable Tensor peaks =
        peaked ? stage.peaks(Arrays.stream(samples).mapToObj(peak).toList()) : null;
    Tensor labels = stage.labels(Arrays.stream(samples).mapToObj(dataset::label).toList());
    return new TrainingStep.Batch(new NetworkInput(images, peaks), labels);
  }

  @Override
  public Evaluation evaluate(int[] samples) {
    try (Scope pass = device.scope()) {
      Eager run = new Eager(device, pass);
      TrainingStep.Pass result = step.forward(run, Mode.INFERENCE, stage(samples));
      step.report().write(run, result.losses());
      return new Evaluation(
          step.report().read(),
          Predictions.read(device, result.outputs()),
          PooledFeatures.read(device, result.outputs().primary().pooled()));
    }
  }

  @Override
  public String diagnose(int epoch, int[] samples, boolean training) {
    Device checked = new CheckedDevice(device);
    try (Scope pass = checked.scope()) {
      if (training) {
        step.backward(checked, stageChanged(epoch, samples));
      } else {
        step.forward(new Eager(checked, pass), Mode.INFERENCE, stage(samples));
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

  /**
   * A copy of everything that training changes.
   *
   * @param arena memory of the copies; the weights of the best epoch are not copied: they live as
   *     long as this model and change with the next {@link #keep}
   * @param withBest whether to include the weights kept last
   */
  public ModelSnapshot snapshot(Arena arena, boolean withBest) {
    Map<String, MemorySegment> arrays = new LinkedHashMap<>();
    state()
        .forEach(
            (name, tensor) -> {
              MemorySegment copy = arena.allocate(tensor.type().bytes(), Long.BYTES);
              device.download(tensor, copy);
              arrays.put(name, copy);
            });
    if (withBest) {
      kept.copies().forEach((name, copy) -> arrays.put(BEST + name, copy));
    }
    return new ModelSnapshot(step.adam().steps(), arrays);
  }

  /**
   * Restores a snapshot; where it has no weights of a best epoch, its weights are kept as such.
   *
   * @throws IllegalArgumentException if its arrays are not those of this model, which is then
   *     unchanged
   */
  public void load(ModelSnapshot snapshot) {
    Map<String, MemorySegment> arrays = snapshot.arrays();
    Map<String, Tensor> state = state();
    boolean withBest = arrays.size() > state.size();
    state.forEach((name, tensor) -> array(arrays, name, tensor.type().bytes()));
    if (withBest) {
      weights().forEach((name, t) -> array(arrays, BEST + name, t.type().bytes()));
    }
    state.forEach(
        (name, tensor) -> device.upload(array(arrays, name, tensor.type().bytes()), tensor));
    step.adam().resume(snapshot.steps());
    kept.keep();
    if (withBest) {
      kept.copies()
          .forEach((name, copy) -> copy.copyFrom(array(arrays, BEST + name, copy.byteSize())));
    }
  }

  private Map<String, Tensor> state() {
    Map<String, Tensor> state = weights();
    state.put("adam.m", step.adam().firstMoments());
    state.put("adam.v", step.adam().secondMoments());
    return state;
  }

  private static MemorySegment array(Map<String, MemorySegment> arrays, String name, long bytes) {
    MemorySegment array = arrays.get(name);
    if (array == null || array.byteSize() != bytes) {
      throw new IllegalArgumentException(
          "snapshot: %s has bytes=%s; this network has %d"
              .formatted(name, array == null ? "none" : array.byteSize(), bytes));
    }
    return array;
  }

  /** Releases the memory of the optimiser and of the batches, but not the network. */
  @Override
  public void close() {
    kept.close();
    step.close();
    stage.close();
    if (resident != null) {
      resident.close();
    }
  }
}
