package org.clusternet.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.clusternet.bench.step.LossWatch;
import org.clusternet.bench.step.StepTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibtorchTrainingTest {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void trains(boolean channelsLast) {
    LossWatch watch = new LossWatch();
    try (LibtorchTraining training = new LibtorchTraining(new StepTask(3, 33), channelsLast, 1)) {
      for (int step = 0; step < 8; step++) {
        watch.next(training.step());
      }
    }
    watch.requireFall();
    assertEquals(8, watch.steps());
  }
}
