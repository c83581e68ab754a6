package org.clusternet.engine.cuda.jcuda;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jcuda.Pointer;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnHandle;
import jcuda.jcudnn.cudnnStatus;
import jcuda.runtime.cudaStream_t;
import org.clusternet.engine.cuda.api.Algorithm;
import org.clusternet.engine.cuda.api.Convolution;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.cuda.api.Dnn;
import org.clusternet.engine.cuda.api.Stream;

/** cuDNN's convolutions. The descriptors of a convolution, which state its arithmetic, are kept. */
final class NvidiaDnn implements Dnn {
  private static final Pointer ONE = Pointer.to(new float[] {1});
  private static final Pointer ZERO = Pointer.to(new float[] {0});

  private final NvidiaDriver driver;
  private final cudnnHandle handle = new cudnnHandle();
  private final DnnAlgorithms algorithms = new DnnAlgorithms(handle);
  private final Map<Convolution, DnnDescriptors> descriptors = new HashMap<>();
  private Stream bound;

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

  /** With the CUDA that the library was built for, which need not be that of cuBLAS. */
  @Override
  public String describe() {
    return "cuDNN %s for CUDA %d".formatted(version(), JCudnn.cudnnGetCudartVersion() / 1000);
  }

  @Override
  public synchronized List<Algorithm> expected(Convolution convolution) {
    driver.enter();
    return algorithms.expected(convolution, of(convolution));
  }

  @Override
  public synchronized List<Algorithm> measured(
      Convolution convolution, Operands operands, Workspace workspace, Stream stream) {
    driver.enter();
    bind(stream);
    driver.synchronize(stream);
    return algorithms.measured(convolution, of(convolution), operands, workspace);
  }

  private DnnDescriptors of(Convolution convolution) {
    return descriptors.computeIfAbsent(convolution, DnnDescriptors::new);
  }

  @Override
  public synchronized void run(
      Convolution convolution,
      Algorithm algorithm,
      Operands operands,
      Workspace workspace,
      Stream stream) {
    driver.enter();
    bind(stream);
    DnnDescriptors d = of(convolution);
    Pointer x = Addresses.device(operands.x());
    Pointer w = Addresses.device(operands.w());
    Pointer y = Addresses.device(operands.y());
    Pointer memory = Addresses.device(workspace.address());
    long bytes = workspace.bytes();
    int id = algorithm.id();
    int status =
        switch (convolution.pass()) {
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
    check(
        status,
        "cudnnConvolution",
        "convolution",
        convolution,
        "algorithm",
        algorithm,
        "workspace",
        bytes);
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
    descriptors.values().forEach(DnnDescriptors::close);
    descriptors.clear();
    check(JCudnn.cudnnDestroy(handle), "cudnnDestroy");
  }
}
