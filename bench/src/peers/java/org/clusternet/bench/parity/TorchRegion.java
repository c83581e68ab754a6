package org.clusternet.bench.parity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The region of the auxiliary branch (paper, III-B and III-C) in libtorch's ops, image by image.
 *
 * @param cam attention map (1, 1, h, w), Eq. 2
 * @param h1 heat map of the attention map (1, 1, H, W), Eq. 3
 * @param b1 {@code h1 >= tau1}, Eq. 4
 * @param h2 Gaussian heat map, Eq. 5 and 6
 * @param b2 {@code h2 >= tau2}, Eq. 7
 * @param mask their union
 * @param box x_min, y_min, x_max, y_max, inclusive
 * @param crop the region, resized (1, 3, S, S)
 */
record TorchRegion(
    NDArray cam,
    NDArray h1,
    NDArray b1,
    NDArray h2,
    NDArray b2,
    NDArray mask,
    int[] box,
    NDArray crop) {
  private static final int BILINEAR = 1;

  /**
   * Finds the region and crops it.
   *
   * @param map feature map of one image (1, C, h, w)
   * @param logits logits of the primary head (1, K)
   * @param classWeights weights of that head (K, C)
   * @param image (1, 3, H, W)
   * @param tau threshold of both heat maps
   * @param lambda sharpness of the Gaussian
   * @param size height and width of the crop
   */
  static TorchRegion of(
      NDArray map,
      NDArray logits,
      NDArray classWeights,
      NDArray image,
      double tau,
      double lambda,
      int size) {
    long height = image.getShape().get(2);
    long width = image.getShape().get(3);
    long predicted = logits.argMax(1).toLongArray()[0];
    NDArray row = classWeights.get(new NDIndex("{}", predicted)).reshape(1, -1, 1, 1);
    NDArray cam = map.mul(row).sum(new int[] {1}, true);
    NDArray h1 = minMax(resize(cam, height, width));
    NDArray h2 = minMax(gaussian(image, lambda));
    NDArray b1 = h1.gte(tau);
    NDArray b2 = h2.gte(tau);
    NDArray mask = b1.logicalOr(b2);
    int[] box = box(mask.toType(DataType.INT32, true).toIntArray(), (int) width);
    NDArray cut =
        image.get(new NDIndex(":, :, {}:{}, {}:{}", box[1], box[3] + 1, box[0], box[2] + 1));
    return new TorchRegion(cam, h1, b1, h2, b2, mask, box, resize(cut, size, size));
  }

  /**
   * torch.nn.functional.interpolate(mode="bilinear", align_corners=False). DJL asks for
   * antialias=True too, which ours is not; the two differ only where an image is made smaller.
   */
  private static NDArray resize(NDArray x, long height, long width) {
    if (x.size(2) > height || x.size(3) > width) {
      throw new IllegalArgumentException(
          "resize of %s to %d x %d; it must not be made smaller"
              .formatted(x.getShape(), height, width));
    }
    return x.getNDArrayInternal().interpolation(new long[] {height, width}, BILINEAR, false);
  }

  private static NDArray minMax(NDArray x) {
    NDArray min = x.min();
    return x.sub(min).div(x.max().sub(min));
  }

  private static NDArray gaussian(NDArray image, double lambda) {
    NDManager manager = image.getManager();
    long height = image.getShape().get(2);
    long width = image.getShape().get(3);
    long brightest = image.get(new NDIndex("0, 0")).flatten().argMax().toLongArray()[0];
    double sigmaX = width / Math.sqrt(lambda);
    double sigmaY = height / Math.sqrt(lambda);
    DataType type = image.getDataType();
    NDArray x = manager.arange(0, (int) width, 1, type).sub(brightest % width).div(sigmaX);
    NDArray y = manager.arange(0, (int) height, 1, type).sub(brightest / width).div(sigmaY);
    NDArray exponent = y.square().reshape(-1, 1).add(x.square().reshape(1, -1)).div(-2);
    return exponent.exp().div(2 * Math.PI * sigmaX * sigmaY).reshape(1, 1, height, width);
  }

  private static int[] box(int[] mask, int width) {
    int[] box = {width, mask.length, -1, -1};
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] != 0) {
        box[0] = Math.min(box[0], i % width);
        box[1] = Math.min(box[1], i / width);
        box[2] = Math.max(box[2], i % width);
        box[3] = Math.max(box[3], i / width);
      }
    }
    return box;
  }

  /** One of the arrays of several regions as one batch. */
  static NDArray batch(List<TorchRegion> regions, Function<TorchRegion, NDArray> what) {
    NDList list = new NDList();
    regions.forEach(r -> list.add(what.apply(r)));
    return NDArrays.concat(list, 0);
  }

  /**
   * Least distance of the heat maps from the threshold; if it is tiny, rounding could change a
   * mask.
   */
  double margin(double tau) {
    NDArray both = h1.sub(tau).abs().flatten().concat(h2.sub(tau).abs().flatten());
    return both.min().toDoubleArray()[0];
  }

  /** Whether the box is unchanged if the threshold changes by {@code change}. */
  boolean isFirm(double tau, double change) {
    int width = (int) h1.size(3);
    for (double moved : new double[] {tau - change, tau + change}) {
      NDArray other = h1.gte(moved).logicalOr(h2.gte(moved));
      if (!Arrays.equals(box, box(other.toType(DataType.INT32, true).toIntArray(), width))) {
        return false;
      }
    }
    return true;
  }
}
