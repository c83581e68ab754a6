package org.clusternet.engine.cuda.jcuda;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import jcuda.Pointer;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnConvolutionBwdDataAlgo;
import jcuda.jcudnn.cudnnConvolutionBwdDataAlgoPerf;
import jcuda.jcudnn.cudnnConvolutionBwdFilterAlgo;
import jcuda.jcudnn.cudnnConvolutionBwdFilterAlgoPerf;
import jcuda.jcudnn.cudnnConvolutionFwdAlgo;
import jcuda.jcudnn.cudnnConvolutionFwdAlgoPerf;
import jcuda.jcudnn.cudnnDeterminism;
import jcuda.jcudnn.cudnnHandle;
import jcuda.jcudnn.cudnnStatus;
import org.clusternet.engine.cuda.api.Algorithm;
import org.clusternet.engine.cuda.api.ConvolutionProblem;
import org.clusternet.engine.cuda.api.Dnn.Operands;
import org.clusternet.engine.cuda.api.Dnn.Workspace;

/**
 * Which algorithms cuDNN has for a convolution: by its heuristics, or by trying them.
 *
 * <p>A result also says which arithmetic it is about, and one algorithm may be listed for several;
 * but JCuda 12.6 does not hand that on for two of the three passes. So an algorithm is taken once,
 * at its best, to be run with the arithmetic that the descriptors ask for, and its workspace is
 * asked for anew.
 */
final class DnnAlgorithms {
  /** Room for every algorithm of a pass with every kind of arithmetic. */
  private static final int MOST = 32;

  private final cudnnHandle handle;

  DnnAlgorithms(cudnnHandle handle) {
    this.handle = handle;
  }

  /** What one of the three kinds of results says. */
  private record Result(int status, int algo, String name, float time, int determinism) {

    static Result of(cudnnConvolutionFwdAlgoPerf p) {
      String name = cudnnConvolutionFwdAlgo.stringFor(p.algo);
      return new Result(p.status, p.algo, name, p.time, p.determinism);
    }

    static Result of(cudnnConvolutionBwdDataAlgoPerf p) {
      String name = cudnnConvolutionBwdDataAlgo.stringFor(p.algo);
      return new Result(p.status, p.algo, name, p.time, p.determinism);
    }

    static Result of(cudnnConvolutionBwdFilterAlgoPerf p) {
      String name = cudnnConvolutionBwdFilterAlgo.stringFor(p.algo);
      return new Result(p.status, p.algo, name, p.time, p.determinism);
    }

    Algorithm algorithm(long workspace, boolean timed) {
      return new Algorithm(
          algo,
          name,
          workspace,
          timed ? time : Double.NaN,
          determinism == cudnnDeterminism.CUDNN_DETERMINISTIC);
    }
  }

  List<Algorithm> expected(ConvolutionProblem convolution, DnnDescriptors d) {
    return switch (convolution.pass()) {
      case FORWARD -> {
        var results = filled(cudnnConvolutionFwdAlgoPerf[]::new, cudnnConvolutionFwdAlgoPerf::new);
        int[] count = new int[1];
        int status =
            JCudnn.cudnnGetConvolutionForwardAlgorithm_v7(
                handle, d.x, d.w, d.convolution, d.y, MOST, count, results);
        yield list(convolution, d, status, false, results, count[0], Result::of);
      }
      case BACKWARD_DATA -> {
        var results =
            filled(cudnnConvolutionBwdDataAlgoPerf[]::new, cudnnConvolutionBwdDataAlgoPerf::new);
        int[] count = new int[1];
        int status =
            JCudnn.cudnnGetConvolutionBackwardDataAlgorithm_v7(
                handle, d.w, d.y, d.convolution, d.x, MOST, count, results);
        yield list(convolution, d, status, false, results, count[0], Result::of);
      }
      case BACKWARD_FILTER -> {
        var results =
            filled(
                cudnnConvolutionBwdFilterAlgoPerf[]::new, cudnnConvolutionBwdFilterAlgoPerf::new);
        int[] count = new int[1];
        int status =
            JCudnn.cudnnGetConvolutionBackwardFilterAlgorithm_v7(
                handle, d.x, d.y, d.convolution, d.w, MOST, count, results);
        yield list(convolution, d, status, false, results, count[0], Result::of);
      }
    };
  }

