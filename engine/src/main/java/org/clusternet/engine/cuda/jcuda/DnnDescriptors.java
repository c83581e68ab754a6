package org.clusternet.engine.cuda.jcuda;

import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnConvolutionMode;
import jcuda.jcudnn.cudnnDataType;
import jcuda.jcudnn.cudnnFilterDescriptor;
import jcuda.jcudnn.cudnnMathType;
import jcuda.jcudnn.cudnnTensorDescriptor;
import jcuda.jcudnn.cudnnTensorFormat;
import org.clusternet.engine.cuda.api.ConvolutionProblem;
import org.clusternet.engine.cuda.api.MathMode;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;

/** The descriptors of one convolution. */
final class DnnDescriptors implements AutoCloseable {
  final cudnnTensorDescriptor x = new cudnnTensorDescriptor();
  final cudnnFilterDescriptor w = new cudnnFilterDescriptor();
  final cudnnTensorDescriptor y = new cudnnTensorDescriptor();
  final cudnnConvolutionDescriptor convolution = new cudnnConvolutionDescriptor();

  DnnDescriptors(ConvolutionProblem c) {
    int type =
        c.dtype() == DType.BF16
            ? cudnnDataType.CUDNN_DATA_BFLOAT16
            : cudnnDataType.CUDNN_DATA_FLOAT;
    check(JCudnn.cudnnCreateTensorDescriptor(x), "cudnnCreateTensorDescriptor");
    check(JCudnn.cudnnCreateFilterDescriptor(w), "cudnnCreateFilterDescriptor");
    check(JCudnn.cudnnCreateTensorDescriptor(y), "cudnnCreateTensorDescriptor");
    check(JCudnn.cudnnCreateConvolutionDescriptor(convolution), "cudnnCreateConvolutionDescriptor");
    tensor(x, type, c.x());
    tensor(y, type, c.y());
    check(
        JCudnn.cudnnSetFilter4dDescriptor(
            w,
            type,
            cudnnTensorFormat.CUDNN_TENSOR_NHWC,
            c.w().dim(0),
            c.w().dim(1),
            c.w().dim(2),
            c.w().dim(3)),
        "cudnnSetFilter4dDescriptor",
        "format",
        "NHWC",
        "shape",
        c.w());
    check(
        JCudnn.cudnnSetConvolution2dDescriptor(
            convolution,
            c.padding(),
            c.padding(),
            c.stride(),
            c.stride(),
            1,
            1,
            cudnnConvolutionMode.CUDNN_CROSS_CORRELATION,
            cudnnDataType.CUDNN_DATA_FLOAT),
        "cudnnSetConvolution2dDescriptor",
        "convolution",
        c);
    check(
        JCudnn.cudnnSetConvolutionMathType(convolution, mathType(c)),
        "cudnnSetConvolutionMathType",
        "type",
        cudnnMathType.stringFor(mathType(c)));
  }

  private static void tensor(cudnnTensorDescriptor descriptor, int type, Shape shape) {
    check(
        JCudnn.cudnnSetTensor4dDescriptor(
            descriptor,
            cudnnTensorFormat.CUDNN_TENSOR_NHWC,
            type,
            shape.dim(0),
            shape.dim(1),
            shape.dim(2),
            shape.dim(3)),
        "cudnnSetTensor4dDescriptor",
        "format",
        "NHWC",
        "shape",
        shape);
  }

  /** FMA keeps cuDNN from rounding F32 to TF32, which its default allows. */
  private static int mathType(ConvolutionProblem c) {
    if (c.dtype() == DType.BF16) {
      return cudnnMathType.CUDNN_TENSOR_OP_MATH;
    }
    return c.math() == MathMode.TF32
        ? cudnnMathType.CUDNN_DEFAULT_MATH
        : cudnnMathType.CUDNN_FMA_MATH;
  }

  private static void check(int status, String function, Object... arguments) {
    NvidiaDnn.check(status, function, arguments);
  }

  @Override
  public void close() {
    check(JCudnn.cudnnDestroyConvolutionDescriptor(convolution), "cudnnDestroyConvolution");
    check(JCudnn.cudnnDestroyTensorDescriptor(y), "cudnnDestroyTensorDescriptor");
    check(JCudnn.cudnnDestroyFilterDescriptor(w), "cudnnDestroyFilterDescriptor");
    check(JCudnn.cudnnDestroyTensorDescriptor(x), "cudnnDestroyTensorDescriptor");
  }
}
