package org.clusternet.network;

import org.clusternet.engine.op.Cast;
import org.clusternet.engine.op.Concat;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.model.ResNet;

/**
 * How the parts of the network hang together, whether they can learn or are frozen.
 *
 * @param primary reads the whole image
 * @param auxiliary reads the region; null in the baseline
 * @param fusion reads both branches' vectors; null in the baseline
 * @param pipeline finds the region; null in the baseline
 * @param compute type of the branches' activations
 */
record Wiring(Branch primary, Branch auxiliary, Head fusion, CropPipeline pipeline, DType compute) {

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

  /** One of the two ways to find the region. */
  @FunctionalInterface
  interface RegionFinder {
    Region find(CropPipeline pipeline, Executor run, CropPipeline.Inputs in);
  }

  Outputs forward(Executor run, Tensor image, Tensor labels, RegionFinder finder) {
    ResNet.Output first = branch(primary, run, image);
    if (auxiliary == null) {
      return new Outputs(first, null, null, null);
    }
    CropPipeline.Inputs inputs =
        new CropPipeline.Inputs(first.map(), primary.classWeights(), first.logits(), image, labels);
    Region region = finder.find(pipeline, run, inputs);
    ResNet.Output second = branch(auxiliary, run, region.crop());
    Tensor joined = run.apply(new Concat(1), first.pooled(), second.pooled());
    return new Outputs(first, region, second, fusion.forward(run, joined));
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
