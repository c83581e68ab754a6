package org.clusternet.engine.cuda.doctor;

import java.util.List;
import org.clusternet.engine.check.LibraryRefusedException;
import org.clusternet.engine.cuda.api.Algorithm;
import org.clusternet.engine.cuda.api.Blas;
import org.clusternet.engine.cuda.api.ConvolutionProblem;
import org.clusternet.engine.cuda.api.Dnn;
import org.clusternet.engine.cuda.api.Gemm;
import org.clusternet.engine.cuda.api.MathMode;
import org.clusternet.engine.cuda.api.Stream;

/**
 * In place of cuBLAS and cuDNN where only our own kernels are checked: a tool that watches every
 * access to memory then sees no other, and neither library has to be there.
 */
final class RefusedLibraries {
  private RefusedLibraries() {}

  static Blas blas() {
    return new Blas() {
      @Override
      public String describe() {
        return "no cuBLAS";
      }

      @Override
      public void gemm(Gemm gemm, MathMode math, long a, long b, long c, Stream stream) {
        throw new LibraryRefusedException("cuBLAS");
      }

      @Override
      public void close() {}
    };
  }

  static Dnn dnn() {
    return new Dnn() {
      @Override
      public String describe() {
        return "no cuDNN";
      }

      @Override
      public List<Algorithm> expected(ConvolutionProblem convolution) {
        throw new LibraryRefusedException("cuDNN");
      }

      @Override
      public List<Algorithm> measured(
          ConvolutionProblem convolution, Operands operands, Workspace workspace, Stream stream) {
        throw new LibraryRefusedException("cuDNN");
      }

      @Override
      public void run(
          ConvolutionProblem convolution,
          Algorithm algorithm,
          Operands operands,
          Workspace workspace,
          Stream stream) {
        throw new LibraryRefusedException("cuDNN");
      }

      @Override
      public void close() {}
    };
  }
}
