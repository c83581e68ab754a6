package org.clusternet.network;

import org.clusternet.engine.op.ArgMax;
import org.clusternet.engine.op.BoundingBox;
import org.clusternet.engine.op.CamWeighting;
import org.clusternet.engine.op.CropResize;
import org.clusternet.engine.op.GaussianMap;
import org.clusternet.engine.op.MaskCombine;
import org.clusternet.engine.op.MinMaxNormalise;
import org.clusternet.engine.op.ResizeBilinear;
import org.clusternet.engine.op.Threshold;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.tensor.Tensor;

/**
 * From the primary branch's feature map and the image to the region that the auxiliary branch sees
 * (paper, III-B and III-C).
 *
 * <p>Everything here runs unrecorded: no gradient flows through class, masks, box or crop, as the
 * box is a step function of what it is made from.
 */
final class CropPipeline {
  private final Variant variant;
  private final CropConfig config;

  CropPipeline(Variant variant, CropConfig config) {
    this.variant = variant;
    this.config = config;
  }

  /**
   * Finds and cuts the region.
   *
   * @param run executor of the forward pass, for its device and scope
   * @param features feature map M (N, C, h, w)
   * @param classWeights weights of the primary head (K, C)
   * @param logits of the primary head (N, K)
   * @param image input (N, 3, H, W), F32 or F64
   * @param labels I32 (N), or null in inference
   */
  Region region(
      Executor run,
      Tensor features,
      Tensor classWeights,
      Tensor logits,
      Tensor image,
      Tensor labels) {
    Executor plain = new Eager(run.device(), run.scope());
    Tensor cam = null;
    Tensor h1 = null;
    Tensor b1 = null;
    if (variant.attention()) {
      boolean given = labels != null && config.camClass() == CropConfig.CamClass.LABEL;
      Tensor classes = given ? labels : plain.apply(new ArgMax(), logits);
      cam = plain.apply(new CamWeighting(), features, classWeights, classes);
      Tensor resized = plain.apply(new ResizeBilinear(image.dim(2), image.dim(3)), cam);
      h1 = plain.apply(new MinMaxNormalise(), resized);
      plain.discard(resized);
      b1 = plain.apply(new Threshold(config.tau1()), h1);
    }
    Tensor h2 = null;
    Tensor b2 = null;
    if (variant.gaussian()) {
      Tensor density = plain.apply(new GaussianMap(config.lambda()), image);
      h2 = plain.apply(new MinMaxNormalise(), density);
      plain.discard(density);
      b2 = plain.apply(new Threshold(config.tau2()), h2);
    }
    Tensor mask = combine(plain, b1, b2);
    Tensor box = plain.apply(new BoundingBox(), mask);
    Tensor crop = plain.apply(new CropResize(config.size(), config.size()), image, box);
    return new Region(cam, h1, b1, h2, b2, mask, box, crop);
  }

  private Tensor combine(Executor plain, Tensor b1, Tensor b2) {
    if (b1 == null || b2 == null) {
      return b1 == null ? b2 : b1;
    }
    return plain.apply(new MaskCombine(config.combine()), b1, b2);
  }
}
