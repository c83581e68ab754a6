package org.clusternet.nn.model;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.engine.op.GlobalAveragePool;
import org.clusternet.engine.op.MaxPool;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.Mode;
import org.clusternet.nn.layer.BatchNorm2d;
import org.clusternet.nn.layer.Conv2d;
import org.clusternet.nn.layer.Linear;
import org.clusternet.nn.parameter.FrozenTensors;
import org.clusternet.nn.parameter.KeyPath;

/**
 * The residual network of basic blocks (He et al. 2016), with the layers and names of torchvision,
 * so that its weights fit: 7 x 7 convolution of stride 2, 3 x 3 max-pool of stride 2, stages whose
 * first block halves the image from the second stage on, global average pool, linear layer. With
 * {@link ResNetConfig#resNet18} it is ResNet-18.
 *
 * <p>The type of the image decides the precision: F32, or BF16 for activations in BF16 beside
 * parameters in F32; F64 where the parameters are F64.
 */
public final class ResNet {

  /**
   * The results of a forward pass. They live in the executor's scope; on a tape, those that are
   * read after the backward pass must be retained.
   *
   * @param map feature map M (N, features, H/32, W/32), of the image's type
   * @param pooled global average V of the feature map (N, features), of the parameters' type
   * @param logits logits (N, classes), of the parameters' type
   */
  public record Output(Tensor map, Tensor pooled, Tensor logits) {}

  static final MaxPool POOL = new MaxPool(3, 2, 1);
  static final GlobalAveragePool AVERAGE = new GlobalAveragePool();

  private final ResNetConfig config;
  private final Conv2d conv1;
  private final BatchNorm2d bn1;
  private final List<BasicBlock> blocks = new ArrayList<>();
  private final Linear fc;

  /**
   * A network of a given size.
   *
   * @param at place where the parameters are declared
   * @param config size of the network
   */
  public ResNet(KeyPath at, ResNetConfig config) {
    this.config = config;
    int width = config.widths().get(0);
    conv1 = new Conv2d(at.child("conv1"), config.channels(), width, 7, 2, 3);
    bn1 = new BatchNorm2d(at.child("bn1"), width, true);
    for (int stage = 0; stage < config.widths().size(); stage++) {
      KeyPath layer = at.child("layer" + (stage + 1));
      for (int block = 0; block < config.blocks().get(stage); block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        blocks.add(new BasicBlock(layer.child(block), width, config.widths().get(stage), stride));
        width = config.widths().get(stage);
      }
    }
    fc = new Linear(at.child("fc"), config.features(), config.classes());
  }

  /**
   * Runs the network.
   *
   * @param run tape that watches the parameters, or eager executor
   * @param mode training or inference
   * @param x images (N, channels, H, W); not discarded
   * @throws IllegalArgumentException if the images do not fit; the message names the layer and both
   *     types
   */
  public Output forward(Executor run, Mode mode, Tensor x) {
    Tensor a = conv1.forward(run, x);
    Tensor b = bn1.forward(run, mode, a);
    run.discard(a);
    Tensor[] pool = run.run(POOL, b);
    run.discard(b);
    run.discard(pool[1]);
    Tensor map = pool[0];
    for (BasicBlock block : blocks) {
      map = block.forward(run, mode, map);
    }
    Tensor pooled = run.apply(AVERAGE, map);
    return new Output(map, pooled, fc.forward(run, pooled));
  }

  /**
   * A copy for inference with the present parameters and running statistics.
   *
   * @param to memory of the copy
   * @throws IllegalArgumentException if a number is not finite once batch normalisation is folded
   *     into the convolutions; the message names its key
   */
  public FrozenResNet freeze(FrozenTensors to) {
    return new FrozenResNet(
        conv1.freeze(to, bn1, true),
        blocks.stream().map(block -> block.freeze(to)).toList(),
        fc.freeze(to));
  }

  /** The size of the network. */
  public ResNetConfig config() {
    return config;
  }

  /** The last layer, whose weights the class activation map uses. */
  public Linear fc() {
    return fc;
  }
}
