package org.clusternet.bench.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import org.clusternet.benchmark.step.StepTask;

/** ResNet-18 in inference by DJL's blocks, as its Predictor runs them: no gradients, F32. */
final class LibtorchInference implements PeerPass {
  private final NDManager manager;
  private final Block block = LibtorchResNet18.build(StepTask.CLASSES);
  private final ParameterStore store;
  private final NDArray images;

  /**
   * A network with random weights and its batch.
   *
   * @param task images
   * @param channelsLast whether they are channels-last in memory
   * @param threads number of threads within an op
   */
  LibtorchInference(StepTask task, boolean channelsLast, int threads) {
    Libtorch.start(threads);
    manager = NDManager.newBaseManager("PyTorch");
    block.initialize(manager, DataType.FLOAT32, Libtorch.shape(task));
    StepTask.requireResNet18(LibtorchTraining.count(block));
    block.freezeParameters(true);
    store = new ParameterStore(manager, false);
    images = Libtorch.images(manager, task, channelsLast);
  }

  @Override
  public float run() {
    try (NDManager pass = manager.newSubManager()) {
      pass.tempAttachAll(images);
      NDArray logits = block.forward(store, new NDList(images), false).singletonOrThrow();
      return logits.toFloatArray()[0];
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
