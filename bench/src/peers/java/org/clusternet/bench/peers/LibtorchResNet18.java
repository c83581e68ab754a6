package org.clusternet.bench.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.List;

/**
 * torchvision's ResNet-18 in DJL's blocks: bias-free convolutions, batch normalisation with eps
 * 1e-5 and PyTorch's momentum 0.1 (in DJL's convention 0.9). In F32 only: DJL 0.35.1 has no
 * autocast and ends the process when an array is converted to BF16; {@link LibtorchHalf} is the
 * network in BF16.
 */
final class LibtorchResNet18 {
  private static final int[] WIDTHS = {64, 128, 256, 512};
  private static final int BLOCKS = 2;

  private LibtorchResNet18() {}

  static Block build(int classes) {
    SequentialBlock net = features();
    net.add(Pool.globalAvgPool2dBlock());
    return net.add(Linear.builder().setUnits(classes).build());
  }

  /** The layers before the average pool: from images to the feature map. */
  static SequentialBlock features() {
    SequentialBlock net = new SequentialBlock();
    net.add(convolution(64, 7, 2, 3)).add(norm()).add(Activation.reluBlock());
    net.add(Pool.maxPool2dBlock(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1)));
    int channels = WIDTHS[0];
    for (int stage = 0; stage < WIDTHS.length; stage++) {
      for (int block = 0; block < BLOCKS; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        net.add(residual(channels, WIDTHS[stage], stride)).add(Activation.reluBlock());
        channels = WIDTHS[stage];
      }
    }
    return net;
  }

  private static Block residual(int in, int out, int stride) {
    SequentialBlock main = new SequentialBlock();
    main.add(convolution(out, 3, stride, 1)).add(norm()).add(Activation.reluBlock());
    main.add(convolution(out, 3, 1, 1)).add(norm());
    SequentialBlock shortcut = new SequentialBlock();
    if (stride != 1 || in != out) {
      shortcut.add(convolution(out, 1, stride, 0)).add(norm());
    } else {
      shortcut.addSingleton(x -> x);
    }
    return new ParallelBlock(LibtorchResNet18::sum).add(main).add(shortcut);
  }

  private static NDList sum(List<NDList> branches) {
    NDArray main = branches.get(0).singletonOrThrow();
    return new NDList(main.add(branches.get(1).singletonOrThrow()));
  }

  private static Block convolution(int filters, int kernel, int stride, int padding) {
    return Conv2d.builder()
        .setKernelShape(new Shape(kernel, kernel))
        .setFilters(filters)
        .optStride(new Shape(stride, stride))
        .optPadding(new Shape(padding, padding))
        .optBias(false)
        .build();
  }

  private static Block norm() {
    return BatchNorm.builder().optEpsilon(1e-5f).optMomentum(0.9f).build();
  }
}
