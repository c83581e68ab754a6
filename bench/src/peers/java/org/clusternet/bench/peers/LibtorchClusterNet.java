package org.clusternet.bench.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.clusternet.benchmark.step.StepTask;

/**
 * The three-headed network as a DJL block: two of {@link LibtorchResNet18}'s feature extractors,
 * the crop between them in TorchScript, three heads. Input: images; output: logits of the primary,
 * the auxiliary and the fusion head.
 */
final class LibtorchClusterNet extends AbstractBlock {
  private static final int FEATURES = 512;

  private final Block primary = addChildBlock("primary", LibtorchResNet18.features());
  private final Block auxiliary = addChildBlock("auxiliary", LibtorchResNet18.features());
  private final Block primaryHead = addChildBlock("primaryHead", head());
  private final Block auxiliaryHead = addChildBlock("auxiliaryHead", head());
  private final Block fusion = addChildBlock("fusion", head());
  private final TorchScript crop;

  LibtorchClusterNet(TorchScript crop) {
    this.crop = crop;
  }

  private static Block head() {
    return Linear.builder().setUnits(StepTask.CLASSES).build();
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    primary.initialize(manager, type, inputs);
    auxiliary.initialize(manager, type, inputs);
    Shape vector = new Shape(inputs[0].get(0), FEATURES);
    primaryHead.initialize(manager, type, vector);
    auxiliaryHead.initialize(manager, type, vector);
    fusion.initialize(manager, type, new Shape(inputs[0].get(0), 2 * FEATURES));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray image = inputs.singletonOrThrow();
    NDArray map = one(primary, store, image, training);
    NDArray first = Pool.globalAvgPool2d(map);
    NDArray logits = one(primaryHead, store, first, training);
    NDArray weight =
        store.getValue(primaryHead.getParameters().get("weight"), image.getDevice(), training);
    NDList region =
        crop.run(
            new NDList(image, map.stopGradient(), logits.stopGradient(), weight.stopGradient()),
            training); // nothing in it asks for a gradient
    NDArray second = Pool.globalAvgPool2d(one(auxiliary, store, region.get(0), training));
    return new NDList(
        logits,
        one(auxiliaryHead, store, second, training),
        one(fusion, store, first.concat(second, 1), training));
  }

  private static NDArray one(Block block, ParameterStore store, NDArray x, boolean training) {
    return block.forward(store, new NDList(x), training).singletonOrThrow();
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape logits = new Shape(inputs[0].get(0), StepTask.CLASSES);
    return new Shape[] {logits, logits, logits};
  }
}
