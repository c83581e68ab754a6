package org.clusternet.bench.parity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import java.util.Map;

/**
 * torchvision's residual network of basic blocks ({@code torchvision/models/resnet.py}) as calls of
 * libtorch's functions, with weights by torchvision's names.
 */
final class TorchResNet {
  private static final float EPS = 1e-5f;

  /** PyTorch's 0.1 in DJL's convention. */
  private static final float MOMENTUM = 0.9f;

  /**
   * Bounds of rounding errors in F32 in the inputs of a ReLU, by stage, the stem first. If an input
   * crosses 0 the gradient differs, by a hundredth for one of the few units of the last layers.
   */
  private static final double[] ROUNDING = {1e-6, 1e-6, 2e-6, 5e-6, 2e-5};

  private final Map<String, NDArray> weights;
  private final String prefix;
  private final List<Integer> blocks;
  private boolean firm = true;

  /**
   * The results of a forward pass.
   *
   * @param map feature map (N, C, h, w)
   * @param pooled average of the feature map (N, C)
   * @param logits logits (N, K)
   */
  record Output(NDArray map, NDArray pooled, NDArray logits) {}

  /**
   * A network.
   *
   * @param weights weights by key; running statistics are updated in place in training
   * @param prefix prefix of the keys
   * @param blocks number of blocks of each stage
   */
  TorchResNet(Map<String, NDArray> weights, String prefix, List<Integer> blocks) {
    this.weights = weights;
    this.prefix = prefix + ".";
    this.blocks = List.copyOf(blocks);
  }

  Output forward(NDArray image, boolean training) {
    NDArray x = relu(norm("bn1", convolution("conv1", image, 2, 3), training), 0);
    x = Pool.maxPool2d(x, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false);
    for (int stage = 1; stage <= blocks.size(); stage++) {
      for (int block = 0; block < blocks.get(stage - 1); block++) {
        int stride = stage > 1 && block == 0 ? 2 : 1;
        x = block(stage, block, x, stride, training);
      }
    }
    NDArray pooled = x.reshape(x.size(0), x.size(1), -1).mean(new int[] {2});
    NDArray logits = Linear.linear(pooled, get("fc.weight"), get("fc.bias")).singletonOrThrow();
    return new Output(x, pooled, logits);
  }

  private NDArray block(int stage, int index, NDArray x, int stride, boolean training) {
    String at = "layer%d.%d.".formatted(stage, index);
    NDArray y = convolution(at + "conv1", x, stride, 1);
    y = relu(norm(at + "bn1", y, training), stage);
    y = norm(at + "bn2", convolution(at + "conv2", y, 1, 1), training);
    NDArray shortcut = x;
    if (weights.containsKey(prefix + at + "downsample.0.weight")) {
      NDArray projected = convolution(at + "downsample.0", x, stride, 0);
      shortcut = norm(at + "downsample.1", projected, training);
    }
    return relu(y.add(shortcut), stage);
  }

  private NDArray relu(NDArray x, int stage) {
    double nearest = x.stopGradient().abs().min().toDoubleArray()[0];
    firm &= nearest >= ROUNDING[stage];
    return Activation.relu(x);
  }

  /** Whether no input of a ReLU was so close to 0 that rounding could change its sign. */
  boolean isFirm() {
    return firm;
  }

  private NDArray convolution(String at, NDArray x, int stride, int padding) {
    return Conv2d.conv2d(
            x,
            get(at + ".weight"),
            null,
            new Shape(stride, stride),
            new Shape(padding, padding),
            new Shape(1, 1))
        .singletonOrThrow();
  }

  private NDArray norm(String at, NDArray x, boolean training) {
    return BatchNorm.batchNorm(
            x,
            get(at + ".running_mean"),
            get(at + ".running_var"),
            get(at + ".weight"),
            get(at + ".bias"),
            -1,
            MOMENTUM,
            EPS,
            training)
        .singletonOrThrow();
  }

  NDArray get(String key) {
    return weights.get(prefix + key);
  }
}
