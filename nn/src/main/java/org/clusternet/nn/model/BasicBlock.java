package org.clusternet.nn.model;

import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.Mode;
import org.clusternet.nn.layer.BatchNorm2d;
import org.clusternet.nn.layer.Conv2d;
import org.clusternet.nn.layer.FrozenConv2d;
import org.clusternet.nn.parameter.FrozenTensors;
import org.clusternet.nn.parameter.KeyPath;
import org.jspecify.annotations.Nullable;

/**
 * The residual block of ResNet-18 (He et al. 2016, figure 2): {@code relu(bn2(conv2(relu(bn1(conv1
 * x)))) + shortcut x)}. The shortcut is the identity, or a 1 x 1 convolution with batch
 * normalisation where the shape changes ({@code downsample.0}, {@code downsample.1}).
 */
final class BasicBlock {
  private final ConvNorm first;
  private final Conv2d conv2;
  private final BatchNorm2d bn2;
  private final @Nullable ConvNorm shortcut;

  /** A convolution and the batch normalisation after it. */
  private record ConvNorm(Conv2d conv, BatchNorm2d norm) {
    Tensor forward(Executor run, Mode mode, Tensor x) {
      Tensor y = conv.forward(run, x);
      Tensor normalised = norm.forward(run, mode, y);
      run.discard(y);
      return normalised;
    }

    FrozenConv2d freeze(FrozenTensors to, boolean relu) {
      return conv.freeze(to, norm, relu);
    }
  }

  BasicBlock(KeyPath at, int in, int out, int stride) {
    first =
        new ConvNorm(
            new Conv2d(at.child("conv1"), in, out, 3, stride, 1),
            new BatchNorm2d(at.child("bn1"), out, true));
    conv2 = new Conv2d(at.child("conv2"), out, out, 3, 1, 1);
    bn2 = new BatchNorm2d(at.child("bn2"), out, true);
    shortcut = stride == 1 && in == out ? null : shortcut(at.child("downsample"), in, out, stride);
  }

  private static ConvNorm shortcut(KeyPath at, int in, int out, int stride) {
    return new ConvNorm(
        new Conv2d(at.child(0), in, out, 1, stride, 0), new BatchNorm2d(at.child(1), out, false));
  }

  /** (N, in, H, W) to (N, out, ceil(H / stride), ceil(W / stride)); discards x. */
  Tensor forward(Executor run, Mode mode, Tensor x) {
    Tensor a = first.forward(run, mode, x);
    Tensor b = conv2.forward(run, a);
    run.discard(a);
    Tensor residual = shortcut == null ? x : shortcut.forward(run, mode, x);
    Tensor y = bn2.forward(run, mode, b, residual);
    run.discard(b);
    run.discard(residual);
    run.discard(x);
    return y;
  }

  /** A copy for inference that never changes. */
  FrozenBlock freeze(FrozenTensors to) {
    return new FrozenBlock(
        first.freeze(to, true),
        conv2.freeze(to, bn2, true),
        shortcut == null ? null : shortcut.freeze(to, false));
  }
}
