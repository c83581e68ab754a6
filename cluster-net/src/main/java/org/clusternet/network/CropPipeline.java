package org.clusternet.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.clusternet.engine.op.ArgMax;
import org.clusternet.engine.op.AttentionCrop;
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
import org.jspecify.annotations.Nullable;

/**
 * From the primary branch's feature map and the image to the region that the auxiliary branch sees
 * (paper, III-B and III-C): by one op, or op by op where the maps in between are wanted. Both ways
 * give the same bits.
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
   * The tensors that a region is found from.
   *
   * @param features feature map M (N, C, h, w)
   * @param classWeights weights of the primary head (K, C)
   * @param logits logits of the primary head (N, K)
   * @param input images in F32 or F64, and their peaks
   * @param labels I32 (N); null in inference
   */
  record Inputs(
      Tensor features,
      Tensor classWeights,
      Tensor logits,
      NetworkInput input,
      @Nullable Tensor labels) {}

  /** The labels where they say whose attention map it is; else null. */
  private @Nullable Tensor decisiveLabels(Inputs in) {
    return config.camClass() == CropConfig.CamClass.LABEL ? in.labels() : null;
  }

  /**
   * Finds and cuts the region, without maps.
   *
   * @param run executor of the forward pass, for its device and scope
   */
  CropRegion region(Executor run, Inputs in) {
    AttentionCrop op =
        new AttentionCrop(
            kind(), config.tau1(), config.tau2(), config.lambda(), config.size(), config.size());
    Executor plain = new Eager(run.device(), run.scope());
    Tensor labels = decisiveLabels(in);
    List<Tensor> operands = new ArrayList<>();
    operands.add(in.input().images());
    if (variant.attention()) {
      Tensor chosen = labels != null ? labels : in.logits();
      operands.addAll(List.of(in.features(), in.classWeights(), chosen));
    }
    Tensor peaks = in.input().peaks();
    if (variant.gaussian() && peaks != null) {
      operands.add(peaks);
    }
    Tensor[] out = plain.run(op, operands.toArray(Tensor[]::new));
    return new CropRegion(out[1], out[0], Optional.empty());
  }

  private AttentionCrop.Region kind() {
    if (variant.attention() && variant.gaussian()) {
      return config.combine() == MaskCombine.Mode.UNION
          ? AttentionCrop.Region.UNION
          : AttentionCrop.Region.INTERSECTION;
    }
    return variant.attention() ? AttentionCrop.Region.ATTENTION : AttentionCrop.Region.GAUSSIAN;
  }

  /**
   * Finds and cuts the region, and keeps the maps that it was found from.
   *
   * @param run executor of the forward pass, for its device and scope
   */
  CropRegion regionWithMaps(Executor run, Inputs in) {
    Executor plain = new Eager(run.device(), run.scope());
    Tensor image = in.input().images();
    Tensor cam = null;
    Tensor h1 = null;
    Tensor b1 = null;
    if (variant.attention()) {
      Tensor labels = decisiveLabels(in);
      Tensor classes = labels != null ? labels : plain.apply(new ArgMax(), in.logits());
      cam = plain.apply(new CamWeighting(), in.features(), in.classWeights(), classes);
      Tensor resized = plain.apply(new ResizeBilinear(image.dim(2), image.dim(3)), cam);
      h1 = plain.apply(new MinMaxNormalise(), resized);
      plain.discard(resized);
      b1 = plain.apply(new Threshold(config.tau1()), h1);
    }
    Tensor h2 = null;
    Tensor b2 = null;
    if (variant.gaussian()) {
      Tensor peaks = in.input().peaks();
      GaussianMap map = new GaussianMap(config.lambda());
      Tensor density = peaks == null ? plain.apply(map, image) : plain.apply(map, image, peaks);
      h2 = plain.apply(new MinMaxNormalise(), density);
      plain.discard(density);
      b2 = plain.apply(new Threshold(config.tau2()), h2);
    }
    Tensor mask = mask(plain, b1, b2);
    Tensor box = plain.apply(new BoundingBox(), mask);
    Tensor crop = plain.apply(new CropResize(config.size(), config.size()), image, box);
    CropRegion.Maps maps = new CropRegion.Maps(cam, h1, b1, h2, b2, mask);
    return new CropRegion(box, crop, Optional.of(maps));
  }

  private Tensor mask(Executor plain, @Nullable Tensor b1, @Nullable Tensor b2) {
    if (b1 != null && b2 != null) {
      return plain.apply(new MaskCombine(config.combine()), b1, b2);
    }
    return Objects.requireNonNull(b1 != null ? b1 : b2, "a variant with a crop has a mask");
  }
}
