package org.clusternet.nn.model;

import java.util.List;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.layer.FrozenConv2d;
import org.clusternet.nn.layer.FrozenLinear;

/**
 * A {@link ResNet} for inference alone: batch normalisation is folded into the convolutions, and
 * they do additions and ReLUs too. It is a copy; what later becomes of the network that it was
 * {@linkplain ResNet#freeze frozen} from does not change it. Its memory is that of the {@link
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
   * @param run an executor without a tape
   * @param x images (N, channels, H, W) of the type that it was frozen for; not released
   * @throws IllegalArgumentException if the image does not fit, naming the layer and both types
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

  /** The last layer, whose weights the class activation map takes. */
  public FrozenLinear fc() {
    return fc;
  }
}
