package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;
import static org.clusternet.engine.op.family.Sample.Input.given;
import static org.clusternet.engine.op.family.Sample.Input.parameter;
import static org.clusternet.engine.op.family.Sample.Input.positiveParameter;

import java.util.ArrayList;
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
 * One step of Adam (Kingma and Ba 2015, algorithm 1) over flat buffers, in one pass: {@code m = b1
 * m + (1 - b1) g; v = b2 v + (1 - b2) g^2; p = p - rate (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) +
 * eps)}, with eps outside the root, where algorithm 1 and PyTorch have it.
 *
 * <p>Inputs: parameters p, gradients g, mean m, mean square v, all (L) of one type, F64 or F32; and
 * the schedule (3) of that type: learning rate, 1 - b1^t, 1 - b2^t of step t (from 1). What changes
 * from step to step is a tensor, so that the op itself, and what a device prepares for it, stays
 * the same. Outputs: p, m, v, written in place.
 *
 * <p>Optionally a scalar of that type, {@code found_inf} as in PyTorch, where it skips a step too.
 * It is a sum here, not a flag: NaN or infinity in it says that the step found such a value, and
 * then nothing is written and the weights stay as they were.
 *
 * @param beta1 decay of the mean, in [0, 1)
 * @param beta2 decay of the mean square, in [0, 1)
 * @param epsilon added to the root, not negative
 */
@NotDifferentiable("it ends a training step")
public record AdamStep(double beta1, double beta2, double epsilon) implements Op {
  static final OpFamily FAMILY =
      OpFamily.of(
          "AdamStep",
          AdamStep::samples,
          entry(AdamStep.class, AdamStepCpu::run, AdamStepCuda::run));

  private static final int[] WRITTEN = {0, 2, 3};

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Operands operands =
        Operands.of(this, inputs, 5, 6)
            .require(beta1 >= 0 && beta1 < 1, "beta1 must be in [0, 1)")
            .require(beta2 >= 0 && beta2 < 1, "beta2 must be in [0, 1)")
            .require(epsilon >= 0, "epsilon must not be negative")
            .dtype(0, DType.F64, DType.F32)
            .rank(0, 1);
    TensorType p = operands.type(0);
    for (int i = 1; i <= 3; i++) {
      operands.parameter(i, p.shape());
    }
    operands.parameter(4, Shape.of(3));
    if (operands.count() == 6) {
      operands.parameter(5, Shape.SCALAR);
    }
    return List.of(p, p, p);
  }

  @Override
  public int inPlace(int output) {
    return WRITTEN[output];
  }

  private static List<Sample> samples() {
    return List.of(
        sample("first step", 1, 1001),
        sample("tenth step", 10, 7),
        sample("of size 1", 3, 1),
        sample("several threads", 100, 70_001),
        sample("found_inf finite", 5, 33, 2.5),
        sample("found_inf NaN", 5, 33, Double.NaN),
        sample("overflown", 5, 4, Double.NEGATIVE_INFINITY));
  }

  private static Sample sample(String name, int step, int length, double... foundInf) {
    AdamStep op = new AdamStep(0.9, 0.999, 1e-8);
    List<Sample.Input> inputs = new ArrayList<>();
    inputs.add(parameter(length));
    inputs.add(parameter(length));
    inputs.add(parameter(length));
    inputs.add(positiveParameter(length));
    inputs.add(
        given(
            Sample.Role.PARAMETER,
            Shape.of(3),
            1e-3,
            1 - Math.pow(op.beta1(), step),
            1 - Math.pow(op.beta2(), step)));
    for (double value : foundInf) {
      inputs.add(given(Sample.Role.PARAMETER, Shape.SCALAR, value));
    }
    return new Sample(name, op, inputs);
  }
}
