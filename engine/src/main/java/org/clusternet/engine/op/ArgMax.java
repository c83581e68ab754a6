package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;
import static org.clusternet.engine.op.family.Sample.Input.activation;
import static org.clusternet.engine.op.family.Sample.Input.given;
import static org.clusternet.engine.op.family.Sample.Input.parameter;

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
 * The class that a head predicts: the index of the largest number of each row.
 *
 * <p>Input: logits (N, K). Output: I32 (N). Among equals the first wins. NaN is never the largest;
 * a row of nothing else gives 0.
 */
@NotDifferentiable("an index is piecewise constant")
public record ArgMax() implements Op {
  static final OpFamily FAMILY =
      OpFamily.of("ArgMax", ArgMax::samples, entry(ArgMax.class, ArgMaxCpu::run, ArgMaxCuda::run));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    TensorType logits = Operands.of(this, inputs, 1).floating(0).rank(0, 2).type(0);
    return List.of(TensorType.of(DType.I32, logits.dim(0)));
  }

  private static List<Sample> samples() {
    ArgMax op = new ArgMax();
    return List.of(
        Sample.of("three classes", op, parameter(9, 3)),
        Sample.of("of activations", op, activation(5, 7)),
        Sample.of("one class", op, parameter(4, 1)),
        Sample.of("one of one", op, parameter(1, 1)),
        Sample.of(
            "ties",
            op,
            given(Sample.Role.PARAMETER, Shape.of(3, 3), 2, 2, 1, -1, 0.5, 0.5, -3, -3, -3)));
  }
}
