package org.clusternet.engine.cuda.emulated;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.clusternet.engine.cuda.api.Algorithm;
import org.clusternet.engine.cuda.api.Convolution;
import org.clusternet.engine.cuda.api.Convolution.Pass;
import org.clusternet.engine.cuda.api.Dnn;
import org.clusternet.engine.cuda.api.MathMode;
import org.clusternet.engine.cuda.api.Stream;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;

/**
 * cuDNN as plain loops in double precision. It offers four algorithms, of which the fastest gives
 * other bits each time and the slowest wants the most memory, and fills the workspace with rubbish
 * as real ones do.
 */
public final class OracleDnn implements Dnn {
  private static final int WORKSPACE = 1 << 12;
  private static final Algorithm ATOMIC = new Algorithm(0, "ATOMIC", WORKSPACE, Double.NaN, false);
  private static final Algorithm PRECOMPUTED =
      new Algorithm(1, "PRECOMPUTED", WORKSPACE / 2, Double.NaN, true);
  private static final Algorithm DIRECT = new Algorithm(2, "DIRECT", 0, Double.NaN, true);
  private static final Algorithm TRANSFORMED =
      new Algorithm(3, "TRANSFORMED", 64 * WORKSPACE, Double.NaN, true);

  private final EmulatedDriver driver;
  private final DeviceArrays arrays;
  private final List<Algorithm> offered;
  private final List<Algorithm> used = new ArrayList<>();
  private int measurements;
  private int runs;

  /** On the memory of {@code driver}. */
  public OracleDnn(EmulatedDriver driver) {
    this(driver, List.of(ATOMIC, PRECOMPUTED, DIRECT, TRANSFORMED));
  }

  private OracleDnn(EmulatedDriver driver, List<Algorithm> offered) {
    this.driver = driver;
    this.arrays = new DeviceArrays(driver.memory());
    this.offered = offered;
  }

  /** One that offers only the algorithms of these names. */
  public OracleDnn only(String... names) {
    Set<String> kept = Set.of(names);
    return new OracleDnn(
        driver, offered.stream().filter(algorithm -> kept.contains(algorithm.name())).toList());
  }

  @Override
  public String describe() {
    return "oracle of cuDNN";
  }

  /** The algorithms of all calls of {@link #run}, in order. */
  public List<Algorithm> used() {
    return List.copyOf(used);
  }

  /** How often algorithms were measured. */
  public int measurements() {
    return measurements;
  }

  @Override
  public List<Algorithm> expected(Convolution convolution) {
    return offered;
  }

  @Override
  public List<Algorithm> measured(
      Convolution convolution, Operands operands, Workspace workspace, Stream stream) {
    driver.requireNoCapture(stream, "cudnnFindConvolution");
    measurements++;
    driver.synchronize(stream);
    List<Algorithm> measured = new ArrayList<>();
    for (Algorithm algorithm : expected(convolution)) {
      if (algorithm.workspaceBytes() <= workspace.bytes()) {
        run(convolution, operands, workspace, algorithm);
        measured.add(timed(algorithm));
      }
    }
    measured.sort(Comparator.comparingDouble(Algorithm::milliseconds));
    return measured;
  }

  private static Algorithm timed(Algorithm a) {
    return new Algorithm(a.id(), a.name(), a.workspaceBytes(), 1 + a.id(), a.deterministic());
  }

  @Override
  public void run(
      Convolution convolution,
      Algorithm algorithm,
      Operands operands,
      Workspace workspace,
      Stream stream) {
    if (workspace.bytes() < algorithm.workspaceBytes()) {
      throw Mistakes.refused("cudnnConvolution(" + convolution + ")", "CUDNN_STATUS_BAD_PARAM");
    }
    used.add(algorithm);
    driver.start(stream, () -> run(convolution, operands, workspace, algorithm));
  }

  private void run(
      Convolution convolution, Operands operands, Workspace workspace, Algorithm algorithm) {
    if (algorithm.workspaceBytes() > 0) {
      driver.memory().fill(workspace.address(), algorithm.workspaceBytes(), (byte) 0x5A);
    }
    Pass pass = convolution.pass();
    double[] x = load(pass == Pass.BACKWARD_DATA, convolution, operands.x(), convolution.x());
    double[] w = load(pass == Pass.BACKWARD_FILTER, convolution, operands.w(), convolution.w());
    double[] y = load(pass == Pass.FORWARD, convolution, operands.y(), convolution.y());
    new ConvolutionLoops(convolution, x, w, y).run();
    switch (pass) {
      case FORWARD -> store(convolution, operands.y(), y, algorithm);
      case BACKWARD_DATA -> store(convolution, operands.x(), x, algorithm);
      case BACKWARD_FILTER -> store(convolution, operands.w(), w, algorithm);
    }
  }

  private double[] load(boolean result, Convolution convolution, long address, Shape shape) {
    if (result) {
      return new double[Math.toIntExact(shape.elements())];
    }
    double[] values = arrays.read(convolution.dtype(), address, shape.elements());
    if (convolution.dtype() == DType.F32 && convolution.math() == MathMode.TF32) {
      DeviceArrays.roundToTf32(values);
    }
    return values;
  }

  /** The algorithm that is not deterministic moves every other run's results by some last bits. */
  private void store(Convolution convolution, long address, double[] values, Algorithm algorithm) {
    runs++;
    if (!algorithm.deterministic() && runs % 2 == 0) {
      for (int i = 0; i < values.length; i++) {
        values[i] *= 1 + 0x1p-22;
      }
    }
    arrays.write(convolution.dtype(), address, values);
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