  List<Algorithm> measured(
      ConvolutionProblem convolution, DnnDescriptors d, Operands operands, Workspace workspace) {
    Pointer x = Addresses.device(operands.x());
    Pointer w = Addresses.device(operands.w());
    Pointer y = Addresses.device(operands.y());
    Pointer memory = Addresses.device(workspace.address());
    long bytes = workspace.bytes();
    int[] count = new int[1];
    return switch (convolution.pass()) {
      case FORWARD -> {
        var results = filled(cudnnConvolutionFwdAlgoPerf[]::new, cudnnConvolutionFwdAlgoPerf::new);
        int status =
            JCudnn.cudnnFindConvolutionForwardAlgorithmEx(
                handle, d.x, x, d.w, w, d.convolution, d.y, y, MOST, count, results, memory, bytes);
        yield list(convolution, d, status, true, results, count[0], Result::of);
      }
      case BACKWARD_DATA -> {
        var results =
            filled(cudnnConvolutionBwdDataAlgoPerf[]::new, cudnnConvolutionBwdDataAlgoPerf::new);
        int status =
            JCudnn.cudnnFindConvolutionBackwardDataAlgorithmEx(
                handle, d.w, w, d.y, y, d.convolution, d.x, x, MOST, count, results, memory, bytes);
        yield list(convolution, d, status, true, results, count[0], Result::of);
      }
      case BACKWARD_FILTER -> {
        var results =
            filled(
                cudnnConvolutionBwdFilterAlgoPerf[]::new, cudnnConvolutionBwdFilterAlgoPerf::new);
        int status =
            JCudnn.cudnnFindConvolutionBackwardFilterAlgorithmEx(
                handle, d.x, x, d.y, y, d.convolution, d.w, w, MOST, count, results, memory, bytes);
        yield list(convolution, d, status, true, results, count[0], Result::of);
      }
    };
  }

  private static <P> P[] filled(IntFunction<P[]> array, Supplier<P> element) {
    P[] results = array.apply(MOST);
    Arrays.setAll(results, i -> element.get());
    return results;
  }

  /** The results that can be run, each algorithm once, at its best. */
  private <P> List<Algorithm> list(
      ConvolutionProblem convolution,
      DnnDescriptors d,
      int status,
      boolean timed,
      P[] results,
      int count,
      Function<P, Result> reader) {
    String function = timed ? "cudnnFindConvolutionAlgorithmEx" : "cudnnGetConvolutionAlgorithm_v7";
    NvidiaDnn.check(status, function, "convolution", convolution);
    Map<Integer, Algorithm> algorithms = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      Result result = reader.apply(results[i]);
      if (result.status() == cudnnStatus.CUDNN_STATUS_SUCCESS) {
        OptionalLong workspace = workspace(convolution, d, result.algo());
        if (workspace.isPresent()) {
          algorithms.putIfAbsent(result.algo(), result.algorithm(workspace.getAsLong(), timed));
        }
      }
    }
    return List.copyOf(algorithms.values());
  }

  /** What an algorithm needs with the arithmetic of the descriptors; empty if it has it not. */
  private OptionalLong workspace(ConvolutionProblem convolution, DnnDescriptors d, int algo) {
    long[] bytes = new long[1];
    int status =
        switch (convolution.pass()) {
          case FORWARD ->
              JCudnn.cudnnGetConvolutionForwardWorkspaceSize(
                  handle, d.x, d.w, d.convolution, d.y, algo, bytes);
          case BACKWARD_DATA ->
              JCudnn.cudnnGetConvolutionBackwardDataWorkspaceSize(
                  handle, d.w, d.y, d.convolution, d.x, algo, bytes);
          case BACKWARD_FILTER ->
              JCudnn.cudnnGetConvolutionBackwardFilterWorkspaceSize(
                  handle, d.x, d.y, d.convolution, d.w, algo, bytes);
        };
    return status == cudnnStatus.CUDNN_STATUS_SUCCESS
        ? OptionalLong.of(bytes[0])
        : OptionalLong.empty();
  }
}
