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
 * One mask of two: the core mask B of the attention mask B1 and the Gaussian mask B2.
 *
 * <p>Inputs: two U8 tensors of one shape, in which every number but 0 means set. Output: U8 of that
 * shape, 0 or 1.
 *
 * <p>The paper contradicts itself here. Its Eq. 8 sets B to 0 where {@code B1 B2 = 0}, which is the
 * intersection; its text says three times that the union is taken. {@link Mode#UNION} follows the
 * text and is what the network uses unless told otherwise; {@link Mode#INTERSECTION} follows the
 * equation.
 *
 * @param mode which of the two
 */
@NotDifferentiable("a mask is piecewise constant")
public record MaskCombine(Mode mode) implements Op {
  static final OpFamily FAMILY =
      OpFamily.of(
          "MaskCombine",
          MaskCombine::samples,
          entry(MaskCombine.class, MaskCombineCpu::run, MaskCombineCuda::run));

  /** How to combine. */
  public enum Mode {
    /** Set where either is: the paper's text. */
    UNION,
    /** Set where both are: the paper's Eq. 8. */
    INTERSECTION
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Operands operands = Operands.of(this, inputs, 2).dtype(0, DType.U8).dtype(1, DType.U8);
    return List.of(operands.shape(1, operands.type(0).shape()).type(0));
  }

  private static List<Sample> samples() {
    MaskCombine union = new MaskCombine(Mode.UNION);
    MaskCombine intersection = new MaskCombine(Mode.INTERSECTION);
    return List.of(
        Sample.of("union", union, mask(2, 1, 9, 7), mask(2, 1, 9, 7)),
        Sample.of("intersection", intersection, mask(2, 1, 9, 7), mask(2, 1, 9, 7)),
        Sample.of("scalars", union, mask(), mask()),
        Sample.of(
            "other numbers than 1",
            intersection,
            given(Sample.Role.BYTE, Shape.of(4), 1, 255, 128, 0),
            given(Sample.Role.BYTE, Shape.of(4), 2, 255, 0, 0)));
  }
}
