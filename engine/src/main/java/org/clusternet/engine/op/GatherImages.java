package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;
import static org.clusternet.engine.op.family.Sample.Input.activation;
import static org.clusternet.engine.op.family.Sample.Input.below;
import static org.clusternet.engine.op.family.Sample.Input.given;

import java.util.List;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.spi.NotDifferentiable;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.spi.Operands;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.TensorType;

/**
 * A batch of images out of a store of all of them: of a training set that lies on the device, only
 * the numbers of a step's images have to be sent there.
 *
 * <p>Inputs: images of one channel (M, 1, H, W); numbers I32 (N), from 0, repeats allowed. Output:
 * (N, channels, H, W), in which every channel is the image. A number that no image has is refused
 * on the CPU; on CUDA, where it is not checked, its image becomes NaN.
 *
 * @param channels channels of the output, at least 1
 */
@NotDifferentiable("images are no function of anything")
public record GatherImages(int channels) implements Op {
  static final OpFamily FAMILY =
      OpFamily.of(
          "GatherImages",
          GatherImages::samples,
          entry(GatherImages.class, GatherImagesCpu::run, GatherImagesCuda::run));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Operands operands =
        Operands.of(this, inputs, 2)
            .require(channels >= 1, "channels must be at least 1")
            .floating(0)
            .rank(0, 4)
            .dtype(1, DType.I32)
            .rank(1, 1);
    TensorType store = operands.type(0);
    operands.require(store.dim(1) == 1, "channels of the images=" + store.dim(1) + ", not 1");
    int n = operands.type(1).dim(0);
    return List.of(TensorType.of(store.dtype(), n, channels, store.dim(2), store.dim(3)));
  }

  private static List<Sample> samples() {
    GatherImages rgb = new GatherImages(3);
    return List.of(
        Sample.of("three channels", rgb, activation(5, 1, 4, 6), below(5, 7)),
        Sample.of("odd size", rgb, activation(4, 1, 3, 5), below(4, 3)),
        Sample.of("one channel", new GatherImages(1), activation(3, 1, 3, 3), below(3, 4)),
        Sample.of("five channels", new GatherImages(5), activation(3, 1, 2, 1), below(3, 5)),
        Sample.of("one pixel", rgb, activation(9, 1, 1, 1), below(9, 11)),
        Sample.of(
            "first and last",
            rgb,
            activation(3, 1, 2, 2),
            given(Sample.Role.INTEGER, Shape.of(4), 2, 0, 0, 2)));
  }
}
