package org.clusternet.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.Mode;
import org.clusternet.nn.layer.Linear;
import org.clusternet.nn.model.ResNet;
import org.clusternet.nn.parameter.FrozenTensors;
import org.clusternet.nn.parameter.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * The multi-branch attention network (paper, Figure 2). The primary branch reads the whole image;
 * its attention map and a Gaussian at the brightest pixel, or at a peak that is given, mark a
 * region; the auxiliary branch reads that region, resized; the fusion head reads both branches'
 * vectors, and its logits are the prediction.
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
  private final Optional<Second> second;

  /** The parts that the baseline does not have. */
  private record Second(CropPipeline pipeline, ResNet auxiliary, Linear fusion) {}

  /**
   * A network whose parameters have no values yet.
   *
   * @param device the device that holds and runs it
   * @param config its variant and sizes
   */
  public ClusterNet(Device device, NetworkConfig config) {
    this.config = config;
    this.parameters = new Parameters(device, config.parameters(), config.compute());
    this.primary = new ResNet(parameters.under(PRIMARY), config.branch());
    this.second =
        config.variant().hasAuxiliary()
            ? Optional.of(second(config, parameters))
            : Optional.empty();
  }

  private static Second second(NetworkConfig config, Parameters parameters) {
    ResNet auxiliary = new ResNet(parameters.under(AUXILIARY), config.branch());
    Linear fusion =
        new Linear(
            parameters.under("fusion"), 2 * config.branch().features(), config.branch().classes());
    return new Second(new CropPipeline(config.variant(), config.crop()), auxiliary, fusion);
  }

  /** The variant and the sizes of the network. */
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
    second.ifPresent(parts -> branches.put(AUXILIARY, parts.auxiliary()));
    return branches;
  }

  /**
   * Runs the network.
   *
   * @param run a tape that watches the parameters, or an eager executor
   * @param mode training or inference
   * @param input images in the type of the parameters, and their peaks
   * @param labels I32 (N), read where the attention map is that of the label; null in inference
   * @return outputs whose region has no maps
   */
  public Outputs forward(Executor run, Mode mode, NetworkInput input, @Nullable Tensor labels) {
    parameters.refresh(run);
    return new Wiring(
            branch(primary, mode),
            second.map(
                parts ->
                    new Wiring.Second(
                        parts.pipeline(),
                        branch(parts.auxiliary(), mode),
                        parts.fusion()::forward)),
            config.compute())
        .forward(run, input, labels, false);
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
   * A copy for inference of the present parameters and running statistics, independent of later
   * changes to this network and of its closing.
   *
   * @throws IllegalArgumentException naming the key of a number that is not finite once batch
   *     normalisation is folded into the convolutions
   */
  public FrozenClusterNet freeze() {
    FrozenTensors weights = new FrozenTensors(parameters.device(), config.compute());
    try {
      return new FrozenClusterNet(
          weights,
          primary.freeze(weights),
          second.map(
              parts ->
                  new FrozenClusterNet.Second(
                      parts.pipeline(),
                      parts.auxiliary().freeze(weights),
                      parts.fusion().freeze(weights))));
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  /** Releases the memory of the parameters. */
  @Override
  public void close() {
    parameters.close();
  }
}
