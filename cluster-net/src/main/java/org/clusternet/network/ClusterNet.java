package org.clusternet.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.Mode;
import org.clusternet.nn.layer.Linear;
import org.clusternet.nn.model.ResNet;
import org.clusternet.nn.parameter.FrozenTensors;
import org.clusternet.nn.parameter.Parameters;

/**
 * The multi-branch attention network (paper, Figure 2). The primary branch reads the whole image;
 * its attention map and a Gaussian at the brightest pixel mark a region; the auxiliary branch reads
 * that region, resized; the fusion head reads both branches' vectors, and its logits are the
 * prediction.
 *
 * <p>Keys: {@code primary.*} and {@code auxiliary.*} as torchvision's ResNet-18, {@code
 * fusion.weight}, {@code fusion.bias}. Initialise or load {@link #parameters} before the first
 * forward pass.
 */
public final class ClusterNet implements AutoCloseable {
  private static final String PRIMARY = "primary";
  private static final String AUXILIARY = "auxiliary";

  private final NetworkConfig config;
  private final Parameters parameters;
  private final ResNet primary;
  private final ResNet auxiliary;
  private final Linear fusion;
  private final CropPipeline pipeline;

  /**
   * A network without values yet.
   *
   * @param device where it lives and runs
   * @param config what it is made of
   */
  public ClusterNet(Device device, NetworkConfig config) {
    this.config = config;
    this.parameters = new Parameters(device, config.parameters(), config.compute());
    this.primary = new ResNet(parameters.under(PRIMARY), config.branch());
    if (config.variant().hasAuxiliary()) {
      this.auxiliary = new ResNet(parameters.under(AUXILIARY), config.branch());
      this.fusion =
          new Linear(
              parameters.under("fusion"),
              2 * config.branch().features(),
              config.branch().classes());
      this.pipeline = new CropPipeline(config.variant(), config.crop());
    } else {
      this.auxiliary = null;
      this.fusion = null;
      this.pipeline = null;
    }
  }

  /** What the network is made of. */
  public NetworkConfig config() {
    return config;
  }

  /** All parameters and buffers. */
  public Parameters parameters() {
    return parameters;
  }

  /** The branches by the prefix of their keys; the baseline has the primary one only. */
  public Map<String, ResNet> branches() {
    Map<String, ResNet> branches = new LinkedHashMap<>();
    branches.put(PRIMARY, primary);
    if (auxiliary != null) {
      branches.put(AUXILIARY, auxiliary);
    }
    return branches;
  }

  /**
   * Runs the network.
   *
   * @param run a tape that watches the parameters, or an eager executor
   * @param mode training or inference
   * @param image preprocessed images (N, 3, H, W) in the type of the parameters
   * @param labels I32 (N), read only if the attention map is to be the label's; null in inference
   * @return outputs whose region has box and crop, but no maps
   */
  public Outputs forward(Executor run, Mode mode, Tensor image, Tensor labels) {
    parameters.refresh(run);
    return new Wiring(
            branch(primary, mode),
            auxiliary == null ? null : branch(auxiliary, mode),
            fusion == null ? null : fusion::forward,
            pipeline,
            config.compute())
        .forward(run, image, labels, CropPipeline::region);
  }

  private static Wiring.Branch branch(ResNet net, Mode mode) {
    return new Wiring.Branch() {
      @Override
      public ResNet.Output forward(Executor run, Tensor image) {
        return net.forward(run, mode, image);
      }

      @Override
      public Tensor classWeights() {
        return net.fc().weight().value();
      }
    };
  }

  /**
   * A copy for inference, as parameters and running statistics are now; this may then change or be
   * closed.
   *
   * @throws IllegalArgumentException if a number is not finite once batch normalisation is folded
   *     into the convolutions, by its key
   */
  public FrozenClusterNet freeze() {
    FrozenTensors weights = new FrozenTensors(parameters.device(), config.compute());
    try {
      return new FrozenClusterNet(
          weights,
          primary.freeze(weights),
          auxiliary == null ? null : auxiliary.freeze(weights),
          fusion == null ? null : fusion.freeze(weights),
          pipeline);
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  /** Ends the memory of the parameters. */
  @Override
  public void close() {
    parameters.close();
  }
}
