package org.clusternet.engine.cuda.jcuda;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcuda.Pointer;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnStatus;
import jcuda.runtime.cudaStream_t;
import org.clusternet.engine.cuda.api.Algorithm;
import org.clusternet.engine.cuda.api.ConvolutionProblem;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.cuda.api.Dnn;
import org.clusternet.engine.cuda.api.Stream;
import org.jspecify.annotations.Nullable;

/**
 * cuDNN's convolutions: by the algorithms of its older functions, whose descriptors state the
 * arithmetic, or by plans of its engines.
 */
final class NvidiaDnn implements Dnn {
  private static final Pointer ONE = Pointer.to(new float[] {1});
  private static final Pointer ZERO = Pointer.to(new float[] {0});

  /** How many engines are tried beside the algorithms. */
  private static final int ENGINES = Integer.getInteger("clusternet.cuda.engines", 8);

  private final NvidiaDriver driver;
  private final BackendDescriptor.Library handle = new BackendDescriptor.Library();
  private final DnnAlgorithms algorithms = new DnnAlgorithms(handle);
  private final ConvolutionPlans plans = new ConvolutionPlans(handle, ENGINES);
  private final Map<ConvolutionProblem, DnnDescriptors> descriptors = new HashMap<>();
  private @Nullable Stream bound;

  NvidiaDnn(NvidiaDriver driver) {
    this.driver = driver;
    driver.enter();
    check(JCudnn.cudnnCreate(handle), "cudnnCreate");
  }

  /** JCuda's names of the statuses are those of an older cuDNN; the library's own are not. */
  static void check(int status, String function, Object... arguments) {
    if (status != cudnnStatus.CUDNN_STATUS_SUCCESS) {
      throw CudaException.of(
          Call.text(function, arguments), JCudnn.cudnnGetErrorString(status), "status=" + status);
    }
  }

  /** The version of the library that was loaded, for instance {@code 9.5.1}. */
  static String version() {
    long v = JCudnn.cudnnGetVersion();
    return "%d.%d.%d".formatted(v / 10_000, v / 100 % 100, v % 100);
  }

  /** Of the CUDA that the library was built for, which need not be that of cuBLAS. */
  static int cudaMajor() {
    return (int) (JCudnn.cudnnGetCudartVersion() / 1000);
  }

  @Override
  public String describe() {
    return "cuDNN %s for CUDA %d".formatted(version(), cudaMajor());
  }

  @Override
  public synchronized List<Algorithm> expected(ConvolutionProblem convolution) {
    driver.enter();
    List<Algorithm> all = new ArrayList<>(plans.of(convolution));
    all.addAll(algorithms.expected(convolution, of(convolution)));
    return all;
  }

  @Override
  public synchronized List<Algorithm> measured(
      ConvolutionProblem convolution, Operands operands, Workspace workspace, Stream stream) {
    driver.enter();
    bind(stream);
    driver.synchronize(stream);
    List<Algorithm> listed = algorithms.measured(convolution, of(convolution), operands, workspace);
    List<Algorithm> compared = new ArrayList<>(plans.of(convolution));
    compared.removeIf(algorithm -> algorithm.workspaceBytes() > workspace.bytes());
    listed.stream().limit(1).forEach(compared::add);
    compared.replaceAll(a -> a.taking(milliseconds(convolution, a, operands, workspace, stream)));
    compared.removeIf(algorithm -> Double.isNaN(algorithm.milliseconds()));
    compared.sort(Comparator.comparingDouble(Algorithm::milliseconds));
    listed.stream().skip(1).forEach(compared::add);
    return compared;
  }

  private double milliseconds(
      ConvolutionProblem convolution,
      Algorithm algorithm,
      Operands operands,
      Workspace workspace,
      Stream stream) {
    Optional<ConvolutionPlan> plan = plans.plan(convolution, algorithm);
    if (plan.isEmpty()) {
      return Stopwatch.milliseconds(
          driver, stream, () -> start(convolution, algorithm, operands, workspace));
    }
    try (BackendDescriptor pack = ConvolutionPlan.pack(operands, workspace)) {
      return Stopwatch.milliseconds(driver, stream, () -> plan.get().plan().execute(handle, pack));
    }
  }

  private DnnDescriptors of(ConvolutionProblem convolution) {
    return descriptors.computeIfAbsent(convolution, DnnDescriptors::new);
  }

  @Override
  public synchronized void run(
      ConvolutionProblem convolution,
      Algorithm algorithm,
      Operands operands,
      Workspace workspace,
      Stream stream) {
    driver.enter();
    bind(stream);
    int status = started(convolution, algorithm, operands, workspace);
    check(
        status,
        "cudnnConvolution",
        "convolution",
        convolution,
        "algorithm",
        algorithm,
        "workspace",
        workspace.bytes());
  }

  private int started(
      ConvolutionProblem convolution, Algorithm algorithm, Operands operands, Workspace workspace) {
    Optional<ConvolutionPlan> plan = plans.plan(convolution, algorithm);
    if (plan.isEmpty()) {
      return start(convolution, algorithm, operands, workspace);
    }
    try (BackendDescriptor pack = ConvolutionPlan.pack(operands, workspace)) {
      return plan.get().plan().execute(handle, pack);
    }
  }

  private int start(
      ConvolutionProblem convolution, Algorithm algorithm, Operands operands, Workspace workspace) {
    DnnDescriptors d = of(convolution);
    Pointer x = Addresses.device(operands.x());
    Pointer w = Addresses.device(operands.w());
    Pointer y = Addresses.device(operands.y());
    Pointer memory = Addresses.device(workspace.address());
    long bytes = workspace.bytes();
    int id = algorithm.id();
    return switch (convolution.pass()) {
      case FORWARD ->
          JCudnn.cudnnConvolutionForward(
              handle, ONE, d.x, x, d.w, w, d.convolution, id, memory, bytes, ZERO, d.y, y);
      case BACKWARD_DATA ->
          JCudnn.cudnnConvolutionBackwardData(
              handle, ONE, d.w, w, d.y, y, d.convolution, id, memory, bytes, ZERO, d.x, x);
      case BACKWARD_FILTER ->
          JCudnn.cudnnConvolutionBackwardFilter(
              handle, ONE, d.x, x, d.y, y, d.convolution, id, memory, bytes, ZERO, d.w, w);
    };
  }

  private void bind(Stream stream) {
    if (!stream.equals(bound)) {
      check(
          JCudnn.cudnnSetStream(handle, new cudaStream_t(NvidiaDriver.handle(stream))),
          "cudnnSetStream");
      bound = stream;
    }
  }

  @Override
  public void close() {
    driver.enter();
    plans.close();
    descriptors.values().forEach(DnnDescriptors::close);
    descriptors.clear();
    check(JCudnn.cudnnDestroy(handle), "cudnnDestroy");
  }
}
