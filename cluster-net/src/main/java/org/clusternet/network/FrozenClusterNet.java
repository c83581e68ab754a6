package org.clusternet.network;

import java.util.Optional;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.layer.FrozenLinear;
import org.clusternet.nn.model.FrozenResNet;
import org.clusternet.nn.model.ResNet;
import org.clusternet.nn.parameter.FrozenTensors;

/**
 * A {@link ClusterNet} for inference alone, {@linkplain ClusterNet#freeze frozen} from one: batch
 * normalisation is folded into the convolutions, and the device prepares the weights once. Its
 * outputs differ from those of the network that it was frozen from by rounding.
 */
public final class FrozenClusterNet implements AutoCloseable {
  private final FrozenTensors weights;
  private final Wiring wiring;

  /** The parts that the baseline does not have. */
  record Second(CropPipeline pipeline, FrozenResNet auxiliary, FrozenLinear fusion) {}

  FrozenClusterNet(FrozenTensors weights, FrozenResNet primary, Optional<Second> second) {
    this.weights = weights;
    this.wiring =
        new Wiring(
            branch(primary),
            second.map(
                parts ->
                    new Wiring.Second(
                        parts.pipeline(), branch(parts.auxiliary()), parts.fusion()::forward)),
            weights.compute());
  }

  private static Wiring.Branch branch(FrozenResNet net) {
    return new Wiring.Branch() {
      @Override
      public ResNet.Output forward(Executor run, Tensor image) {
        return net.forward(run, image);
      }

      @Override
      public Tensor classWeights() {
        return net.fc().weight();
      }
    };
  }

  /**
   * Runs the network.
   *
   * @param run an executor without a tape
   * @param input images, F32, or F64 where the network is in F64, and their peaks
   * @return outputs whose region has no maps
   */
  public Outputs forward(Executor run, NetworkInput input) {
    return wiring.forward(run, input, null, false);
  }

  /**
   * The outputs of {@link #forward}, bit for bit, with the maps that the region was found from.
   *
   * @param run an executor without a tape
   * @param input images, F32, or F64 where the network is in F64, and their peaks
   */
  public Outputs explain(Executor run, NetworkInput input) {
    return wiring.forward(run, input, null, true);
  }

  /** Releases the memory of the weights and of what was prepared from them. */
  @Override
  public void close() {
    weights.close();
  }
}
