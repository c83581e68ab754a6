package org.clusternet.network;

import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.layer.FrozenLinear;
import org.clusternet.nn.model.FrozenResNet;
import org.clusternet.nn.model.ResNet;
import org.clusternet.nn.parameter.FrozenTensors;

/**
 * A {@link ClusterNet} for inference alone, {@linkplain ClusterNet#freeze frozen} from one: batch
 * normalisation is folded into the convolutions, and what the device prepares from the weights it
 * prepares once. Its outputs differ from those of the network that it was frozen from by rounding.
 */
public final class FrozenClusterNet implements AutoCloseable {
  private final FrozenTensors weights;
  private final Wiring wiring;

  FrozenClusterNet(
      FrozenTensors weights,
      FrozenResNet primary,
      FrozenResNet auxiliary,
      FrozenLinear fusion,
      CropPipeline pipeline) {
    this.weights = weights;
    this.wiring =
        new Wiring(
            branch(primary),
            auxiliary == null ? null : branch(auxiliary),
            fusion == null ? null : fusion::forward,
            pipeline,
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
   * @param image preprocessed images (N, 3, H, W), F32, or F64 where the network is in F64
   * @return outputs whose region has box and crop, but no maps
   */
  public Outputs forward(Executor run, Tensor image) {
    return wiring.forward(run, image, null, CropPipeline::region);
  }

  /**
   * As {@link #forward}, to the last bit, and the region has the maps that it was found by.
   *
   * @param run an executor without a tape
   * @param image preprocessed images (N, 3, H, W), F32, or F64 where the network is in F64
   */
  public Outputs explain(Executor run, Tensor image) {
    return wiring.forward(run, image, null, CropPipeline::regionWithMaps);
  }

  /** Ends the memory of the weights and of what was prepared from them. */
  @Override
  public void close() {
    weights.close();
  }
}
