package org.clusternet.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.clusternet.engine.Devices;
import org.clusternet.engine.cuda.CudaDevice;
import org.clusternet.engine.cuda.emulated.EmulatedGpu;
import org.clusternet.engine.op.MaxPool;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.ForwardingDevice;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the benchmark does on a GPU, on the emulated one: every case is recorded some times over and
 * replayed, and leaves nothing behind. Its clock counts launches, so there are no figures.
 */
class EmulatedBenchTest {
  private static final long ELEMENTS = 1 << 12;

  @TestFactory
  Stream<DynamicTest> everyCaseIsRecordedAndReplayed() {
    return KernelCases.of(ELEMENTS).stream()
        .filter(one -> !one.name().equals("Adam") && !one.name().contains("64x128x128"))
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> record(one)));
  }

  private static void record(KernelCase one) {
    try (CudaDevice device = EmulatedGpu.device()) {
      assertTrue(one.measure(device, new Timing(1, 1, 2)).median() > 0);
      assertEquals(0, device.memory().liveBytes());
    }
  }

  @Test
  void theCropIsMeasuredInBothTypesOfFeatures() {
    BenchSettings settings =
        new BenchSettings(
            "cuda", 1, "crop ", List.of(2), List.of(2), List.of(), 64, 64, new Timing(1, 1, 0));
    List<String> lines = new ArrayList<>();
    BenchReport report =
        new Bench(settings, lines::add, precision -> EmulatedGpu.device()).run("1");
    assertEquals(
        List.of("F32", "BF16"), report.crops().stream().map(BenchReport.Crop::features).toList());
    assertEquals(List.of(), report.kernels());
    assertTrue((double) report.steps().get(0).get("crop_ms_fused") > 0);
    assertTrue(lines.get(0).startsWith("cuda: "), lines::toString);
  }

  /** A session on a GPU is precious: what fails costs its own figures only. */
  @Test
  void aFailedMeasurementIsNamedAndTheOthersAreMade() {
    BenchSettings settings =
        new BenchSettings(
            "cpu", 1, "ma", List.of(2), List.of(2), List.of(), 64, 64, new Timing(1, 1, 0));
    BenchReport report =
        new Bench(settings, line -> {}, precision -> new Broken(Devices.plainCpu(1))).run("1");
    assertEquals(List.of("max-pool F32: no luck", "max-pool BF16: no luck"), report.failures());
    assertTrue(report.kernels().stream().anyMatch(k -> k.name().equals("max-pool backward F32")));
  }

  /** A device without luck at max-pooling. */
  private static final class Broken extends ForwardingDevice {
    Broken(Device inner) {
      super(inner);
    }

    @Override
    public void run(Op op, Tensor[] inputs, Tensor[] outputs) {
      if (op instanceof MaxPool) {
        throw new IllegalStateException("no luck");
      }
      super.run(op, inputs, outputs);
    }
  }
}
