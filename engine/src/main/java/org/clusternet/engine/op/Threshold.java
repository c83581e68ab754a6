package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;
import static org.clusternet.engine.op.family.Sample.Input.activation;
import static org.clusternet.engine.op.family.Sample.Input.given;
import static org.clusternet.engine.op.family.Sample.Input.parameter;
import static org.clusternet.engine.op.family.Sample.Input.positiveParameter;

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
 * A binary mask (paper, Eq. 4 and 7): 1 where the heat map is at least {@code tau}, else 0.
 *
 * <p>Input: a map of any shape. Output: U8 of that shape. Numbers are compared as F64 with {@code
 * tau} as given, not with {@code tau} rounded to the map's type: whatever the type, the same number
 * gets the same answer. NaN is below every threshold.
 *
 * <p>Two maps that differ by rounding (F32 of a device against the F64 oracle) can only disagree at
 * pixels within that rounding of {@code tau}. The ops before this one keep it near one unit in the
 * last place: they sum and take exponentials in F64, keep constants constant, and map the extremes
 * to exactly 0 and 1.
 *
 * @param tau the threshold; not NaN
 */
@NotDifferentiable("a mask is piecewise constant")
public record Threshold(double tau) implements Op {
  static final OpFamily FAMILY =
      OpFamily.of(
          "Threshold",
          Threshold::samples,
          entry(Threshold.class, ThresholdCpu::run, ThresholdCuda::run));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    TensorType map =
        Operands.of(this, inputs, 1)
            .require(!Double.isNaN(tau), "tau must be a number")
            .floating(0)
            .type(0);
    return List.of(map.as(DType.U8));
  }

  private static List<Sample> samples() {
    return List.of(
        Sample.of("of a heat map", new Threshold(0.7), positiveParameter(2, 1, 9, 7)),
        Sample.of("of an activation", new Threshold(-0.25), activation(2, 3, 5, 4)),
        Sample.of("nothing reaches it", new Threshold(100), parameter(1, 1, 3, 3)),
        Sample.of("a scalar", new Threshold(0), parameter()),
        Sample.of(
            "at the threshold",
            new Threshold(0.7),
            given(Sample.Role.PARAMETER, Shape.of(5), 0.7, 0.7f, Math.nextUp(0.7f), 0.75, 0.6999)));
  }
}
