package org.clusternet.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.clusternet.data.CoreType;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every pixel arrives at its place in all three channels, also in a batch that is not full. */
class ImageStageTest {
  private static final float[] A = {1, 2, 3, 4};
  private static final float[] B = {5, 6, 7, 8};

  private final Device device = Devices.plainCpu(1);
  private final ImageStage stage = new ImageStage(device, 3, 2);

  @AfterEach
  void close() {
    stage.close();
    assertEquals(0, device.memory().liveBytes());
    device.close();
  }

  @Test
  void theChannelIsRepeatedThreeTimes() {
    Tensor images = stage.images(List.of(A, B));
    assertEquals(Shape.of(2, 3, 2, 2), images.shape());
    assertArrayEquals(
        new double[] {1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8, 5, 6, 7, 8, 5, 6, 7, 8},
        HostValues.get(device, images));
  }

  @Test
  void aSmallerBatchAfterALargerOneIsCopiedAlone() {
    stage.images(List.of(A, A, A));
    assertArrayEquals(
        new double[] {5, 6, 7, 8, 5, 6, 7, 8, 5, 6, 7, 8},
        HostValues.get(device, stage.images(List.of(B))));
  }

  @Test
  void labelsAreIndices() {
    Tensor labels = stage.labels(List.of(CoreType.NCC, CoreType.CC));
    assertArrayEquals(new double[] {2, 0}, HostValues.get(device, labels));
  }

  @Test
  void peaksAreColumnAndRowAndMinusOneWhereThereIsNone() {
    Tensor peaks =
        stage.peaks(List.of(Optional.of(new Preprocessing.Peak(1, 0)), Optional.empty()));
    assertEquals(Shape.of(2, 2), peaks.shape());
    assertArrayEquals(new double[] {1, 0, -1, -1}, HostValues.get(device, peaks));
  }

  @Test
  void imagesOfAnotherSizeAreRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> stage.images(List.of(new float[] {1, 2})))
            .getMessage();
    assertEquals("image of 2 pixels; the network reads 2 x 2", message);
  }
}
