package org.clusternet.engine.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.OpException;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.engine.testing.Call;
import org.clusternet.engine.testing.Closeness;
import org.clusternet.engine.testing.Messages;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Against cutting by hand and resizing, against the arithmetic of a grid sampler, and at the edges.
 */
class CropResizeTest {
  private static final Device CPU = Devices.cpu(2);
  private static final int CHANNELS = 3;
  private static final int HEIGHT = 14;
  private static final int WIDTH = 11;
  private static final int[][] BOXES = {
    {2, 3, 9, 12}, {0, 0, 10, 13}, {10, 13, 10, 13}, {4, 0, 4, 13}, {0, 7, 10, 8}
  };

  @AfterAll
  static void close() {
    CPU.close();
  }

  private static double[] image() {
    double[] image = new Random(5).doubles((long) CHANNELS * HEIGHT * WIDTH).toArray();
    Arrays.setAll(image, i -> DType.bf16ToFloat(DType.floatToBf16((float) image[i])));
    return image;
  }

  private static double[] crop(DType dtype, double[] image, int[] box, int height, int width) {
    return Call.of(CPU, new CropResize(height, width))
        .with(dtype, image, 1, CHANNELS, HEIGHT, WIDTH)
        .with(DType.I32, Arrays.stream(box).asDoubleStream().toArray(), 1, 4)
        .run();
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32", "BF16"})
  void isAResizeOfTheCroppedImage(DType dtype) {
    double[] image = image();
    for (int[] box : BOXES) {
      int h = box[3] - box[1] + 1;
      int w = box[2] - box[0] + 1;
      double[] cut = new double[CHANNELS * h * w];
      for (int i = 0; i < cut.length; i++) {
        int y = box[1] + i / w % h;
        cut[i] = image[(i / (h * w) * HEIGHT + y) * WIDTH + box[0] + i % w];
      }
      double[] expected =
          Call.of(CPU, new ResizeBilinear(9, 16)).with(dtype, cut, 1, CHANNELS, h, w).run();
      assertArrayEquals(expected, crop(dtype, image, box, 9, 16), Arrays.toString(box));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32", "BF16"})
  void leavesTheWholeImageAtItsOwnSizeUnchanged(DType dtype) {
    int[] whole = {0, 0, WIDTH - 1, HEIGHT - 1};
    assertArrayEquals(image(), crop(dtype, image(), whole, HEIGHT, WIDTH));
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32", "BF16"})
  void spreadsABoxOfOnePixel(DType dtype) {
    double[] image = image();
    double[] crop = crop(dtype, image, new int[] {7, 5, 7, 5}, 3, 2);
    for (int i = 0; i < crop.length; i++) {
      assertEquals(image[(i / 6 * HEIGHT + 5) * WIDTH + 7], crop[i]);
    }
  }

  /**
   * Sampling points normalised to [-1, 1] over the whole image and back, four weighted corners: how
   * a grid sampler with border padding, which the PyTorch peer uses, arrives at the same crop.
   */
  @Test
  void agreesWithAGridSampler() {
    double[] image = image();
    for (int[] box : BOXES) {
      double[] expected = new double[CHANNELS * 20 * 6];
      for (int i = 0; i < expected.length; i++) {
        double x = gridPosition(i % 6, 6, box[0], box[2], WIDTH);
        double y = gridPosition(i / 6 % 20, 20, box[1], box[3], HEIGHT);
        expected[i] = corners(image, i / 120, y, x);
      }
      String what = Arrays.toString(box);
      Closeness.assertClose(what, expected, crop(DType.F64, image, box, 20, 6), 1e-12, 0);
      Closeness.assertClose(what, expected, crop(DType.F32, image, box, 20, 6), 1e-6, 0);
    }
  }

  private static double gridPosition(int i, int target, int min, int max, int size) {
    double s = Math.max((i + 0.5) / target * (max - min + 1) - 0.5, 0);
    double normalised = (2 * (Math.min(s, max - min) + min) + 1) / size - 1;
    return ((normalised + 1) * size - 1) / 2;
  }

  private static double corners(double[] image, int c, double y, double x) {
    double sum = 0;
    int y0 = (int) Math.floor(y);
    int x0 = (int) Math.floor(x);
    for (int h = y0; h <= y0 + 1; h++) {
      for (int w = x0; w <= x0 + 1; w++) {
        double weight = (1 - Math.abs(y - h)) * (1 - Math.abs(x - w));
        int row = Math.max(0, Math.min(HEIGHT - 1, h));
        int column = Math.max(0, Math.min(WIDTH - 1, w));
        sum += weight * image[(c * HEIGHT + row) * WIDTH + column];
      }
    }
    return sum;
  }

  @Test
  void nothingOutsideTheBoxContributes() {
    double[] image = image();
    int[] box = {2, 3, 9, 12};
    double[] before = crop(DType.F32, image, box, 9, 16);
    for (int i = 0; i < image.length; i++) {
      int y = i / WIDTH % HEIGHT;
      int x = i % WIDTH;
      if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) {
        image[i] = Double.NaN;
      }
    }
    assertArrayEquals(before, crop(DType.F32, image, box, 9, 16));
  }

  @Test
  void namesABoxThatDoesNotLieInItsImage() {
    String types = " of F32(1, 3, 14, 11), I32(1, 4): box of sample 0 is ";
    String remedy = "; it must satisfy 0 <= x_min <= x_max <= 10 and 0 <= y_min <= y_max <= 13";
    int[][] wrong = {{0, 0, 11, 13}, {0, 0, 10, 14}, {-1, 0, 3, 3}, {5, 2, 4, 3}, {5, 4, 5, 3}};
    for (int[] b : wrong) {
      OpException e = assertThrows(OpException.class, () -> crop(DType.F32, image(), b, 2, 2));
      String box = "[x_min=%d, y_min=%d, x_max=%d, y_max=%d]".formatted(b[0], b[1], b[2], b[3]);
      assertEquals("CropResize[height=2, width=2]" + types + box + remedy, Messages.of(e));
    }
  }

  @Test
  void saysWhichOperandDoesNotFit() {
    TensorType image = TensorType.of(DType.F32, 2, 3, 8, 8);
    assertEquals(
        "CropResize[height=2, width=2] of F32(2, 3, 8, 8), I32(3, 4):"
            + " operand 1 must have shape (2, 4)",
        failure(new CropResize(2, 2), image, TensorType.of(DType.I32, 3, 4)));
    assertEquals(
        "CropResize[height=2, width=2] of F32(2, 3, 8, 8), F32(2, 4): operand 1 must be I32",
        failure(new CropResize(2, 2), image, TensorType.of(DType.F32, 2, 4)));
    assertEquals(
        "CropResize[height=2, width=-1] of F32(2, 3, 8, 8), I32(2, 4):"
            + " height and width must be at least 1",
        failure(new CropResize(2, -1), image, TensorType.of(DType.I32, 2, 4)));
  }

  private static String failure(CropResize op, TensorType... types) {
    return Messages.of(assertThrows(OpException.class, () -> op.infer(List.of(types))));
  }
}
