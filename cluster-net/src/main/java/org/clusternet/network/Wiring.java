package org.clusternet.network;

import java.util.Optional;
import org.clusternet.engine.op.Cast;
import org.clusternet.engine.op.Concat;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.model.ResNet;
import org.jspecify.annotations.Nullable;

/**
 * How the parts of the network are connected, whether they are trained or frozen.
 *
 * @param primary the branch that reads the whole image
 * @param second what follows the primary branch; empty in the baseline
 * @param compute type of the branches' activations
 */
record Wiring(Branch primary, Optional<Second> second, DType compute) {

  /** A residual network. */
  interface Branch {
    ResNet.Output forward(Executor run, Tensor image);

    /** Weights of the last layer (K, C). */
    Tensor classWeights();
  }

  /** A linear layer. */
  @FunctionalInterface
  interface Head {
    Tensor forward(Executor run, Tensor x);
  }

  /**
   * The parts that the baseline does not have.
   *
   * @param pipeline finds the region
   * @param auxiliary the branch that reads the region
   * @param fusion the head that reads both branches' vectors
   */
  record Second(CropPipeline pipeline, Branch auxiliary, Head fusion) {}

  /**
   * Runs the network.
   *
   * @param labels I32 (N); null in inference
   * @param withMaps whether the maps behind the region are kept
   */
  Outputs forward(Executor run, NetworkInput input, @Nullable Tensor labels, boolean withMaps) {
    ResNet.Output first = branch(primary, run, input.images());
    CropPipeline.Inputs inputs =
        new CropPipeline.Inputs(first.map(), primary.classWeights(), first.logits(), input, labels);
    return new Outputs(first, second.map(parts -> second(parts, run, inputs, first, withMaps)));
  }

  private Outputs.SecondStage second(
      Second parts,
      Executor run,
      CropPipeline.Inputs inputs,
      ResNet.Output first,
      boolean withMaps) {
    CropRegion region =
        withMaps
            ? parts.pipeline().regionWithMaps(run, inputs)
            : parts.pipeline().region(run, inputs);
    ResNet.Output other = branch(parts.auxiliary(), run, region.crop());
    Tensor joined = run.apply(new Concat(1), first.pooled(), other.pooled());
    return new Outputs.SecondStage(region, other, parts.fusion().forward(run, joined));
  }

  private ResNet.Output branch(Branch branch, Executor run, Tensor image) {
    if (image.dtype() == compute) {
      return branch.forward(run, image);
    }
    Tensor cast = run.apply(new Cast(compute), image);
    ResNet.Output output = branch.forward(run, cast);
    run.discard(cast);
    return output;
  }
}
