package org.clusternet.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.LogFloor;
import org.clusternet.data.image.PhotonNoise;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.engine.Devices;
import org.clusternet.engine.region.Box;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;
import org.clusternet.network.ClusterNet;
import org.clusternet.network.CropConfig;
import org.clusternet.network.NetworkConfig;
import org.clusternet.network.Variant;
import org.clusternet.nn.model.ResNetConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which part of an image the auxiliary branch sees, by the Gaussian mask alone. */
class ClassifierTest {
  private static final int SIZE = 64;
  private static final Preprocessing.Peak CORE = new Preprocessing.Peak(40, 36);
  private static final Preprocessing.Peak HOT = new Preprocessing.Peak(2, 3);

  /** Counts of a smooth core, and a pixel near a corner that is fifteen times as bright. */
  private static Image image() {
    double[] counts = new double[SIZE * SIZE];
    for (int i = 0; i < counts.length; i++) {
      double r = Math.hypot(i % SIZE - CORE.x(), i / SIZE - CORE.y());
      counts[i] = Math.rint(1 + 20 / (1 + r * r / 25));
    }
    counts[HOT.y() * SIZE + HOT.x()] = 300;
    return new Image(SIZE, SIZE, counts);
  }

  private static Box box(Preprocessing.Input input) {
    ResNetConfig branch =
        new ResNetConfig(3, List.of(4, 4, 4, 4), List.of(1, 1, 1, 1), NetworkConfig.CLASSES);
    NetworkConfig config =
        new NetworkConfig(Variant.GAUSSIAN, CropConfig.paper(SIZE), branch, DType.F32);
    try (Device device = Devices.cpu(1);
        ClusterNet network = new ClusterNet(device, config)) {
      network.parameters().initialise(1);
      try (Classifier classifier = new Classifier(device, network.freeze(), SIZE)) {
        return classifier.classify(input, arrays -> {}).box().orElseThrow();
      }
    }
  }

  private static boolean contains(Box box, Preprocessing.Peak pixel) {
    return box.xMin() <= pixel.x()
        && pixel.x() <= box.xMax()
        && box.yMin() <= pixel.y()
        && pixel.y() <= box.yMax();
  }

  @ParameterizedTest
  @EnumSource
  void aHotPixelHoldsTheBoxOnlyWhereTheImageIsNotSmoothed(LogFloor floor) {
    Preprocessing preprocessing = new Preprocessing(SIZE, SIZE, floor);
    Box box = box(preprocessing.apply(image(), Optional.of(PhotonNoise.COUNTS), "image"));
    boolean paper = floor == LogFloor.PAPER;
    assertEquals(paper, contains(box, HOT), box.toString());
    assertEquals(!paper, contains(box, CORE), box.toString());
  }
}
