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
  private static final int HEALTH = PARTS;
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
   * Writes the losses, and the total as the health.
   *
   * @param losses the losses; terms that are null are reported as NaN
   */
  void write(Eager run, LossTerms losses) {
    copy(run, losses.total(), 0);
    copy(run, losses.primary(), 1);
    copy(run, losses.auxiliary(), 2);
    copy(run, losses.fusion(), 3);
    copy(run, losses.regression(), 4);
    copy(run, losses.total(), HEALTH);
  }

  private void copy(Eager run, @Nullable Tensor scalar, int place) {
    if (scalar != null) {
      run.run(COPY, new Tensor[] {scalar}, new Tensor[] {number(place)});
    }
  }

  /**
   * Adds gradients to the health, and gives it.
   *
   * @param gradients a vector, of which the sum is finite if all are
   * @return a scalar
   */
  Tensor health(Eager run, Tensor gradients) {
    Tensor sum = run.apply(new SumTo(Shape.SCALAR), gradients);
    Binary add = new Binary(BinaryFunction.ADD);
    Tensor health = number(HEALTH);
    run.run(add, new Tensor[] {number(0), sum}, new Tensor[] {health});
    return health;
  }

  private Tensor number(int place) {
    return numbers.view(new TensorType(DType.F32, Shape.SCALAR), place);
  }

  /** Waits for the step and reads its report; the loss of one in bad health is NaN. */
  LossValues read() {
    double[] v = HostValues.get(device, numbers);
    double total = Double.isFinite(v[HEALTH]) ? v[0] : Double.NaN;
    return new LossValues(total, v[1], v[2], v[3], v[4]);
  }
}
