package org.clusternet.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.clusternet.config.Augmentation;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.dataset.Dataset;
import org.clusternet.data.image.LogFloor;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.simulate.ClassMix;
import org.clusternet.data.simulate.Observing;
import org.clusternet.data.simulate.ObservingRanges;
import org.clusternet.data.simulate.Simulator;
import org.clusternet.engine.Devices;
import org.clusternet.engine.region.Box;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.inference.Prediction;
import org.clusternet.network.Alphas;
import org.clusternet.network.ClusterNet;
import org.clusternet.network.CropConfig;
import org.clusternet.network.NetworkConfig;
import org.clusternet.network.NetworkInput;
import org.clusternet.network.Variant;
import org.clusternet.nn.model.ResNetConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The peaks that preprocessing finds in images of photons, on their way into the network. */
class PhotonPeaksTest {
  private static final int SIZE = 32;
  private static final int[] SAMPLES = {5, 2, 6, 0};

  @TempDir private static Path folder;
  private static Dataset dataset;

  private final Device device = Devices.cpu(1);
  private ClusterNet network;
  private NetworkModel model;

  @BeforeAll
  static void simulate() {
    Path data = folder.resolve("data");
    ObservingRanges observing = ObservingRanges.fixed(new Observing(2000, 0, 0.5));
    Simulator.run(
        data,
        new Simulator.Options(3, new SkyGrid(SIZE, 32), ClassMix.BALANCED, 1, 1, observing, false),
        BatchProgress.NONE);
    Preprocessing preprocessing = new Preprocessing(SIZE, SIZE, LogFloor.AUTO);
    dataset = Dataset.load(data, preprocessing, 1, (done, total) -> {});
  }

  @AfterEach
  void close() {
    model.close();
    network.close();
    device.close();
  }

  private void model(Variant variant, Augmentation augmentation) {
    ResNetConfig branch =
        new ResNetConfig(3, List.of(8, 8, 16, 16), List.of(1, 1, 1, 1), NetworkConfig.CLASSES);
    network =
        new ClusterNet(
            device, new NetworkConfig(variant, CropConfig.paper(SIZE), branch, DType.F32));
    network.parameters().initialise(4);
    model =
        new NetworkModel(
            device,
            network,
            Alphas.PAPER,
            new double[] {1, 1, 1},
            dataset,
            SAMPLES.length,
            augmentation,
            7);
  }

  private static int place(Preprocessing.Peak peak) {
    return peak.y() * SIZE + peak.x();
  }

  /** Clear of the border the box of the Gaussian is symmetric about its centre. */
  @Test
  void theGaussianLiesAboutThePeak() {
    model(Variant.GAUSSIAN, Augmentation.NONE);
    List<Prediction> predictions = model.evaluate(SAMPLES).predictions();
    int fainter = 0;
    for (int n = 0; n < SAMPLES.length; n++) {
      Box box = predictions.get(n).box().orElseThrow();
      Preprocessing.Input image = dataset.image(SAMPLES[n]);
      Preprocessing.Peak peak = image.peak().orElseThrow();
      assertTrue(box.xMin() > 0 && box.xMax() < SIZE - 1, box.toString());
      assertTrue(box.yMin() > 0 && box.yMax() < SIZE - 1, box.toString());
      assertEquals(2 * peak.x(), box.xMin() + box.xMax(), "columns of image " + SAMPLES[n]);
      assertEquals(2 * peak.y(), box.yMin() + box.yMax(), "rows of image " + SAMPLES[n]);
      fainter += image.pixels()[place(peak)] < 1 ? 1 : 0;
    }
    assertTrue(fainter > 0, "all peaks are the brightest pixels");
  }

  /** The pixel of a peak has the same value before augmentation and in the batch. */
  @Test
  void peaksGoWithThePixelsOfAugmentedImages() {
    model(Variant.ALL, Augmentation.usual(SIZE));
    int moved = 0;
    for (int epoch = 1; epoch <= 5; epoch++) {
      NetworkInput input = model.stageChanged(epoch, SAMPLES).input();
      double[] pixels = HostValues.get(device, input.images());
      double[] peaks = HostValues.get(device, Objects.requireNonNull(input.peaks()));
      for (int n = 0; n < SAMPLES.length; n++) {
        Preprocessing.Input image = dataset.image(SAMPLES[n]);
        int before = place(image.peak().orElseThrow());
        int after = (int) (peaks[2 * n + 1] * SIZE + peaks[2 * n]);
        assertEquals(image.pixels()[before], pixels[n * 3 * SIZE * SIZE + after]);
        moved += after == before ? 0 : 1;
      }
    }
    assertTrue(moved > 10, "moved: " + moved);
  }

  /** The first step of a size is recorded, the second replayed with the peaks of its batch. */
  @Test
  void aReplayedStepReadsThePeaksOfItsBatch() {
    model(Variant.ALL, Augmentation.usual(SIZE));
    double first = model.train(1, SAMPLES, 0).total();
    double second = model.train(2, SAMPLES, 0).total();
    model.close();
    network.close();
    model(Variant.ALL, Augmentation.usual(SIZE));
    assertEquals(second, model.train(2, Arrays.copyOf(SAMPLES, SAMPLES.length), 0).total());
    assertEquals(first, model.train(1, SAMPLES, 0).total());
  }
}
