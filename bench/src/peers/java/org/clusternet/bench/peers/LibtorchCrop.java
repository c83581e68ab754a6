package org.clusternet.bench.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.clusternet.benchmark.CropCases;
import org.clusternet.benchmark.step.StepTask;

/**
 * The attention crop in libtorch's ops on the whole batch at a time, except for the cut, whose
 * sizes differ: the Gaussian is an outer product, minimum and maximum are found in one pass, and
 * there are no gradients. The inputs are those of our case.
 */
final class LibtorchCrop implements PeerPass {
  private static final int FEATURES = 512;
  private static final int STRIDE = 32;

  private final NDManager manager;
  private final TorchScript crop;
  private final NDArray image;
  private final NDArray map;
  private final NDArray logits;
  private final NDArray weight;

  /**
   * A crop and its batch.
   *
   * @param task images
   * @param threads number of threads within an op
   */
  LibtorchCrop(StepTask task, int threads) {
    Libtorch.start(threads);
    manager = NDManager.newBaseManager("PyTorch");
    crop = new TorchScript("AttentionCrop");
    int small = task.size() / STRIDE;
    image = array(Libtorch.shape(task));
    map = array(new Shape(task.batch(), FEATURES, small, small));
    logits = array(new Shape(task.batch(), StepTask.CLASSES));
    weight = array(new Shape(StepTask.CLASSES, FEATURES));
  }

  private NDArray array(Shape shape) {
    return manager.create(CropCases.input(Math.toIntExact(shape.size())), shape);
  }

  /** Crop (N, 3, S, S) and boxes (N, 4), in the manager of the images. */
  private NDList both() {
    return crop.run(new NDList(image, map, logits, weight), false);
  }

  /** The crop and the boxes, as numbers. */
  float[][] numbers() {
    try (NDManager pass = manager.newSubManager()) {
      pass.tempAttachAll(image);
      NDList both = both();
      long[] boxes = both.get(1).toLongArray();
      float[] wide = new float[boxes.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = boxes[i];
      }
      return new float[][] {both.get(0).toFloatArray(), wide};
    }
  }

  @Override
  public float run() {
    try (NDManager pass = manager.newSubManager()) {
      pass.tempAttachAll(image);
      return both().get(1).getLong(0, 0);
    }
  }

  @Override
  public void close() {
    manager.close();
    crop.close();
  }
}
