package org.clusternet.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.network.Alphas;
import org.clusternet.network.CropConfig;
import org.clusternet.network.NetworkConfig;
import org.clusternet.network.Variant;
import org.clusternet.nn.model.ResNetConfig;
import org.clusternet.nn.optim.StepDecay;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a training run. A run folder holds them complete, so that a later version with
 * other defaults does not change what an old run means.
 *
 * <p>The defaults are the paper's wherever it states a value (section IV-C). It does not state the
 * number of epochs and the batch size: {@link #paper} takes 30, which is three steps of its
 * learning rate, and 16.
 *
 * @param preset name of the preset whose values the other settings override
 * @param seed random seed of the simulation, folds, initial weights, order of samples and
 *     augmentation
 * @param data images and folds
 * @param variant approach of the paper
 * @param width channels of the first stage of each branch; the others have 2, 4 and 8 times as many
 * @param weights initial weights of the branches
 * @param crop how the region for the auxiliary branch is found; the baseline ignores it
 * @param alphas weights of the terms of the loss
 * @param optimizer epochs, batch size and learning rate
 * @param augmentation random changes of training images
 * @param compute device, precision and threads
 * @param tensorboard whether event files for TensorBoard are written
 */
@RecordBuilder
public record TrainingConfig(
    @JsonPropertyDescription("base values of all settings: quick (minutes on two cores) or paper")
        @JsonProperty(defaultValue = "quick")
        String preset,
    @JsonPropertyDescription(
            "random seed of simulation, folds, initial weights, sample order and augmentation;"
                + " the same seed gives the same results")
        long seed,
    @JsonPropertyDescription("images, their preprocessing and their division into folds")
        DataConfig data,
    @JsonPropertyDescription("approach of the paper") Variant variant,
    @JsonPropertyDescription(
            "channels of the first of the four stages of each branch, doubled from stage to stage;"
                + " ResNet-18 has 64")
        int width,
    @JsonPropertyDescription("initial weights") InitialWeights weights,
    @JsonPropertyDescription("how the image crop for the auxiliary branch is found")
        CropConfig crop,
    @JsonPropertyDescription(
            "weights of the loss terms (Eq. 9): primary, auxiliary, fusion, regression")
        Alphas alphas,
    @JsonPropertyDescription("Adam and its learning-rate schedule") Optimizer optimizer,
    @JsonPropertyDescription(
            "random changes of training images; --augment switches on flips, rotations and shifts"
                + " of up to 1/32 of the image size")
        @JsonProperty(defaultValue = "none")
        Augmentation augmentation,
    @JsonPropertyDescription("device and precision; a run may be resumed on another device")
        Compute compute,
    @JsonPropertyDescription("write event files for TensorBoard into the run folder")
        boolean tensorboard)
    implements TrainingConfigBuilder.With {

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
   * Adam with a learning rate that decays in steps.
   *
   * @param epochs number of epochs
   * @param batch batch size
   * @param learningRate initial learning rate
   * @param decayEvery epochs between two decays of the learning rate
   * @param decayFactor factor by which each decay multiplies the learning rate
   */
  public record Optimizer(
      @JsonPropertyDescription("number of epochs") int epochs,
      @JsonPropertyDescription("batch size") int batch,
      @JsonPropertyDescription("initial learning rate of Adam") double learningRate,
      @JsonPropertyDescription("number of epochs after which the learning rate is reduced")
          int decayEvery,
      @JsonPropertyDescription("factor by which the learning rate is multiplied each time")
          double decayFactor) {
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
   * Device, precision and threads. The same seed gives the same numbers on the same device with the
   * same precision and number of threads; on cuda bit for bit only in the deterministic mode.
   *
   * @param device auto, cpu or cuda
   * @param precision type of the activations
   * @param threads number of CPU threads, at least 1
   * @param deterministic whether results on cuda are the same bit for bit, at some cost in speed;
   *     on the cpu they always are
   */
  public record Compute(
      @JsonPropertyDescription("auto, cpu or cuda; auto takes cuda if a usable GPU is found")
          String device,
      @JsonPropertyDescription("floating-point type of the activations (tf32: cuda only)")
          Precision precision,
      @JsonPropertyDescription("number of CPU threads")
          @JsonProperty(defaultValue = "one per processor")
          int threads,
      @JsonPropertyDescription(
              "make results on cuda reproducible bit for bit, at some cost in speed; on the cpu"
                  + " they always are")
          boolean deterministic) {
    /** The names of devices. */
    public static final List<String> DEVICES = List.of("auto", "cpu", "cuda");

    /** Checks the device and the number of threads. */
    public Compute {
      if (!DEVICES.contains(device)) {
        throw new IllegalArgumentException(
            "device=" + device + "; it must be one of " + String.join(", ", DEVICES));
      }
      if (threads < 1) {
        throw new IllegalArgumentException("threads=" + threads + "; it must be at least 1");
      }
    }

    /** Not in the deterministic mode. */
    public Compute(String device, Precision precision, int threads) {
      this(device, precision, threads, false);
    }

    /** The fastest device that works, 32-bit floats, one thread per processor. */
    public static Compute defaults() {
      return new Compute("auto", Precision.FP32, Runtime.getRuntime().availableProcessors());
    }
  }

  /**
   * The settings of a preset.
   *
   * @param name one of {@link #PRESETS}
   * @param folder dataset folder; null to simulate
   * @throws IllegalArgumentException if there is no such preset
   */
  public static TrainingConfig preset(String name, @Nullable String folder) {
    return switch (name) {
      case "quick" -> quick(folder);
      case "paper" -> paper(folder);
      default ->
          throw new IllegalArgumentException(
              "preset=" + name + "; it must be one of " + String.join(", ", PRESETS));
    };
  }

  /**
   * A first run on a CPU, which takes minutes on two cores: the paper's field of view at a quarter
   * of its resolution, a sample as large as ACCEPT, few epochs, and random initial weights, so that
   * nothing has to be downloaded.
   *
   * @param folder dataset folder; null to simulate 200 clusters of ACCEPT's mix
   */
  public static TrainingConfig quick(@Nullable String folder) {
    return Presets.quick(folder);
  }

  /**
   * The paper's settings, with ImageNet weights in both branches.
   *
   * @param folder dataset folder; null to simulate 318 clusters of the paper's mix
   */
  public static TrainingConfig paper(@Nullable String folder) {
    return Presets.paper(folder);
  }

  /** The configuration of the network. */
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
    return new Preprocessing(data.centralCrop(), data.imageSize(), data.floor());
  }
}
