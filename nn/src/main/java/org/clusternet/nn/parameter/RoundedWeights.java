package org.clusternet.nn.parameter;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.op.Cast;
import org.clusternet.engine.op.Fill;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * Copies in BF16 of the weights of convolutions, and their gradients in BF16 before conversion to
 * F32: for devices whose convolutions take operands of one type only. Both have the layout of the
 * F32 master weights, so that adjacent weights are converted in one pass: one for each branch of a
 * network instead of three for each convolution.
 *
 * <p>Before the first {@link #refresh} the copies are NaN, so that a missing call is noticed.
 */
final class RoundedWeights {

  /**
   * Adjacent weights in a flat buffer: elements {@code from} (inclusive) to {@code to} (exclusive).
   */
  private record Run(long from, long to) {
    Tensor of(Tensor flat) {
      return flat.view(TensorType.of(flat.dtype(), Math.toIntExact(to - from)), from);
    }
  }

  private final List<Parameter> weights;
  private final List<Run> runs = new ArrayList<>();
  private final Tensor masters;
  private final Tensor values;
  private final Tensor gradients;

  /**
   * Copies of the weights of convolutions.
   *
   * @param device device of the copies
   * @param scope scope of their memory
   * @param masters flat buffer of all parameters, F32
   * @param all all parameters in that buffer, in the order of their places
   */
  RoundedWeights(Device device, Scope scope, Tensor masters, List<Parameter> all) {
    this.masters = masters;
    this.weights = all.stream().filter(RoundedWeights::isConvolution).toList();
    findRuns(all);
    this.values = filled(device, scope, Double.NaN, "rounded parameters");
    this.gradients = filled(device, scope, 0, "rounded gradients");
    for (Parameter weight : weights) {
      weight.bindOperand(slice(values, weight));
    }
  }

  private static boolean isConvolution(Parameter parameter) {
    return parameter.shape().rank() == 4;
  }

  private void findRuns(List<Parameter> all) {
    boolean open = false;
    for (Parameter parameter : all) {
      long end = parameter.offset() + parameter.shape().elements();
      if (isConvolution(parameter)) {
        long from = open ? runs.removeLast().from() : parameter.offset();
        runs.add(new Run(from, end));
      }
      open = isConvolution(parameter);
    }
  }

  private Tensor filled(Device device, Scope scope, double value, String name) {
    TensorType type = masters.type().as(DType.BF16);
    Tensor tensor = scope.allocate(type).named(name);
    device.run(new Fill(type, value), new Tensor[0], new Tensor[] {tensor});
    return tensor;
  }

  private static Tensor slice(Tensor flat, Parameter parameter) {
    TensorType type = new TensorType(flat.dtype(), parameter.shape());
    return flat.view(type, parameter.offset()).named(parameter.key());
  }

  /** Rounds the master weights into the copies. */
  void refresh(Device device) {
    runs.forEach(run -> cast(device, run.of(masters), run.of(values)));
  }

  /**
   * Asks a tape for the gradients of the copies, to be converted into {@code wide} after the
   * backward pass.
   */
  void watch(Tape tape, Tensor wide) {
    for (Parameter weight : weights) {
      tape.watch(weight.operand(), slice(gradients, weight));
    }
    tape.afterBackward(
        () -> runs.forEach(run -> cast(tape.device(), run.of(gradients), run.of(wide))));
  }

  private static void cast(Device device, Tensor from, Tensor to) {
    device.run(new Cast(to.dtype()), new Tensor[] {from}, new Tensor[] {to});
  }
}
