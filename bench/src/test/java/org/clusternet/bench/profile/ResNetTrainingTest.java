package org.clusternet.bench.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.clusternet.bench.cases.ActivationType;
import org.clusternet.benchmark.step.LossWatch;
import org.clusternet.benchmark.step.ResNetTraining;
import org.clusternet.benchmark.step.ResNetWork;
import org.clusternet.benchmark.step.StepTask;
import org.clusternet.engine.Devices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResNetTrainingTest {

  /** Trains, and does the work that the rates of the tables are computed from. */
  @ParameterizedTest
  @ValueSource(strings = {"fp32", "bf16"})
  void trainsWithTheOperationsThatAreCounted(String precision) {
    StepTask task = new StepTask(3, 45);
    LossWatch watch = new LossWatch();
    try (TimingDevice timing =
            new TimingDevice(Devices.cpu(1), System::nanoTime, (op, inputs) -> op.name());
        ResNetTraining training = new ResNetTraining(timing, task, ActivationType.of(precision))) {
      for (int step = 0; step < 6; step++) {
        timing.reset();
        watch.next(training.step());
      }
      Map<String, TimingDevice.Total> totals = timing.totals();
      double flops = totals.values().stream().mapToDouble(t -> t.work().flops()).sum();
      assertEquals(ResNetWork.trainingStep(task), flops, 1e-9 * flops);
      assertEquals(ResNetWork.forward(task), totals.get("Conv2d").work().flops(), 1e-9 * flops);
      assertEquals(20, totals.get("Conv2d").calls());
      assertEquals(19, totals.get("Conv2d.BackwardInput").calls());
      assertEquals(1, totals.get("AdamStep").calls());
      assertTrue(totals.get("Conv2d").nanos() > 0);
    }
    watch.requireFall();
  }

  /** Published for 224 x 224: 1.814e9 multiply-adds, of which 5.1e5 are the 1000-class layer's. */
  @Test
  void countedOperationsAreAsPublished() {
    double macs = ResNetWork.forward(new StepTask(1, 224)) / 2;
    assertEquals(1.8136e9, macs, 1e-3 * macs);
  }

  @Test
  void rejectsAnotherNumberOfParameters() {
    IllegalStateException error =
        assertThrows(IllegalStateException.class, () -> StepTask.requireResNet18(11_689_512));
    assertTrue(error.getMessage().contains("11,178,051"), error.getMessage());
  }

  @Test
  void rejectsUnknownPrecisions() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> ActivationType.of("fp16"));
    assertEquals("precision=fp16; it must be fp32 or bf16", error.getMessage());
  }
}
