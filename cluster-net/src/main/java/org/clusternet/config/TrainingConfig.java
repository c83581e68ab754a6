package org.clusternet.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.network.Alphas;
import org.clusternet.network.CropConfig;
import org.clusternet.network.NetworkConfig;
import org.clusternet.network.Variant;
import org.clusternet.nn.model.ResNetConfig;
import org.clusternet.nn.optim.StepDecay;

/**
 * Every setting of a training run. What is written to a run folder is this, resolved: nothing is
 * left to a default that a later version may change.
 *
 * <p>The paper's numbers are the defaults wherever it gives any (section IV-C). It says nothing of
 * the number of epochs and the batch: {@link #paper} takes 30, three steps of its learning rate,
 * and 16.
 *
 * @param preset where the settings came from before options changed them: quick or paper
 * @param seed of everything random: simulation, folds, initial weights, order of samples
 * @param data images and folds
 * @param variant which of the paper's five approaches
 * @param width channels of the first stage of the branches; the others have 2, 4 and 8 times as
 *     many
 * @param weights what the branches start from
 * @param crop how the auxiliary branch's region is found; the baseline ignores it
 * @param alphas weights of the parts of the loss
 * @param optimizer epochs, batch and learning rate
 * @param augmentation how training images are changed from epoch to epoch
 * @param compute on what it runs
 * @param tensorboard whether event files for TensorBoard are written
 */
