package org.clusternet.engine.cuda.jcuda;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
import jcuda.jcudnn.cudnnMathType;
import jcuda.jcudnn.cudnnStatus;
import org.clusternet.engine.cuda.api.Algorithm;
import org.clusternet.engine.cuda.api.Convolution;
import org.clusternet.engine.cuda.api.Dnn.Operands;
import org.clusternet.engine.cuda.api.Dnn.Workspace;

/** Which algorithms cuDNN has for a convolution: by its heuristics, or by trying them. */
final class DnnAlgorithms {
  /** Room for every algorithm of a pass with every kind of arithmetic. */
  private static final int MOST = 32;

  private final cudnnHandle handle;

  DnnAlgorithms(cudnnHandle handle) {
    this.handle = handle;
  }

  /** What one of the three kinds of results says. */
  private record Result(
      int status, int algo, String name, float time, long memory, int determinism, int math) {

    static Result of(cudnnConvolutionFwdAlgoPerf p) {
      String name = cudnnConvolutionFwdAlgo.stringFor(p.algo);
      return new Result(p.status, p.algo, name, p.time, p.memory, p.determinism, p.mathType);
    }

    static Result of(cudnnConvolutionBwdDataAlgoPerf p) {
      String name = cudnnConvolutionBwdDataAlgo.stringFor(p.algo);
      return new Result(p.status, p.algo, name, p.time, p.memory, p.determinism, p.mathType);
    }

    static Result of(cudnnConvolutionBwdFilterAlgoPerf p) {
      String name = cudnnConvolutionBwdFilterAlgo.stringFor(p.algo);
      return new Result(p.status, p.algo, name, p.time, p.memory, p.determinism, p.mathType);
    }

    /** Where F32 is to stay F32, the result's kind of arithmetic must not loosen that. */
    Algorithm algorithm(Convolution convolution, boolean timed) {
      int asked = DnnDescriptors.mathType(convolution);
      return new Algorithm(
          algo,
          name,
          asked == cudnnMathType.CUDNN_FMA_MATH ? asked : math,
          memory,
          timed ? time : Double.NaN,
          determinism == cudnnDeterminism.CUDNN_DETERMINISTIC);
    }
  }

  List<Algorithm> expected(Convolution convolution, DnnDescriptors d) {
    d.math(DnnDescriptors.mathType(convolution));
    return switch (convolution.pass()) {
      case FORWARD -> {
        var results = filled(cudnnConvolutionFwdAlgoPerf[]::new, cudnnConvolutionFwdAlgoPerf::new);
        int[] count = new int[1];
        int status =
            JCudnn.cudnnGetConvolutionForwardAlgorithm_v7(
                handle, d.x, d.w, d.convolution, d.y, MOST, count, results);
        yield list(convolution, status, false, results, count[0], Result::of);
      }
      case BACKWARD_DATA -> {
        var results =
            filled(cudnnConvolutionBwdDataAlgoPerf[]::new, cudnnConvolutionBwdDataAlgoPerf::new);
        int[] count = new int[1];
        int status =
            JCudnn.cudnnGetConvolutionBackwardDataAlgorithm_v7(
                handle, d.w, d.y, d.convolution, d.x, MOST, count, results);
        yield list(convolution, status, false, results, count[0], Result::of);
      }
      case BACKWARD_FILTER -> {
        var results =
            filled(
                cudnnConvolutionBwdFilterAlgoPerf[]::new, cudnnConvolutionBwdFilterAlgoPerf::new);
        int[] count = new int[1];
        int status =
            JCudnn.cudnnGetConvolutionBackwardFilterAlgorithm_v7(
                handle, d.x, d.y, d.convolution, d.w, MOST, count, results);
        yield list(convolution, status, false, results, count[0], Result::of);
      }
    };
  }

  List<Algorithm> measured(
      Convolution convolution, DnnDescriptors d, Operands operands, Workspace workspace) {
    d.math(DnnDescriptors.mathType(convolution));
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
        yield list(convolution, status, true, results, count[0], Result::of);
      }
      case BACKWARD_DATA -> {
        var results =
            filled(cudnnConvolutionBwdDataAlgoPerf[]::new, cudnnConvolutionBwdDataAlgoPerf::new);
        int status =
            JCudnn.cudnnFindConvolutionBackwardDataAlgorithmEx(
                handle, d.w, w, d.y, y, d.convolution, d.x, x, MOST, count, results, memory, bytes);
        yield list(convolution, status, true, results, count[0], Result::of);
      }
      case BACKWARD_FILTER -> {
        var results =
            filled(
                cudnnConvolutionBwdFilterAlgoPerf[]::new, cudnnConvolutionBwdFilterAlgoPerf::new);
        int status =
            JCudnn.cudnnFindConvolutionBackwardFilterAlgorithmEx(
                handle, d.x, x, d.y, y, d.convolution, d.w, w, MOST, count, results, memory, bytes);
        yield list(convolution, status, true, results, count[0], Result::of);
      }
    };
  }

  private static <P> P[] filled(IntFunction<P[]> array, Supplier<P> element) {
    P[] results = array.apply(MOST);
    Arrays.setAll(results, i -> element.get());
    return results;
  }

  private static <P> List<Algorithm> list(
      Convolution convolution,
      int status,
      boolean timed,
      P[] results,
      int count,
      Function<P, Result> reader) {
    String function = timed ? "cudnnFindConvolutionAlgorithmEx" : "cudnnGetConvolutionAlgorithm_v7";
    NvidiaDnn.check(status, function, "convolution", convolution);
    return Stream.of(results)
        .limit(count)
        .filter(Objects::nonNull)
        .map(reader)
        .filter(result -> result.status() == cudnnStatus.CUDNN_STATUS_SUCCESS)
        .map(result -> result.algorithm(convolution, timed))
        .toList();
  }
}
