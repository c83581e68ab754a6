package org.clusternet.engine.op;

import static org.clusternet.engine.testing.Calls.dims;
import static org.clusternet.engine.testing.Calls.f64;
import static org.clusternet.engine.testing.Calls.i32;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.engine.testing.Calls;
import org.clusternet.engine.testing.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches by the numbers of their images, by hand. */
class GatherImagesTest {
  private static final Calls.Numbers STORE = f64(dims(3, 1, 1, 2), 10, 11, 20, 21, 30, 31);

  @Test
  void everyChannelIsTheImage() {
    try (Device cpu = Devices.cpu(2)) {
      double[] y = Calls.run(cpu, new GatherImages(2), STORE, i32(dims(3), 2, 0, 2))[0];
      assertArrayEquals(new double[] {30, 31, 30, 31, 10, 11, 10, 11, 30, 31, 30, 31}, y);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3})
  void aNumberThatNoImageHasIsRefused(int number) {
    try (Device cpu = Devices.cpu(1)) {
      Exception e =
          assertThrows(
              IllegalArgumentException.class,
              () -> Calls.run(cpu, new GatherImages(3), STORE, i32(dims(2), 1, number)));
      assertEquals(
          "GatherImages[channels=3]: number of image=1 has value="
              + number
              + ", images=3; numbers count from 0 to images - 1",
          Messages.of(e));
    }
  }

  @Test
  void colourImagesAreRefused() {
    Calls.assertRefused(
        "GatherImages[channels=3] of F32(4, 3, 8, 8), I32(2): channels of the images=3, not 1",
        new GatherImages(3),
        TensorType.of(DType.F32, 4, 3, 8, 8),
        TensorType.of(DType.I32, 2));
  }
}
