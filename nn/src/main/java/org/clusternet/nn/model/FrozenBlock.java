package org.clusternet.nn.model;

import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.layer.FrozenConv2d;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BasicBlock} in inference: two or three convolutions and nothing else.
 *
 * @param conv1 first convolution, with its ReLU
 * @param conv2 second convolution, with the addition and its ReLU
 * @param shortcut convolution of the shortcut; null for the identity
 */
record FrozenBlock(FrozenConv2d conv1, FrozenConv2d conv2, @Nullable FrozenConv2d shortcut) {

  /** (N, in, H, W) to (N, out, ceil(H / stride), ceil(W / stride)); discards x. */
  Tensor forward(Executor run, Tensor x) {
    Tensor a = conv1.forward(run, x);
    Tensor residual = shortcut == null ? x : shortcut.forward(run, x);
    Tensor y = conv2.forward(run, a, residual);
    run.discard(a);
    run.discard(residual);
    run.discard(x);
    return y;
  }
}
