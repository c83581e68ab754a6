package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;
import static org.clusternet.engine.op.family.Sample.Input.given;
import static org.clusternet.engine.op.family.Sample.Input.mask;

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
 * The smallest box that holds all set pixels of a mask (paper, III-C).
 *
 * <p>Input: mask U8 (N, 1, H, W), every number but 0 means set. Output: I32 (N, 4), each row
 * [x_min, y_min, x_max, y_max], inclusive. An empty mask gives the whole image, [0, 0, W - 1, H -
 * 1].
 */
@NotDifferentiable("a box is made of integers")
public record BoundingBox() implements Op {
  static final OpFamily FAMILY =
      OpFamily.of(
          "BoundingBox",
          BoundingBox::samples,
          entry(BoundingBox.class, BoundingBoxCpu::run, BoundingBoxCuda::run));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    TensorType mask =
        Operands.of(this, inputs, 1)
            .dtype(0, DType.U8)
            .rank(0, 4)
            .require(inputs.get(0).dim(1) == 1, "a mask has one channel")
            .type(0);
    return List.of(TensorType.of(DType.I32, mask.dim(0), 4));
  }

  private static List<Sample> samples() {
    BoundingBox op = new BoundingBox();
    return List.of(
        Sample.of("random", op, mask(3, 1, 9, 7)),
        Sample.of("one pixel", op, mask(4, 1, 1, 1)),
        Sample.of(
            "empty, one corner, two apart",
            op,
            given(
                Sample.Role.BYTE,
                Shape.of(3, 1, 2, 3),
                new double[] {0, 0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0, 1, 0, 1, 0, 0})));
  }
}
