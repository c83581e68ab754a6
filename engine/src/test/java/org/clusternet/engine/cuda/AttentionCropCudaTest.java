package org.clusternet.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.clusternet.engine.Devices;
import org.clusternet.engine.cuda.emulated.EmulatedGpu;
import org.clusternet.engine.cuda.emulated.Order;
import org.clusternet.engine.op.AttentionCrop;
import org.clusternet.engine.op.AttentionCrop.Region;
import org.clusternet.engine.op.CropResize;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.testing.Call;
import org.clusternet.engine.testing.CropCase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The kernels of the crop give the bits of the CPU: boxes exactly, and the crops cut by them too;
 * one by one and fused.
 */
class AttentionCropCudaTest {
  private static final int CASES = 25;
  private static final int[] BLOCKS = {256, 32, 64, 96, 1024};
  private static final Device CPU = Devices.cpu(1);

  @AfterAll
  static void close() {
    CPU.close();
  }

  private static CudaDevice gpu(int threads) {
    return EmulatedGpu.device(Order.COMPUTE_FIRST, EmulatedGpu.settings().blocks(threads));
  }

  @ParameterizedTest
  @EnumSource(Region.class)
  void fusedItGivesTheBitsOfTheCpu(Region region) {
    for (int threads : BLOCKS) {
      try (CudaDevice gpu = gpu(threads)) {
        for (int seed = 0; seed < CASES; seed++) {
          CropCase each = CropCase.random(region, 1000 * threads + seed);
          assertSame(each, each.fuse(CPU), each.fuse(gpu));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Region.class)
  void opByOpItGivesTheBitsOfTheCpu(Region region) {
    try (CudaDevice gpu = gpu(128)) {
      for (int seed = 0; seed < CASES; seed++) {
        CropCase each = CropCase.random(region, seed);
        assertSame(each, each.compose(CPU), each.compose(gpu));
      }
    }
  }

  private static void assertSame(CropCase each, CropCase.Result expected, CropCase.Result actual) {
    assertArrayEquals(expected.box(), actual.box(), () -> "box of " + each);
    assertArrayEquals(expected.crop(), actual.crop(), () -> "crop of " + each);
  }

  /** A class that does not exist sets nothing, so the box is that of the Gaussian alone. */
  @Test
  void doesNotFollowAClassThatDoesNotExist() {
    double[] image = new double[20 * 20];
    image[7 * 20 + 9] = 1;
    try (CudaDevice gpu = gpu(64)) {
      double[] alone =
          Call.of(CPU, new AttentionCrop(Region.GAUSSIAN, 0.7, 0.7, 25, 8, 8))
              .with(DType.F32, image, 1, 1, 20, 20)
              .run();
      for (double wrong : new double[] {-1, 2}) {
        double[] crop =
            Call.of(gpu, new AttentionCrop(Region.UNION, 0.7, 0.7, 25, 8, 8))
                .with(DType.F32, image, 1, 1, 20, 20)
                .with(DType.F32, new double[] {1, 2, 3, 4}, 1, 1, 2, 2)
                .with(DType.F32, new double[] {1, 1}, 2, 1)
                .with(DType.I32, new double[] {wrong}, 1)
                .run();
        assertArrayEquals(alone, crop);
      }
    }
  }

  /** A box that does not lie in its image gives NaN for that image and no other. */
  @Test
  void doesNotFollowABoxOutsideOfTheImage() {
    double[] images = new double[4 * 5 * 5];
    Arrays.fill(images, 3);
    double[] boxes = {0, 0, 5, 4, 1, 1, 3, 3, 2, 2, 1, 3, 0, -1, 2, 2};
    try (CudaDevice gpu = gpu(64)) {
      double[] crops =
          Call.of(gpu, new CropResize(2, 2))
              .with(DType.F32, images, 4, 1, 5, 5)
              .with(DType.I32, boxes, 4, 4)
              .run();
      for (int i = 0; i < crops.length; i++) {
        assertEquals(i / 4 == 1 ? 3 : Double.NaN, crops[i]);
      }
    }
  }
}
