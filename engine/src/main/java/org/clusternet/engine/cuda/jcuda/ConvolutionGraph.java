package org.clusternet.engine.cuda.jcuda;

import java.util.ArrayList;
import java.util.List;
import jcuda.jcudnn.cudnnBackendAttributeName;
import jcuda.jcudnn.cudnnBackendAttributeType;
import jcuda.jcudnn.cudnnBackendDescriptorType;
import jcuda.jcudnn.cudnnConvolutionMode;
import jcuda.jcudnn.cudnnDataType;
import org.clusternet.engine.cuda.api.ConvolutionProblem;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;

/** A convolution as a graph of one operation, which cuDNN's engines take. */
final class ConvolutionGraph implements AutoCloseable {
  /** What the operands are known by when a plan is run. */
  static final long X = 'x';

  static final long W = 'w';
  static final long Y = 'y';

  private static final int SPATIAL = 2;

  private final List<BackendDescriptor> descriptors = new ArrayList<>();
  private final BackendDescriptor graph;

  /** The attributes of one of the three operations that are a convolution. */
  private record Operation(int type, int alpha, int beta, int convolution, int x, int w, int y) {

    static Operation of(ConvolutionProblem.Pass pass) {
      return switch (pass) {
        case FORWARD ->
            new Operation(
                cudnnBackendDescriptorType.CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR,
                cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_ALPHA,
                cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_BETA,
                cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC,
                cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X,
                cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W,
                cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_Y);
        case BACKWARD_DATA ->
            new Operation(
                cudnnBackendDescriptorType
                    .CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_DATA_DESCRIPTOR,
                cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_ALPHA,
                cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_BETA,
                cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_CONV_DESC,
                cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DX,
                cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_W,
                cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DY);
        case BACKWARD_FILTER ->
            new Operation(
                cudnnBackendDescriptorType
                    .CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_FILTER_DESCRIPTOR,
                cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_ALPHA,
                cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_BETA,
                cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_CONV_DESC,
                cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_X,
                cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DW,
                cudnnBackendAttributeName.CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DY);
      };
    }
  }

  /**
   * The graph of a convolution.
   *
   * @throws CudaException if cuDNN does not take it
   */
  ConvolutionGraph(ConvolutionProblem c, BackendDescriptor.Library library) {
    try {
      Operation names = Operation.of(c.pass());
      BackendDescriptor operation =
          add(names.type())
              .number(names.alpha(), 1)
              .number(names.beta(), 0)
              .descriptors(names.convolution(), window(c))
              .descriptors(names.x(), tensor(X, c, c.x()))
              .descriptors(names.w(), tensor(W, c, c.w()))
              .descriptors(names.y(), tensor(Y, c, c.y()))
              .finish();
      graph =
          add(cudnnBackendDescriptorType.CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR)
              .descriptors(cudnnBackendAttributeName.CUDNN_ATTR_OPERATIONGRAPH_OPS, operation)
              .library(cudnnBackendAttributeName.CUDNN_ATTR_OPERATIONGRAPH_HANDLE, library)
              .finish();
    } catch (CudaException e) {
      close();
      throw e;
    }
  }

  BackendDescriptor descriptor() {
    return graph;
  }

  private BackendDescriptor add(int type) {
    BackendDescriptor descriptor = new BackendDescriptor(type);
    descriptors.add(descriptor);
    return descriptor;
  }

  private BackendDescriptor window(ConvolutionProblem c) {
    return add(cudnnBackendDescriptorType.CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR)
        .constant(
            cudnnBackendAttributeName.CUDNN_ATTR_CONVOLUTION_COMP_TYPE,
            cudnnBackendAttributeType.CUDNN_TYPE_DATA_TYPE,
            cudnnDataType.CUDNN_DATA_FLOAT)
        .constant(
            cudnnBackendAttributeName.CUDNN_ATTR_CONVOLUTION_CONV_MODE,
            cudnnBackendAttributeType.CUDNN_TYPE_CONVOLUTION_MODE,
            cudnnConvolutionMode.CUDNN_CROSS_CORRELATION)
        .longs(cudnnBackendAttributeName.CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS, SPATIAL)
        .longs(cudnnBackendAttributeName.CUDNN_ATTR_CONVOLUTION_DILATIONS, 1, 1)
        .longs(
            cudnnBackendAttributeName.CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES, c.stride(), c.stride())
        .longs(
            cudnnBackendAttributeName.CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS, c.padding(), c.padding())
        .longs(
            cudnnBackendAttributeName.CUDNN_ATTR_CONVOLUTION_POST_PADDINGS,
            c.padding(),
            c.padding())
        .finish();
  }

  private BackendDescriptor tensor(long id, ConvolutionProblem c, Shape shape) {
    long channels = shape.dim(1);
    long height = shape.dim(2);
    long width = shape.dim(3);
    return add(cudnnBackendDescriptorType.CUDNN_BACKEND_TENSOR_DESCRIPTOR)
        .longs(cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_UNIQUE_ID, id)
        .constant(
            cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_DATA_TYPE,
            cudnnBackendAttributeType.CUDNN_TYPE_DATA_TYPE,
            type(c.dtype()))
        .longs(
            cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_DIMENSIONS,
            shape.dim(0),
            channels,
            height,
            width)
        .longs(
            cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_STRIDES,
            height * width * channels,
            1,
            width * channels,
            channels)
        .longs(cudnnBackendAttributeName.CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT, c.alignment())
        .finish();
  }

  /** cuDNN's constant for a type of elements. */
  static int type(DType type) {
    return type == DType.BF16 ? cudnnDataType.CUDNN_DATA_BFLOAT16 : cudnnDataType.CUDNN_DATA_FLOAT;
  }

  @Override
  public void close() {
    descriptors.reversed().forEach(BackendDescriptor::close);
  }
}
