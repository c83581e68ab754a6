package org.clusternet.engine.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.op.Binary;
import org.clusternet.engine.op.BinaryFunction;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.op.family.SampleValues;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Differentiable;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** One call of an op on a device, forward and backward. */
public final class SampleRun {
  private static final int SEED = 7;

  private final Device device;
  private final Sample sample;
  private final SampleValues values;
  private final DType dtype;

  /**
   * A call.
   *
   * @param device where
   * @param sample the op and what is special about its inputs
   * @param values the inputs as numbers
   * @param dtype type in which it is computed
   */
  public SampleRun(Device device, Sample sample, SampleValues values, DType dtype) {
    this.device = device;
    this.sample = sample;
    this.values = values;
    this.dtype = dtype;
  }

  /**
   * What a call gave, in row-major order of the dimensions.
   *
   * @param outputs all of them
   * @param gradients one for each input; null where there is none
   * @param types element types of the outputs
   */
  public record Result(
      List<double[]> outputs, List<double @Nullable []> gradients, List<DType> types) {}

  /** Runs the op once. */
  public Result run() {
    return run(1);
  }

  /**
   * Runs the op some times on the same inputs; the gradients are those of the sum of all first
   * outputs.
   *
   * @throws IllegalStateException if memory is left behind
   */
  public Result run(int times) {
    long before = device.memory().liveBytes();
    Result result = inScope(times);
    long left = device.memory().liveBytes() - before;
    if (left != 0) {
      throw new IllegalStateException(
          sample.op().describe() + ": bytes=" + left + " are left behind");
    }
    return result;
  }

  private Result inScope(int times) {
    try (Scope scope = device.scope();
        Tape tape = new Tape(device)) {
      Tensor[] inputs = new Tensor[values.count()];
      List<Tensor> watched = new ArrayList<>();
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = HostValues.of(device, scope, values.type(i, dtype), values.values(i));
        if (sample.op() instanceof Differentiable && inputs[i].dtype().isFloating()) {
          tape.watch(inputs[i]);
          watched.add(inputs[i]);
        }
      }
      Tensor[] results = tape.run(sample.op(), inputs);
      List<double[]> outputs = new ArrayList<>();
      List<DType> types = new ArrayList<>();
      for (Tensor result : results) {
        outputs.add(HostValues.get(device, result));
        types.add(result.dtype());
      }
      Tensor y = results[0];
      for (int k = 1; k < times; k++) {
        y = tape.apply(new Binary(BinaryFunction.ADD), y, tape.apply(sample.op(), inputs));
      }
      if (!watched.isEmpty()) {
        double[] upstream = upstream(outputs.get(0).length, values.dtype());
        tape.backward(y, HostValues.of(device, scope, y.type(), upstream));
      }
      List<double @Nullable []> gradients = new ArrayList<>();
      for (Tensor input : inputs) {
        gradients.add(watched.contains(input) ? gradient(tape, input) : null);
      }
      return new Result(outputs, gradients, types);
    }
  }

  private double[] gradient(Tape tape, Tensor input) {
    Tensor gradient = tape.gradient(input);
    if (!gradient.type().equals(input.type())) {
      throw new IllegalStateException("gradient " + gradient + " of input " + input);
    }
    return HostValues.get(device, gradient);
  }

  /** A gradient to begin the way back with, exact in a type. */
  public static double[] upstream(int length, DType dtype) {
    Random random = new Random(SEED);
    double[] upstream = new double[length];
    for (int i = 0; i < length; i++) {
      upstream[i] = SampleValues.rounded(random.nextGaussian(), dtype);
    }
    return upstream;
  }
}