public record TrainingConfig(
    @JsonPropertyDescription(
            "what the settings that are not given here are: quick (minutes on two cores) or paper")
        String preset,
    @JsonPropertyDescription(
            "of all that is random: samples, folds, weights, order, augmentation (default: 0)")
        long seed,
    @JsonPropertyDescription("images, and how they become inputs and folds") DataConfig data,
    @JsonPropertyDescription(
            "approach of the paper: baseline, attention, gaussian, both or all (default: all)")
        Variant variant,
    @JsonPropertyDescription(
            "channels of the first of the four stages of a branch (default: 64, ResNet-18)")
        int width,
    @JsonPropertyDescription("what the branches start from") InitialWeights weights,
    @JsonPropertyDescription("how the region for the auxiliary branch is found") CropConfig crop,
    @JsonPropertyDescription("weights of the parts of the loss, Eq. 9") Alphas alphas,
    @JsonPropertyDescription("Adam, and the fall of its learning rate") Optimizer optimizer,
    @JsonPropertyDescription("random changes of training images (default: none)")
        Augmentation augmentation,
    @JsonPropertyDescription("on what it runs; a run may go on elsewhere") Compute compute,
    @JsonPropertyDescription("whether to write event files for TensorBoard (default: false)")
        boolean tensorboard) {

  /** Channels of ResNet-18's first stage. */
  public static final int RESNET18_WIDTH = 64;

  /** The names of the presets. */
  public static final List<String> PRESETS = List.of("quick", "paper");

  /** Checks the width. */
  public TrainingConfig {
    if (width < 1) {
      throw new IllegalArgumentException("width=" + width + "; it must be at least 1");
    }
  }

  /**
   * How the weights are found: Adam with a learning rate that falls in steps.
   *
   * @param epochs how often the training samples are gone through
   * @param batch samples a step
   * @param learningRate of the first epochs
   * @param decayEvery epochs between two falls
   * @param decayFactor of each fall
   */
  public record Optimizer(
      @JsonPropertyDescription("times through the training images (quick: 12, paper: 30)")
          int epochs,
      @JsonPropertyDescription("images a step (default: 16)") int batch,
      @JsonPropertyDescription("of the first epochs (default: 0.001)") double learningRate,
      @JsonPropertyDescription("epochs after which the learning rate falls (quick: 5, paper: 10)")
          int decayEvery,
      @JsonPropertyDescription("by which it falls (default: 0.1)") double decayFactor) {
    /** Checks the numbers. */
    public Optimizer {
      if (epochs < 1) {
        throw new IllegalArgumentException("epochs=" + epochs + "; it must be at least 1");
      }
      if (batch < 2) {
        throw new IllegalArgumentException(
            "batch=" + batch + "; batch normalisation needs at least 2");
      }
      schedule(learningRate, decayEvery, decayFactor);
    }

    /** The learning rate by epoch. */
    public StepDecay schedule() {
      return schedule(learningRate, decayEvery, decayFactor);
    }

    private static StepDecay schedule(double initial, int every, double factor) {
      return new StepDecay(initial, every, factor);
    }
  }

  /**
   * On what a run computes. The same seed gives the same numbers on the same device with the same
   * precision and number of threads; on cuda to the last bit only in the deterministic mode.
   *
   * @param device auto, cpu or cuda
   * @param precision type of the activations
   * @param threads of the CPU, at least 1
   * @param deterministic whether cuda is to give the same bits each time, at some cost in speed;
   *     the cpu always does
   */
  public record Compute(
      @JsonPropertyDescription("auto, cpu or cuda; auto takes cuda if it works (default: auto)")
          String device,
      @JsonPropertyDescription(
              "type of the activations: fp32, tf32 (cuda only) or bf16 (default: fp32)")
          Precision precision,
      @JsonPropertyDescription("of the CPU (default: one a processor)") int threads,
      @JsonPropertyDescription(
              "the same bits each time on cuda too, at some cost in speed (default: false)")
          boolean deterministic) {
    /** The names of devices. */
    public static final List<String> DEVICES = List.of("auto", "cpu", "cuda");

    /** Checks the name and the number. */
    public Compute {
      if (!DEVICES.contains(device)) {
        throw new IllegalArgumentException(
            "device=" + device + "; it must be one of " + String.join(", ", DEVICES));
      }
      if (threads < 1) {
        throw new IllegalArgumentException("threads=" + threads + "; it must be at least 1");
      }
    }

    /** As fast as can be. */
    public Compute(String device, Precision precision, int threads) {
      this(device, precision, threads, false);
    }

    /** The fastest device that works, 32-bit floats, a thread for every processor. */
    public static Compute defaults() {
      return new Compute("auto", Precision.FP32, Runtime.getRuntime().availableProcessors());
    }
  }

  /**
   * The settings of a name.
   *
   * @param name one of {@link #PRESETS}
   * @param folder a dataset folder, or null to simulate
   * @throws IllegalArgumentException if there is no such preset
   */
  public static TrainingConfig preset(String name, String folder) {
    return switch (name) {
      case "quick" -> quick(folder);
      case "paper" -> paper(folder);
      default ->
          throw new IllegalArgumentException(
              "preset=" + name + "; it must be one of " + String.join(", ", PRESETS));
    };
  }

  /**
   * For a first look on a CPU: minutes on two cores. The paper's field of view at a quarter of its
   * resolution, a sample of the size of a catalogue that one has, few epochs; random weights, so
   * that it needs nothing from a network.
   *
   * @param folder a dataset folder, or null to simulate 200 clusters of ACCEPT's mix
   */
  public static TrainingConfig quick(String folder) {
    return Presets.quick(folder);
  }

  /**
   * The paper's setting, ImageNet's weights in both branches included.
   *
   * @param folder a dataset folder, or null to simulate 318 clusters of the paper's mix
   */
  public static TrainingConfig paper(String folder) {
    return Presets.paper(folder);
  }

  /** The same with another seed. */
  public TrainingConfig withSeed(long other) {
    return new TrainingConfig(
        preset,
        other,
        data,
        variant,
        width,
        weights,
        crop,
        alphas,
        optimizer,
        augmentation,
        compute,
        tensorboard);
  }

  /** The same over other images or with another test fold. */
  public TrainingConfig withData(DataConfig other) {
    return new TrainingConfig(
        preset,
        seed,
        other,
        variant,
        width,
        weights,
        crop,
        alphas,
        optimizer,
        augmentation,
        compute,
        tensorboard);
  }

  /** The same for another of the paper's approaches. */
  public TrainingConfig withVariant(Variant other) {
    return new TrainingConfig(
        preset,
        seed,
        data,
        other,
        width,
        weights,
        crop,
        alphas,
        optimizer,
        augmentation,
        compute,
        tensorboard);
  }

  /** The same with other weights of the parts of the loss. */
  public TrainingConfig withAlphas(Alphas other) {
    return new TrainingConfig(
        preset,
        seed,
        data,
        variant,
        width,
        weights,
        crop,
        other,
        optimizer,
        augmentation,
        compute,
        tensorboard);
  }

  /** The same computed elsewhere. */
  public TrainingConfig withCompute(Compute other) {
    return new TrainingConfig(
        preset,
        seed,
        data,
        variant,
        width,
        weights,
        crop,
        alphas,
        optimizer,
        augmentation,
        other,
        tensorboard);
  }

  /** What the network is made of. */
  public NetworkConfig network() {
    ResNetConfig resNet18 = ResNetConfig.resNet18(NetworkConfig.CLASSES);
    ResNetConfig branch =
        new ResNetConfig(
            resNet18.channels(),
            List.of(width, 2 * width, 4 * width, 8 * width),
            resNet18.blocks(),
            resNet18.classes());
    return new NetworkConfig(variant, crop, branch, compute.precision().dtype());
  }

  /** How images become inputs. */
  public Preprocessing preprocessing() {
    return new Preprocessing(data.centralCrop(), data.imageSize());
  }
}
