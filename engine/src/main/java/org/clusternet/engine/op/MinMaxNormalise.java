package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;
import static org.clusternet.engine.op.family.Sample.Input.activation;
import static org.clusternet.engine.op.family.Sample.Input.given;

import java.util.List;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.spi.NotDifferentiable;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.spi.Operands;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.TensorType;

/**
 * Brings each sample to [0, 1]: {@code (v - min) / (max - min)} over its C, H, W. This makes the
 * heat maps H1 and H2 (paper, III-B and III-C).
 *
 * <p>Input: (N, C, H, W). Output: the same type. The least number becomes exactly 0 and the largest
 * exactly 1 (it divides; a product with the reciprocal could miss 1, and a threshold of 1 with it).
 * A constant map gives zeros, not 0 / 0. Computed in F64 and rounded once, so a range beyond F32's
 * does not overflow.
 *
 * <p>NaN is neither the least nor the largest, and stays NaN beside others; a map without two
 * different numbers gives zeros.
 */
@NotDifferentiable("no gradient flows through a mask, and thresholds are all that it is for")
public record MinMaxNormalise() implements Op {
  static final OpFamily FAMILY =
      OpFamily.of(
          "MinMaxNormalise",
          MinMaxNormalise::samples,
          entry(MinMaxNormalise.class, MinMaxNormaliseCpu::run, MinMaxNormaliseCuda::run));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    return List.of(Operands.of(this, inputs, 1).floating(0).rank(0, 4).type(0));
  }

  private static List<Sample> samples() {
    MinMaxNormalise op = new MinMaxNormalise();
    return List.of(
        Sample.of("maps", op, activation(3, 1, 7, 5)),
        Sample.of("over all channels", op, activation(2, 3, 4, 9)),
        Sample.of("longer than a block", op, activation(2, 1, 83, 61)),
        Sample.of("one pixel", op, activation(2, 1, 1, 1)),
        Sample.of(
            "constant, then negative",
            op,
            given(Sample.Role.ACTIVATION, Shape.of(2, 1, 1, 3), 5, 5, 5, -3, -1, -2)),
        Sample.of(
            "a small range far from zero",
            op,
            given(Sample.Role.ACTIVATION, Shape.of(1, 1, 2, 2), 128, 129, 130, 135)));
  }
}
