package org.clusternet.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.clusternet.kernels.AttentionCropLaunch.Addresses;
import org.clusternet.kernels.AttentionCropLaunch.Mode;
import org.clusternet.kernels.AttentionCropLaunch.Problem;
import org.clusternet.kernels.emulator.Emulator;
import org.clusternet.kernels.emulator.LaunchReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The fused crop by tasks against the one of a block per image, whatever the blocks, their number
 * and their order, and how much it moves. Both against the CPU, bit for bit: the engine's tests.
 */
class AttentionCropKernelTest {

  /** The tensors of a call, made from a seed; an image has three equal channels. */
  private record Scene(Resize resize, int channels, int h, int w, int classes, long seed) {

    double[] image(Element element) {
      int pixels = resize.samples() * resize.inHeight() * resize.inWidth();
      double[] grey = Gpu.normal(element, pixels, seed);
      double[] image = new double[pixels * resize.channels()];
      Arrays.setAll(image, i -> grey[i / resize.channels()]);
      return image;
    }

    /** Of the first image none, of the second one inside, of others one outside. */
    int[] peaks() {
      int[] peaks = new int[2 * resize.samples()];
      Arrays.fill(peaks, -7);
      System.arraycopy(new int[] {-1, -1, 10, 20}, 0, peaks, 0, 4);
      return peaks;
    }

    int crops() {
      return resize.samples() * resize.channels() * resize.height() * resize.width();
    }

    Problem problem(Gpu gpu, Element image, Element features, Mode mode) {
      int samples = resize.samples();
      int maps = samples * h * w;
      Addresses addresses =
          new Addresses(
              gpu.of(image, image(image)),
              gpu.of(features, Gpu.normal(features, maps * channels, seed + 1)),
              gpu.of(Element.F32, Gpu.normal(Element.F32, classes * channels, seed + 2)),
              0,
              gpu.of(Element.F32, Gpu.normal(Element.F32, classes * samples, seed + 3)),
              gpu.ints(peaks()),
              gpu.empty(image, crops()),
              gpu.emptyBytes(16L * samples),
              gpu.empty(Element.F32, maps));
      double bound = (Math.nextDown(0.5f) + 0.5) / 2;
      double peak = 25 / (2 * Math.PI * resize.inHeight() * resize.inWidth());
      return new Problem(
          image, features, addresses, resize, classes, channels, h, w, mode, bound, bound, 25,
          peak);
    }
  }

  private static AttentionCropLaunch.Tasks tasks(
      Gpu gpu, Problem problem, int ahead, int blocks, int threads) {
    long words = AttentionCropLaunch.Tasks.stateWords(problem.resize().samples());
    long state = gpu.emptyBytes(8 * words);
    Dim block = Dim.of(threads);
    gpu.launch(new FillLaunch(64, state, words, 0, Dim.of(1), block));
    return new AttentionCropLaunch.Tasks(problem, state, ahead, Dim.of(blocks), block);
  }

  @ParameterizedTest
  @CsvSource({
    "F32,F32,ATTENTION",
    "F32,F32,GAUSSIAN",
    "F32,F32,UNION",
    "F32,F32,INTERSECTION",
    "F32,BF16,INTERSECTION",
    "BF16,BF16,INTERSECTION",
    "BF16,BF16,UNION",
    "F32,BF16,UNION"
  })
  void tasksInAnyOrderGiveWhatABlockPerImageGives(Element image, Element features, Mode mode) {
    Scene scene = new Scene(new Resize(3, 3, 70, 66, 40, 37), 20, 3, 4, 3, 11);
    Gpu simple = new Gpu();
    Problem first = scene.problem(simple, image, features, mode);
    simple.launch(new AttentionCropLaunch.Simple(first, Dim.of(2), Dim.of(64)));
    int[] boxes = simple.readInts(first.addresses().box(), 12);
    double[] crops = simple.read(image, first.addresses().crop(), scene.crops());
    Random random = new Random(7);
    for (int threads : new int[] {32, 64, 96, 256, AttentionCropLaunch.MAX_THREADS}) {
      for (int ahead : new int[] {1, 3}) {
        Gpu gpu = new Gpu(Emulator.Settings.standard().withBlockSeed(random.nextLong()));
        Problem problem = scene.problem(gpu, image, features, mode);
        gpu.launch(tasks(gpu, problem, ahead, 1 + random.nextInt(60), threads));
        assertArrayEquals(boxes, gpu.readInts(problem.addresses().box(), 12));
        assertArrayEquals(crops, gpu.read(image, problem.addresses().crop(), scene.crops()));
      }
    }
  }

  /** The network's shapes at half the side: what an image costs, counted. */
  @Test
  void attentionCropMovesItsFloorAndTheBoxOnceMore() {
    int side = 128;
    Scene scene = new Scene(new Resize(2, 3, side, side, side, side), 512, 4, 4, 3, 5);
    Gpu gpu = new Gpu();
    Problem problem = scene.problem(gpu, Element.F32, Element.F32, Mode.UNION);
    LaunchReport report = gpu.launch(tasks(gpu, problem, 2, 16, 128));
    long image = 2L * 3 * side * side * 4;
    long features = 2L * 512 * 16 * 4;
    long stored = image + 2 * 16 + 2 * 16 * 4;
    assertEquals(stored, report.globalStores().bytes(), "crop, boxes and maps, nothing else");
    assertEquals(image / 32 + 2 * 4 + 2 * 16, report.globalStores().sectors());
    int[] boxes = gpu.readInts(problem.addresses().box(), 8);
    long cropped = 0;
    for (int n = 0; n < 2; n++) {
      int rows = boxes[4 * n + 3] - boxes[4 * n + 1] + 1;
      // Left and right of every column of the crop, for each row and two more a strip.
      cropped += 2L * Math.min(rows + 2 * side / 16, 2 * side) * 3 * side * 4;
    }
    long others = 32 * report.globalLoads().sectors() - image - 2 * features;
    assertTrue(others <= 1.3 * cropped + 300_000, others + " bytes for crops, of " + cropped);
    assertEquals(0, report.localRequests());
    // 55 instructions of PTX an element when this was written, on both ways over the image.
    assertTrue(report.instructions() <= 60 * image / 4, report.instructions() + " instructions");
  }
}
