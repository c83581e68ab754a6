package org.clusternet.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.junit.jupiter.api.Test;

class SmallCnnTest {

  /** Guessing gives 0.1 of the digits; a network that reads them must be right on unseen images. */
  @Test
  void readsUnseenDigitsAfterTraining() {
    try (Device device = Devices.cpu(1);
        SmallCnn network = new SmallCnn(device, 1)) {
      double before = network.accuracy(new SplittableRandom(2), 500);
      assertTrue(before < 0.3, "accuracy before training " + before);
      RandomGenerator random = new SplittableRandom(1);
      network.train(random, 90, 1e-2);
      network.train(random, 30, 1e-3);
      double after = network.accuracy(new SplittableRandom(2), 500);
      assertTrue(after > 0.95, "accuracy after training " + after);
    }
  }
}
