package org.clusternet.engine.cuda;

import org.clusternet.engine.cuda.api.Blas;
import org.clusternet.engine.cuda.api.ConvolutionProblem;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.cuda.api.CudaLibraries;
import org.clusternet.engine.cuda.api.DeviceInfo;
import org.clusternet.engine.cuda.api.Dnn.Operands;
import org.clusternet.engine.cuda.api.Driver;
import org.clusternet.engine.cuda.api.Gemm;
import org.clusternet.engine.cuda.api.Stream;
import org.clusternet.engine.tensor.MemoryPool;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.Launch;

/** What kernels work with, on one stream: all that they start runs in the order of the calls. */
final class StreamCuda implements Cuda {
  private final Driver driver;
  private final Blas blas;
  private final MemoryPool memory;
  private final Stream stream;
  private final CudaSettings settings;
  private final ModuleCache modules;
  private final ConvolutionChoice convolutions;
  private final int residentBlocks;

  StreamCuda(
      CudaLibraries libraries,
      MemoryPool memory,
      Stream stream,
      CudaSettings settings,
      ModuleCache modules,
      ConvolutionChoice convolutions) {
    this.driver = libraries.driver();
    this.blas = libraries.blas();
    this.memory = memory;
    this.stream = stream;
    this.settings = settings;
    this.modules = modules;
    this.convolutions = convolutions;
    DeviceInfo info = driver.info();
    this.residentBlocks =
        info.multiprocessors()
            * Math.max(1, info.threadsPerMultiprocessor() / settings.blockSize());
  }

  @Override
  public void launch(Launch launch) {
    try {
      driver.launch(
          modules.function(launch),
          launch.grid(),
          launch.block(),
          launch.sharedBytes(),
          launch.arguments(),
          stream);
    } catch (CudaException e) {
      throw e.during(launch.toString());
    }
  }

  @Override
  public int blockSize() {
    return settings.blockSize();
  }

  @Override
  public int residentBlocks() {
    return residentBlocks;
  }

  @Override
  public void gemm(Gemm gemm, Tensor a, Tensor b, Tensor c) {
    blas.gemm(gemm, settings.math(), address(a), address(b), address(c), stream);
  }

  @Override
  public void convolve(
      ConvolutionProblem.Pass pass, Tensor x, Tensor w, Tensor y, int stride, int padding) {
    Operands operands = new Operands(address(x), address(w), address(y));
    ConvolutionProblem convolution =
        new ConvolutionProblem(
            pass,
            x.dtype(),
            settings.math(),
            x.shape(),
            w.shape(),
            y.shape(),
            stride,
            padding,
            operands.alignment());
    convolutions.run(convolution, operands);
  }

  @Override
  public void copy(Tensor from, Tensor to) {
    driver.copy(address(from), address(to), from.type().bytes(), stream);
  }

  private static long address(Tensor tensor) {
    return tensor.memory().address();
  }

  @Override
  public Scope scratch() {
    return new Scope(memory);
  }
}
