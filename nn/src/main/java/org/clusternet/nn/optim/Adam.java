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
 * flat vectors (parameters, gradients, first and second moments), one pass over memory.
 *
 * <p>What changes from step to step, the learning rate and the two bias corrections, is a tensor of
 * three numbers and no attribute of the op, so that every step is the same op on the same memory:
 * nothing is allocated, and a device may record the step once and replay it.
 */
public final class Adam implements AutoCloseable {

  /**
   * The constants of the algorithm.
   *
   * @param beta1 decay of the mean of the gradients
   * @param beta2 decay of the mean of their squares
   * @param eps added to the root
   */
  public record Settings(double beta1, double beta2, double eps) {

    /**
     * Constants.
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

    /** The defaults of the algorithm's paper, of PyTorch and of ours: 0.9, 0.999, 1e-8. */
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
   * @param parameters initialised or loaded; they must outlive this
   * @param settings the constants
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
   * Moves all parameters by one step along the gradients that the last backward pass wrote.
   *
   * @param learningRate of this step
   * @throws IllegalArgumentException unless the rate is a number of at least 0
   */
  public void step(double learningRate) {
    prepare(learningRate);
    device.run(op, inputs, outputs);
  }

  /**
   * Begins a step: counts it, and uploads what it has of its own. {@link #apply} does the rest.
   *
   * @param learningRate of this step
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
   * Ends the step that {@link #prepare} began; the same op on the same memory each time, fit to be
   * part of a recorded step.
   *
   * @param health a scalar of the parameters' type: unless it is a finite number, parameters and
   *     moments stay as they are
   */
  public void apply(Tensor health) {
    Tensor[] guarded = Arrays.copyOf(inputs, inputs.length + 1);
    guarded[inputs.length] = health;
    device.run(op, guarded, outputs);
  }

  /** Number of steps made. */
  public long steps() {
    return steps;
  }

  /**
   * The moments by key, {@code adam.m.} and {@code adam.v.} before the parameter's: together with
   * {@link #steps} and the parameters all that a resumed run needs.
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

  /** The second moments, as {@link #firstMoments}. */
  public Tensor secondMoments() {
    return secondMoment;
  }

  /** Continues after {@code done} steps, once the moments have been loaded. */
  public void resume(long done) {
    if (done < 0) {
      throw new IllegalArgumentException("Adam: steps=" + done + "; it must be at least 0");
    }
    steps = done;
  }

  /** Ends the memory of the moments. */
  @Override
  public void close() {
    scope.close();
  }
}
