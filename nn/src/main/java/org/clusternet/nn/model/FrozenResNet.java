package org.clusternet.nn.model;

import java.util.List;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.layer.FrozenConv2d;
import org.clusternet.nn.layer.FrozenLinear;

/**
 * A {@link ResNet} for inference only: batch normalisation is folded into the convolutions, which
 * also perform the additions and ReLUs. It is a copy: later changes of the network that it was
 * {@linkplain ResNet#freeze frozen} from do not affect it. Its memory belongs to the {@link
 * org.clusternet.nn.parameter.FrozenTensors} that it was frozen to.
 */
public final class FrozenResNet {
  private final FrozenConv2d stem;
  private final List<FrozenBlock> blocks;
  private final FrozenLinear fc;

  FrozenResNet(FrozenConv2d stem, List<FrozenBlock> blocks, FrozenLinear fc) {
    this.stem = stem;
    this.blocks = blocks;
    this.fc = fc;
  }

  /**
   * Runs the network.
   *
   * @param run executor without a tape
   * @param x images (N, channels, H, W) of the type that the network was frozen for; not discarded
   * @throws IllegalArgumentException if the images do not fit; the message names the layer and both
   *     types
   */
  public ResNet.Output forward(Executor run, Tensor x) {
    Tensor a = stem.forward(run, x);
    Tensor[] pool = run.run(ResNet.POOL, a);
    run.discard(a);
    run.discard(pool[1]);
    Tensor map = pool[0];
    for (FrozenBlock block : blocks) {
      map = block.forward(run, map);
    }
    Tensor pooled = run.apply(ResNet.AVERAGE, map);
    return new ResNet.Output(map, pooled, fc.forward(run, pooled));
  }

  /** The last layer, whose weights the class activation map uses. */
  public FrozenLinear fc() {
    return fc;
  }
}
