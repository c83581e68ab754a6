package org.clusternet.nn.optim;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.clusternet.engine.op.AdamStep;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.nn.parameter.Parameters;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) over all parameters of a model at once: one op over four
 * flat vectors (parameters, gradients, first and second moments) in one pass over memory.
 *
 * <p>The values that change from step to step, the learning rate and the two bias corrections, are
 * a tensor of three numbers and not attributes of the op. So every step is the same op on the same
 * memory: nothing is allocated, and a device may record the step once and replay it.
 */
public final class Adam implements AutoCloseable {

  /**
   * The constants of the algorithm.
   *
   * @param beta1 decay of the mean of the gradients
   * @param beta2 decay of the mean of their squares
   * @param eps number added to the square root of the second moment
   */
  public record Settings(double beta1, double beta2, double eps) {

    /**
     * Checks the constants.
     *
     * @throws IllegalArgumentException unless the betas are in [0, 1) and eps &gt; 0
     */
    public Settings {
      if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && eps > 0)) {
        throw new IllegalArgumentException(
            "Adam: beta1=%s, beta2=%s, eps=%s; it needs 0 <= beta < 1 and eps > 0"
                .formatted(beta1, beta2, eps));
      }
    }

    /** The defaults of the paper and of PyTorch: 0.9, 0.999, 1e-8. */
    public static Settings defaults() {
      return new Settings(0.9, 0.999, 1e-8);
    }
  }

  private static final int SCHEDULE = 3;

  private final Parameters parameters;
  private final Settings settings;
  private final Device device;
  private final Scope scope;
  private final Tensor firstMoment;
  private final Tensor secondMoment;
  private final Tensor schedule;
  private final Tensor[] inputs;
  private final Tensor[] outputs;
  private final AdamStep op;
  private final MemorySegment staging;
  private long steps;

  /**
   * An optimiser that has made no step.
   *
   * @param parameters initialised or loaded parameters, which must not be closed before this
   * @param settings constants of the algorithm
   */
  public Adam(Parameters parameters, Settings settings) {
    this.parameters = parameters;
    this.settings = settings;
    this.device = parameters.device();
    this.scope = device.scope();
    this.firstMoment = parameters.allocateLike(scope, "adam.m");
    this.secondMoment = parameters.allocateLike(scope, "adam.v");
    this.schedule = scope.allocate(TensorType.of(parameters.dtype(), SCHEDULE));
    this.op = new AdamStep(settings.beta1(), settings.beta2(), settings.eps());
    this.inputs =
        new Tensor[] {
          parameters.values(), parameters.gradients(), firstMoment, secondMoment, schedule
        };
    this.outputs = new Tensor[] {parameters.values(), firstMoment, secondMoment};
    this.staging = Arena.ofAuto().allocate(schedule.type().bytes(), Long.BYTES);
  }

  /**
   * Updates all parameters by one step along the gradients that the last backward pass wrote.
   *
   * @param learningRate learning rate of this step
   * @throws IllegalArgumentException unless the rate is a number of at least 0
   */
  public void step(double learningRate) {
    prepare(learningRate);
    device.run(op, inputs, outputs);
  }

  /**
   * Begins a step: counts it and uploads its learning rate and bias corrections. {@link #apply}
   * does the rest.
   *
   * @param learningRate learning rate of this step
   * @throws IllegalArgumentException unless the rate is a number of at least 0
   */
  public void prepare(double learningRate) {
    if (!(learningRate >= 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Adam: learning rate=" + learningRate + "; it must be a number of at least 0");
    }
    steps++;
    double[] numbers = {
      learningRate,
      1 - StrictMath.pow(settings.beta1(), (double) steps),
      1 - StrictMath.pow(settings.beta2(), (double) steps)
    };
    for (int i = 0; i < SCHEDULE; i++) {
      schedule.dtype().set(staging, i, numbers[i]);
    }
    device.upload(staging, schedule);
  }

  /**
   * Ends the step that {@link #prepare} began. It is the same op on the same memory each time, so
   * that it can be part of a recorded step.
   *
   * @param foundInf scalar of the parameters' type that is not finite if the loss or a gradient is
   *     not; parameters and moments then stay as they are ({@code found_inf} in PyTorch)
   */
  public void apply(Tensor foundInf) {
    Tensor[] guarded = Arrays.copyOf(inputs, inputs.length + 1);
    guarded[inputs.length] = foundInf;
    device.run(op, guarded, outputs);
  }

  /** Number of steps made. */
  public long steps() {
    return steps;
  }

  /**
   * The moments by key, which is {@code adam.m.} or {@code adam.v.} and the key of the parameter.
   * Together with {@link #steps} and the parameters they are all that a resumed run needs.
   */
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.putAll(parameters.slices(firstMoment, "adam.m."));
    tensors.putAll(parameters.slices(secondMoment, "adam.v."));
    return tensors;
  }

  /** The first moments of all parameters as one vector, laid out as {@link Parameters#values}. */
  public Tensor firstMoments() {
    return firstMoment;
  }

  /** The second moments, laid out likewise. */
  public Tensor secondMoments() {
    return secondMoment;
  }

  /** Continues after {@code done} steps; call it once the moments have been loaded. */
  public void resume(long done) {
    if (done < 0) {
      throw new IllegalArgumentException("Adam: steps=" + done + "; it must be at least 0");
    }
    steps = done;
  }

  /** Releases the memory of the moments. */
  @Override
  public void close() {
    scope.close();
  }
}
