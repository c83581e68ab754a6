package org.clusternet.engine.op;

import java.util.Arrays;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.FloatRows;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.cpu.bilinear.Bilinear;
import org.clusternet.engine.op.AttentionCrop.Region;
import org.clusternet.engine.region.AttentionMap;
import org.clusternet.engine.region.Box;
import org.clusternet.engine.region.Extent;
import org.clusternet.engine.region.GaussianMask;
import org.clusternet.engine.region.Interpolation;
import org.clusternet.engine.region.ThresholdLevel;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * The oracle is the composition of the single ops, run as they are. The fast path finds the boxes,
 * image by image, from the small map and from one bell per axis ({@link AttentionMap}, {@link
 * GaussianMask}), and crops as {@link CropResize} does.
 */
final class AttentionCropCpu {
  private AttentionCropCpu() {}

  static void run(AttentionCrop op, Tensor[] in, Tensor[] out, Cpu cpu) {
    if (in[0].dtype() == DType.F64) {
      compose(op, in, out, cpu);
      return;
    }
    Box[] boxes = new Box[in[0].dim(0)];
    Finder finder = new Finder(op, in, cpu.simd().floatRows());
    cpu.workers()
        .run(
            boxes.length,
            1,
            (from, to) -> {
              for (int n = (int) from; n < to; n++) {
                boxes[n] = finder.box(n);
              }
            });
    View corners = View.of(out[1]);
    for (int n = 0; n < boxes.length; n++) {
      corners.put(n, 0, boxes[n].xMin());
      corners.put(n, 1, boxes[n].yMin());
      corners.put(n, 2, boxes[n].xMax());
      corners.put(n, 3, boxes[n].yMax());
    }
    Bilinear.forward(in[0], boxes, out[0], cpu);
  }

  private static int[] classes(Op op, Tensor[] in) {
    if (in[3].dtype() == DType.I32) {
      return CamWeightingCpu.classes(op, in, in[3], in[2].dim(0));
    }
    View logits = View.of(in[3]);
    int[] classes = new int[in[3].dim(0)];
    Arrays.setAll(classes, n -> ArgMaxCpu.largest(logits, n, in[3].dim(1)));
    return classes;
  }

  /** Finds the boxes of a batch; it may be shared by threads. */
  private static final class Finder {
    private final boolean intersection;
    private final int height;
    private final int width;
    private final @Nullable Attention attention;
    private final @Nullable Gaussian gaussian;

    Finder(AttentionCrop op, Tensor[] in, FloatRows floats) {
      this.intersection = op.region() == Region.INTERSECTION;
      this.height = in[0].dim(2);
      this.width = in[0].dim(3);
      this.attention = op.region().attention() ? new Attention(op, in, floats) : null;
      this.gaussian = op.region().gaussian() ? new Gaussian(op, in, floats) : null;
    }

    Box box(int n) {
      Extent extent = new Extent();
      if (intersection && attention != null && gaussian != null) {
        attention.mask(n).coverWithin(gaussian.mask(n), extent);
      } else {
        if (attention != null) {
          attention.mask(n).cover(extent);
        }
        if (gaussian != null) {
          gaussian.mask(n).cover(extent);
        }
      }
      return extent.isEmpty() ? new Box(0, 0, width - 1, height - 1) : extent.box();
    }
  }

  /** The masks of the attention maps of a batch. */
  private static final class Attention {
    private final Tensor[] in;
    private final int[] classes;
    private final FloatRows floats;
    private final Interpolation rows;
    private final Interpolation columns;
    private final double bound;

    Attention(AttentionCrop op, Tensor[] in, FloatRows floats) {
      this.in = in;
      this.classes = classes(op, in);
      this.floats = floats;
      this.rows = Interpolation.of(in[1].dim(2), in[0].dim(2));
      this.columns = Interpolation.of(in[1].dim(3), in[0].dim(3));
      this.bound = ThresholdLevel.bound(op.tau1());
    }

    AttentionMap mask(int n) {
      int channels = in[1].dim(1);
      int size = in[1].dim(2) * in[1].dim(3);
      float[] weight = new float[channels];
      float[] features = new float[channels];
      double[] partial = new double[CamWeightingCpu.PARTIALS];
      float[] map = new float[size];
      floats.read(in[2], (long) classes[n] * channels, weight, channels);
      for (int p = 0; p < size; p++) {
        floats.read(in[1], ((long) n * size + p) * channels, features, channels);
        map[p] = (float) CamWeightingCpu.dot(floats, weight, features, channels, partial);
      }
      return new AttentionMap(map, rows, columns, bound);
    }
  }

