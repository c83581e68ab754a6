package org.clusternet.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.clusternet.kernels.emulator.LaunchReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Crops and resized images at every block size against the bilinear formula in F64. */
class CropKernelTest {
  private static final Dim GRID = Dim.of(5);

  static List<Object[]> resizes() {
    return List.of(
        new Object[] {new Resize(2, 3, 11, 9, 20, 17), new int[] {2, 1, 5, 8, 0, 0, 8, 10}},
        new Object[] {new Resize(1, 1, 7, 30, 33, 40), new int[] {29, 0, 29, 6}},
        new Object[] {new Resize(2, 4, 40, 37, 5, 6), new int[] {0, 0, 36, 39, 7, 3, 30, 38}},
        new Object[] {new Resize(1, 3, 16, 16, 16, 16), new int[] {0, 0, 15, 15}},
        new Object[] {new Resize(1, 70, 3, 2, 1, 50), new int[] {0, 1, 1, 2}});
  }

  /** Position of sample i between the values of an axis, as the definition has it. */
  private static double position(int i, int length, int target) {
    return Math.min(Math.max((i + 0.5) * length / target - 0.5, 0), length - 1);
  }

  /** Calls with the place of one of the four neighbours of an output element, and its weight. */
  private interface Neighbour {
    void of(int output, int input, double weight);
  }

  private static void walk(Resize r, int[] boxes, Neighbour neighbour) {
    for (int n = 0; n < r.samples(); n++) {
      int height = boxes[4 * n + 3] - boxes[4 * n + 1] + 1;
      int width = boxes[4 * n + 2] - boxes[4 * n] + 1;
      for (int i = 0; i < r.height() * r.width(); i++) {
        double v = position(i / r.width(), height, r.height());
        double u = position(i % r.width(), width, r.width());
        for (int corner = 0; corner < 4; corner++) {
          int y = Math.min((int) v + corner / 2, height - 1);
          int x = Math.min((int) u + corner % 2, width - 1);
          double down = corner / 2 == 1 ? v - (int) v : 1 - (v - (int) v);
          double along = corner % 2 == 1 ? u - (int) u : 1 - (u - (int) u);
          int at = (n * r.inHeight() + boxes[4 * n + 1] + y) * r.inWidth() + boxes[4 * n] + x;
          for (int c = 0; c < r.channels(); c++) {
            int output = (n * r.height() * r.width() + i) * r.channels() + c;
            neighbour.of(output, at * r.channels() + c, down * along);
          }
        }
      }
    }
  }

  private static int outputs(Resize r) {
    return r.samples() * r.channels() * r.height() * r.width();
  }

  @ParameterizedTest
  @MethodSource("resizes")
  void cropsAreInterpolated(Resize r, int[] boxes) {
    for (Element element : List.of(Element.F32, Element.BF16)) {
      double[] image = Gpu.normal(element, (int) r.inElements(), 1);
      double[] expected = new double[outputs(r)];
      walk(r, boxes, (output, input, weight) -> expected[output] += weight * image[input]);
      for (int threads : new int[] {32, 64, 96, 256, Resize.MAX_THREADS}) {
        Gpu gpu = new Gpu();
        long crop = gpu.empty(element, expected.length);
        gpu.launch(
            new CropResizeLaunch.Forward(
                element, gpu.of(element, image), gpu.ints(boxes), crop, r, GRID, Dim.of(threads)));
        Checks.assertClose(
            "crop", expected, gpu.read(element, crop, expected.length), Checks.tolerance(element));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("resizes")
  void gradientsOfCropsAreGathered(Resize r, int[] boxes) {
    for (Element element : List.of(Element.F32, Element.BF16)) {
      double[] upstream = Gpu.normal(element, outputs(r), 2);
      double[] expected = new double[(int) r.inElements()];
      walk(r, boxes, (output, input, weight) -> expected[input] += weight * upstream[output]);
      for (int threads : new int[] {32, 1024}) {
        Gpu gpu = new Gpu();
        long gradient = gpu.empty(element, expected.length);
        gpu.launch(
            new CropResizeLaunch.Backward(
                element,
                gpu.of(element, upstream),
                gpu.ints(boxes),
                gradient,
                r,
                GRID,
                Dim.of(threads)));
        Checks.assertClose(
            "gradient",
            expected,
            gpu.read(element, gradient, expected.length),
            Checks.tolerance(element));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("resizes")
  void resizingIsCroppingTheWholeImage(Resize r, int[] boxes) {
    int[] whole = new int[boxes.length];
    for (int n = 0; n < r.samples(); n++) {
      whole[4 * n + 2] = r.inWidth() - 1;
      whole[4 * n + 3] = r.inHeight() - 1;
    }
    Gpu gpu = new Gpu();
    Dim block = Dim.of(64);
    Element element = Element.F32;
    long image = gpu.of(element, Gpu.normal(element, (int) r.inElements(), 3));
    long box = gpu.ints(whole);
    long crop = gpu.empty(element, outputs(r));
    long resized = gpu.empty(element, outputs(r));
    gpu.launch(new CropResizeLaunch.Forward(element, image, box, crop, r, GRID, block));
    gpu.launch(new ResizeBilinearLaunch.Forward(element, image, resized, r, GRID, block));
    assertArrayEquals(gpu.read(element, crop, outputs(r)), gpu.read(element, resized, outputs(r)));
    long first = gpu.empty(element, r.inElements());
    long second = gpu.empty(element, r.inElements());
    gpu.launch(new CropResizeLaunch.Backward(element, crop, box, first, r, GRID, block));
    gpu.launch(new ResizeBilinearLaunch.Backward(element, crop, second, r, GRID, block));
    assertArrayEquals(
        gpu.read(element, first, (int) r.inElements()),
        gpu.read(element, second, (int) r.inElements()));
  }

  /**
   * The network's crop from a box of half the side: whole sectors, each source row fetched once.
   */
  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void cropsMoveWholeSectors(Element element) {
    Resize r = new Resize(1, 3, 128, 128, 128, 128);
    Gpu gpu = new Gpu();
    long image = gpu.of(element, Gpu.normal(element, (int) r.inElements(), 4));
    long crop = gpu.empty(element, outputs(r));
    LaunchReport report =
        gpu.launch(
            new CropResizeLaunch.Forward(
                element, image, gpu.ints(32, 32, 95, 95), crop, r, Dim.of(8), Dim.of(128)));
    long bytes = (long) outputs(r) * element.bytes();
    assertEquals(bytes, report.globalStores().bytes());
    assertEquals(bytes / 32, report.globalStores().sectors());
    long boxes = 128 * 8 * 16;
    // Of 64 rows each strip of 16 fetches 9 or 10, left and right: two loads an element of them.
    long rows = 7 * 10 + 9;
    assertTrue(report.globalLoads().bytes() <= 2 * rows * 3 * 128 * element.bytes() + boxes);
    assertTrue(report.globalLoads().sectors() * 32 <= 1.3 * report.globalLoads().bytes());
  }
}
