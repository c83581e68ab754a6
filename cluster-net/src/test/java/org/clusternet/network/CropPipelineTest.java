package org.clusternet.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.clusternet.engine.Devices;
import org.clusternet.engine.op.MaskCombine;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The region by one op and by its single ops, for all that a configuration may ask for. */
class CropPipelineTest {
  private static final Device CPU = Devices.cpu(2);
  private static final int CHANNELS = 12;

  @AfterAll
  static void close() {
    CPU.close();
  }

  static List<Object[]> cases() {
    List<Object[]> cases = new ArrayList<>();
    for (Variant variant : Variant.values()) {
      for (MaskCombine.Mode combine : MaskCombine.Mode.values()) {
        for (CropConfig.CamClass camClass : CropConfig.CamClass.values()) {
          if (variant.hasAuxiliary()) {
            cases.add(new Object[] {variant, combine, camClass});
          }
        }
      }
    }
    return cases;
  }

  private static CropPipeline.Inputs inputs(
      Scope scope, DType images, DType compute, boolean peaked) {
    Random random = new Random(11);
    return new CropPipeline.Inputs(
        normal(scope, TensorType.of(compute, SmallNetwork.BATCH, CHANNELS, 3, 3), random),
        normal(scope, TensorType.of(images, NetworkConfig.CLASSES, CHANNELS), random),
        normal(scope, TensorType.of(images, SmallNetwork.BATCH, NetworkConfig.CLASSES), random),
        new NetworkInput(
            SmallNetwork.images(CPU, scope, images),
            peaked ? SmallNetwork.peaks(CPU, scope) : null),
        SmallNetwork.labels(CPU, scope));
  }

  private static Tensor normal(Scope scope, TensorType type, Random random) {
    double[] values = new double[(int) type.shape().elements()];
    Arrays.setAll(values, i -> random.nextGaussian());
    return SmallNetwork.tensor(CPU, scope, type, values);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void boxAndCropAreTheSameBitsWithMapsAndWithout(
      Variant variant, MaskCombine.Mode combine, CropConfig.CamClass camClass) {
    CropPipeline pipeline =
        new CropPipeline(variant, new CropConfig(0.6, 0.7, 25, 36, combine, camClass));
    DType[][] types = {{DType.F32, DType.F32}, {DType.F32, DType.BF16}, {DType.F64, DType.F64}};
    for (int i = 0; i < 2 * types.length; i++) {
      DType[] type = types[i / 2];
      try (Scope scope = CPU.scope()) {
        Eager run = new Eager(CPU, scope);
        CropPipeline.Inputs in = inputs(scope, type[0], type[1], i % 2 == 0);
        CropRegion fused = pipeline.region(run, in);
        CropRegion explained = pipeline.regionWithMaps(run, in);
        assertArrayEquals(values(explained.box()), values(fused.box()), "box");
        assertArrayEquals(values(explained.crop()), values(fused.crop()), "crop");
        assertEquals(Optional.empty(), fused.maps());
        CropRegion.Maps maps = explained.maps().orElseThrow();
        assertEquals(variant.attention(), maps.h1() != null);
        assertEquals(variant.gaussian(), maps.h2() != null);
      }
    }
  }

  /** Without the attention mask the box is symmetric about the peak, but for the border. */
  @Test
  void theGaussianLiesAboutTheGivenPeak() {
    CropConfig config =
        new CropConfig(0.7, 0.9, 25, 36, MaskCombine.Mode.UNION, CropConfig.CamClass.PREDICTED);
    CropPipeline pipeline = new CropPipeline(Variant.GAUSSIAN, config);
    try (Scope scope = CPU.scope()) {
      Eager run = new Eager(CPU, scope);
      CropPipeline.Inputs in = inputs(scope, DType.F32, DType.F32, true);
      double[] boxes = values(pipeline.region(run, in).box());
      double[] peaks = SmallNetwork.PEAKS;
      // sigma = 40 / 5, and exp(-d^2 / 2 sigma^2) >= 0.9 up to d = 0.459 sigma = 3.67
      for (int n = 1; n < SmallNetwork.BATCH; n++) {
        assertArrayEquals(
            new double[] {
              Math.max(0, peaks[2 * n] - 3),
              Math.max(0, peaks[2 * n + 1] - 3),
              Math.min(39, peaks[2 * n] + 3),
              Math.min(39, peaks[2 * n + 1] + 3)
            },
            Arrays.copyOfRange(boxes, 4 * n, 4 * n + 4));
      }
    }
  }

  private static double[] values(Tensor tensor) {
    return HostValues.get(CPU, tensor);
  }
}