  /** The masks of the Gaussian maps of a batch. */
  private static final class Gaussian {
    private final Tensor image;
    private final @Nullable Tensor peaks;
    private final FloatRows floats;
    private final GaussianMask.Bells bells;

    Gaussian(AttentionCrop op, Tensor[] in, FloatRows floats) {
      this.image = in[0];
      this.peaks = GaussianMapCpu.peaks(in, op.peaksOperand());
      this.floats = floats;
      double bound = ThresholdLevel.bound(op.tau2());
      this.bells = GaussianMask.Bells.of(image.dim(2), image.dim(3), op.lambda(), bound);
    }

    GaussianMask mask(int n) {
      int centre = GaussianMapCpu.centre(image, peaks, n, floats);
      return new GaussianMask(bells, centre % image.dim(3), centre / image.dim(3));
    }
  }

  private static void compose(AttentionCrop op, Tensor[] in, Tensor[] out, Cpu cpu) {
    TensorType image = in[0].type();
    TensorType maps = TensorType.of(image.dtype(), image.dim(0), 1, image.dim(2), image.dim(3));
    try (Scope scope = cpu.scratch()) {
      Tensor mask = scope.allocate(maps.as(DType.U8));
      Tensor first = scope.allocate(maps.as(DType.U8));
      if (op.region().attention()) {
        Tensor heat = attentionHeat(in, scope, maps, cpu);
        ThresholdCpu.run(new Threshold(op.tau1()), tensors(heat), tensors(first), cpu);
      }
      Tensor second = scope.allocate(maps.as(DType.U8));
      if (op.region().gaussian()) {
        Tensor heat = gaussianHeat(op, in, scope, maps, cpu);
        ThresholdCpu.run(new Threshold(op.tau2()), tensors(heat), tensors(second), cpu);
      }
      if (op.region().attention() && op.region().gaussian()) {
        MaskCombine.Mode mode =
            op.region() == Region.UNION ? MaskCombine.Mode.UNION : MaskCombine.Mode.INTERSECTION;
        MaskCombineCpu.run(new MaskCombine(mode), tensors(first, second), tensors(mask), cpu);
      } else {
        mask = op.region().attention() ? first : second;
      }
      BoundingBoxCpu.run(new BoundingBox(), tensors(mask), tensors(out[1]), cpu);
      CropResize crop = new CropResize(op.height(), op.width());
      CropResizeCpu.forward(crop, tensors(in[0], out[1]), tensors(out[0]), cpu);
    }
  }

  private static Tensor attentionHeat(Tensor[] in, Scope scope, TensorType maps, Cpu cpu) {
    Tensor classes = in[3];
    if (classes.dtype() != DType.I32) {
      classes = scope.allocate(TensorType.of(DType.I32, maps.dim(0)));
      ArgMaxCpu.run(new ArgMax(), tensors(in[3]), tensors(classes), cpu);
    }
    TensorType features = in[1].type();
    Tensor cam =
        scope.allocate(
            TensorType.of(maps.dtype(), maps.dim(0), 1, features.dim(2), features.dim(3)));
    CamWeightingCpu.forward(new CamWeighting(), tensors(in[1], in[2], classes), tensors(cam), cpu);
    Tensor resized = scope.allocate(maps);
    ResizeBilinear resize = new ResizeBilinear(maps.dim(2), maps.dim(3));
    ResizeBilinearCpu.forward(resize, tensors(cam), tensors(resized), cpu);
    return normalised(resized, scope, cpu);
  }

  private static Tensor gaussianHeat(
      AttentionCrop op, Tensor[] in, Scope scope, TensorType maps, Cpu cpu) {
    @Nullable Tensor peaks = GaussianMapCpu.peaks(in, op.peaksOperand());
    Tensor[] inputs = peaks == null ? tensors(in[0]) : tensors(in[0], peaks);
    Tensor density = scope.allocate(maps);
    GaussianMapCpu.run(new GaussianMap(op.lambda()), inputs, tensors(density), cpu);
    return normalised(density, scope, cpu);
  }

  private static Tensor normalised(Tensor map, Scope scope, Cpu cpu) {
    Tensor heat = scope.allocate(map.type());
    MinMaxNormaliseCpu.run(new MinMaxNormalise(), tensors(map), tensors(heat), cpu);
    return heat;
  }

  private static Tensor[] tensors(Tensor... tensors) {
    return tensors;
  }
}
