package org.clusternet.benchmark;

import java.util.List;
import org.clusternet.benchmark.step.LossWatch;
import org.clusternet.benchmark.step.ResNetInference;
import org.clusternet.benchmark.step.ResNetTraining;
import org.clusternet.benchmark.step.ResNetWork;
import org.clusternet.benchmark.step.StepTask;
import org.clusternet.engine.spi.Device;
import org.clusternet.network.CropConfig;
import org.clusternet.network.NetworkConfig;
import org.clusternet.network.Variant;
import org.clusternet.nn.model.ResNetConfig;
import org.clusternet.training.BatchTraining;
import org.clusternet.training.BlobBatch;

/**
 * Whole passes: a training step and inference of one branch, a plain ResNet-18, and of the paper's
 * network with its three heads. A training step reads its loss, which must fall.
 *
 * <p>The bytes that a pass must move are its images and parameters, and in training also the
 * gradients and both of Adam's moments, read and written: activations may stay in caches.
 */
public final class StepCases {
  /** Training step of one branch. */
  public static final String BRANCH_TRAIN = "branch train";

  /** Inference of one branch. */
  public static final String BRANCH_INFER = "branch infer";

  /** Training step of the three-headed network. */
  public static final String NETWORK_TRAIN = "three-headed train";

  /** Inference of the three-headed network. */
  public static final String NETWORK_INFER = "three-headed infer";

  /** Parameters of the three-headed network. */
  public static final long NETWORK_PARAMETERS = 22_359_177;

  /** Reads of weights, gradients and two moments, and writes of all four. */
  private static final int TRAINING_PASSES = 8;

  private StepCases() {}

  /** The cases; those of training need a batch of 2 or more. */
  public static List<BenchCase> of(BenchTask task) {
    return List.of(
        passes(BRANCH_TRAIN, task, device -> new BranchSteps(device, task)),
        passes(BRANCH_INFER, task, device -> new BranchInference(device, task)),
        passes(NETWORK_TRAIN, task, device -> new NetworkPasses(device, task, true)),
        passes(NETWORK_INFER, task, device -> new NetworkPasses(device, task, false)));
  }

  private static BenchCase passes(String name, BenchTask task, BenchCase.Opening opening) {
    boolean recordable = name.equals(BRANCH_INFER); // the network records itself
    return new BenchCase(name, work(name, task), task.batch(), recordable, opening);
  }

  /** The least work of a pass of this name. */
  public static Work work(String name, BenchTask task) {
    StepTask step = new StepTask(task.batch(), task.size());
    boolean train = name.equals(BRANCH_TRAIN) || name.equals(NETWORK_TRAIN);
    boolean branch = name.equals(BRANCH_TRAIN) || name.equals(BRANCH_INFER);
    double flops = train ? ResNetWork.trainingStep(step) : ResNetWork.forward(step);
    long parameters = branch ? StepTask.PARAMETERS : NETWORK_PARAMETERS;
    double pixels = (double) task.batch() * StepTask.CHANNELS * task.size() * task.size();
    double numbers = pixels + (train ? TRAINING_PASSES : 1.0) * parameters;
    return new Work(branch ? flops : 2 * flops, Float.BYTES * numbers);
  }

  private static final class BranchSteps implements BenchCase.Opened {
    private final ResNetTraining training;
    private final LossWatch watch = new LossWatch();

    BranchSteps(Device device, BenchTask task) {
      training =
          new ResNetTraining(device, new StepTask(task.batch(), task.size()), task.compute());
    }

    @Override
    public void run() {
      watch.next(training.step());
    }

    @Override
    public void close() {
      training.close();
      watch.requireFall();
    }
  }

  private static final class BranchInference implements BenchCase.Opened {
    private final ResNetInference inference;

    BranchInference(Device device, BenchTask task) {
      inference =
          new ResNetInference(device, new StepTask(task.batch(), task.size()), task.compute());
    }

    @Override
    public void run() {
      inference.run();
    }

    @Override
    public void close() {
      inference.close();
    }
  }

  private static final class NetworkPasses implements BenchCase.Opened {
    private final BatchTraining training;
    private final boolean train;
    private final LossWatch watch = new LossWatch();

    NetworkPasses(Device device, BenchTask task, boolean train) {
      NetworkConfig config =
          new NetworkConfig(
              Variant.ALL,
              CropConfig.paper(task.size()),
              ResNetConfig.resNet18(NetworkConfig.CLASSES),
              task.compute());
      this.training =
          new BatchTraining(device, config, 1, new BlobBatch(task.batch(), task.size()));
      this.train = train;
    }

    @Override
    public void run() {
      if (train) {
        training.step(StepTask.LEARNING_RATE);
        watch.next(training.losses().total());
      } else {
        training.infer();
      }
    }

    @Override
    public void close() {
      training.close();
      watch.requireFall();
    }
  }
}
