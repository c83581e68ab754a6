package org.clusternet.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.dataset.Dataset;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.simulate.ClassMix;
import org.clusternet.data.simulate.Simulator;
import org.clusternet.engine.Devices;
import org.clusternet.engine.cuda.emulated.EmulatedGpu;
import org.clusternet.engine.cuda.emulated.Order;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.inference.ImageStage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches of images that stay on the device, beside those that are sent there. */
class ResidentImagesTest {
  private static final int SIZE = 32;

  @TempDir private static Path folder;
  private static Dataset dataset;

  @BeforeAll
  static void simulate() {
    Path data = folder.resolve("data");
    Simulator.Options options =
        new Simulator.Options(2, new SkyGrid(SIZE, 32), ClassMix.NATIVE, 1, 1);
    Simulator.run(data, options, BatchProgress.NONE);
    dataset = Dataset.load(data, new Preprocessing(SIZE, SIZE), 1, (done, total) -> {});
  }

  @Test
  void imagesStayOnAGpuThatGathersThoseOfABatch() {
    try (Device device = EmulatedGpu.device(Order.LATE, EmulatedGpu.settings())) {
      assertTrue(ResidentImages.fit(device, dataset));
      assertBatches(device);
      assertEquals(0, device.memory().liveBytes());
    }
  }

  @Test
  void imagesDoNotStayOnTheCpu() {
    try (Device cpu = Devices.cpu(1)) {
      assertFalse(ResidentImages.fit(cpu, dataset));
      assertBatches(cpu);
    }
  }

  private static void assertBatches(Device device) {
    try (ResidentImages resident = new ResidentImages(device, dataset, 4);
        ImageStage stage = new ImageStage(device, 4, SIZE)) {
      for (int[] batch : new int[][] {{5, 0, 3, 0}, {1, 4}, {2}}) {
        double[] expected =
            HostValues.get(
                device,
                stage.images(
                    Arrays.stream(batch).mapToObj(i -> dataset.image(i).pixels()).toList()));
        assertArrayEquals(expected, HostValues.get(device, resident.images(batch)));
      }
    }
  }
}
