package org.clusternet.nn.model;

import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.Mode;
import org.clusternet.nn.layer.BatchNorm2d;
import org.clusternet.nn.layer.Conv2d;
import org.clusternet.nn.parameter.FrozenTensors;
import org.clusternet.nn.parameter.KeyPath;

/**
 * The residual block of ResNet-18 (He et al. 2016, figure 2): {@code relu(bn2(conv2(relu(bn1(conv1
 * x)))) + shortcut x)}. The shortcut is the identity, or where the shape changes a 1 x 1
 * convolution with batch normalisation ({@code downsample.0}, {@code downsample.1}).
 */
final class BasicBlock {
  private final Conv2d conv1;
  private final BatchNorm2d bn1;
  private final Conv2d conv2;
  private final BatchNorm2d bn2;
  private final Conv2d shortcutConv;
  private final BatchNorm2d shortcutBn;

  BasicBlock(KeyPath at, int in, int out, int stride) {
    conv1 = new Conv2d(at.child("conv1"), in, out, 3, stride, 1);
    bn1 = new BatchNorm2d(at.child("bn1"), out, true);
    conv2 = new Conv2d(at.child("conv2"), out, out, 3, 1, 1);
    bn2 = new BatchNorm2d(at.child("bn2"), out, true);
    if (stride != 1 || in != out) {
      KeyPath downsample = at.child("downsample");
      shortcutConv = new Conv2d(downsample.child(0), in, out, 1, stride, 0);
      shortcutBn = new BatchNorm2d(downsample.child(1), out, false);
    } else {
      shortcutConv = null;
      shortcutBn = null;
    }
  }

  /** (N, in, H, W) to (N, out, ceil(H / stride), ceil(W / stride)); lets go of x. */
  Tensor forward(Executor run, Mode mode, Tensor x) {
    Tensor a = normalised(run, mode, conv1.forward(run, x), bn1);
    Tensor b = conv2.forward(run, a);
    run.discard(a);
    Tensor shortcut =
        shortcutConv == null ? x : normalised(run, mode, shortcutConv.forward(run, x), shortcutBn);
    Tensor y = bn2.forward(run, mode, b, shortcut);
    run.discard(b);
    run.discard(shortcut);
    run.discard(x);
    return y;
  }

  /** A copy for inference that never changes. */
  FrozenBlock freeze(FrozenTensors to) {
    return new FrozenBlock(
        conv1.freeze(to, bn1, true),
        conv2.freeze(to, bn2, true),
        shortcutConv == null ? null : shortcutConv.freeze(to, shortcutBn, false));
  }

  private static Tensor normalised(Executor run, Mode mode, Tensor x, BatchNorm2d bn) {
    Tensor y = bn.forward(run, mode, x);
    run.discard(x);
    return y;
  }
}
