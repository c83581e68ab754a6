package org.clusternet.engine.cuda.jcuda;

import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_EXECUTION_PLAN_WORKSPACE_SIZE;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_VARIANT_PACK_DATA_POINTERS;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_VARIANT_PACK_UNIQUE_IDS;
import static jcuda.jcudnn.cudnnBackendAttributeName.CUDNN_ATTR_VARIANT_PACK_WORKSPACE;
import static jcuda.jcudnn.cudnnBackendDescriptorType.CUDNN_BACKEND_VARIANT_PACK_DESCRIPTOR;

import org.clusternet.engine.cuda.api.Algorithm;
import org.clusternet.engine.cuda.api.Dnn.Operands;
import org.clusternet.engine.cuda.api.Dnn.Workspace;

/**
 * A convolution by one of cuDNN's engines, ready to run.
 *
 * @param plan finished
 * @param configuration configuration of the engine, which lives as long as the plan
 * @param algorithm what is known of it, without a time
 */
record ConvolutionPlan(BackendDescriptor plan, BackendDescriptor configuration, Algorithm algorithm)
    implements AutoCloseable {

  /** The memory that a finished plan needs. */
  static long workspace(BackendDescriptor plan) {
    return plan.number(CUDNN_ATTR_EXECUTION_PLAN_WORKSPACE_SIZE);
  }

  /** What it is run on, to be closed. */
  static BackendDescriptor pack(Operands operands, Workspace workspace) {
    return new BackendDescriptor(CUDNN_BACKEND_VARIANT_PACK_DESCRIPTOR)
        .longs(
            CUDNN_ATTR_VARIANT_PACK_UNIQUE_IDS,
            ConvolutionGraph.X,
            ConvolutionGraph.W,
            ConvolutionGraph.Y)
        .addresses(CUDNN_ATTR_VARIANT_PACK_DATA_POINTERS, operands.x(), operands.w(), operands.y())
        .addresses(CUDNN_ATTR_VARIANT_PACK_WORKSPACE, workspace.address())
        .finish();
  }

  @Override
  public void close() {
    plan.close();
    configuration.close();
  }
}
