package org.clusternet.training;

import org.clusternet.engine.op.Binary;
import org.clusternet.engine.op.BinaryFunction;
import org.clusternet.engine.op.Cast;
import org.clusternet.engine.op.Fill;
import org.clusternet.engine.op.SumTo;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.network.LossTerms;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a step that the host reads, gathered in one tensor so that one copy brings them
 * all: the loss and its terms, and whether the gradients were finite.
 */
final class LossReport {
  private static final int PARTS = 5;
  private static final int FOUND_INF = PARTS;
  private static final Cast COPY = new Cast(DType.F32);

  private final Device device;
  private final Tensor numbers;

  /** A report with memory from {@code scope}. */
  LossReport(Device device, Scope scope) {
    this.device = device;
    TensorType type = TensorType.of(DType.F32, PARTS + 1);
    this.numbers = scope.allocate(type);
    device.run(new Fill(type, Double.NaN), new Tensor[0], new Tensor[] {numbers});
  }

  /**
   * Writes the losses, and the total as what {@link #foundInf} adds to.
   *
   * @param losses the losses; terms that are null are reported as NaN
   */
  void write(Eager run, LossTerms losses) {
    copy(run, losses.total(), 0);
    copy(run, losses.primary(), 1);
    copy(run, losses.auxiliary(), 2);
    copy(run, losses.fusion(), 3);
    copy(run, losses.regression(), 4);
    copy(run, losses.total(), FOUND_INF);
  }

  private void copy(Eager run, @Nullable Tensor scalar, int place) {
    if (scalar != null) {
      run.run(COPY, new Tensor[] {scalar}, new Tensor[] {number(place)});
    }
  }

  /**
   * The total loss plus the sum of the gradients, which is finite if all of them are.
   *
   * @param gradients a vector
   * @return a scalar, which the optimiser takes as its {@code found_inf}
   */
  Tensor foundInf(Eager run, Tensor gradients) {
    Tensor sum = run.apply(new SumTo(Shape.SCALAR), gradients);
    Binary add = new Binary(BinaryFunction.ADD);
    Tensor foundInf = number(FOUND_INF);
    run.run(add, new Tensor[] {number(0), sum}, new Tensor[] {foundInf});
    return foundInf;
  }

  private Tensor number(int place) {
    return numbers.view(new TensorType(DType.F32, Shape.SCALAR), place);
  }

  /**
   * Waits for the step and reads its report; the loss of a step with a gradient that is not finite
   * is NaN.
   */
  LossValues read() {
    double[] v = HostValues.get(device, numbers);
    double total = Double.isFinite(v[FOUND_INF]) ? v[0] : Double.NaN;
    return new LossValues(total, v[1], v[2], v[3], v[4]);
  }
}
