package org.clusternet.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.clusternet.benchmark.step.ResNetWork;
import org.clusternet.benchmark.step.StepTask;
import org.clusternet.engine.tensor.DType;
import org.junit.jupiter.api.Test;

/** The catalogue of cases: its counts against numbers worked out by hand, and its ceilings. */
class CatalogueTest {
  private static final BenchTask TASK = new BenchTask(8, 256, DType.F32, 2);

  private static BenchCase of(List<BenchCase> cases, String name) {
    return cases.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  /** 64 x 64 pixels, 8 images, 64 channels to 64, 9 taps: 4.83e9 operations. */
  @Test
  void workOfConvolutionsIsThatOfTheDirectMethod() {
    List<BenchCase> cases = NetworkCases.of(TASK);
    double map = 8.0 * 64 * 64 * 64;
    for (String pass : List.of("forward", "backward input", "backward weight")) {
      Work work = of(cases, "conv 3x3 64 to 64 " + pass).work();
      assertEquals(2 * map * 64 * 9, work.flops(), pass);
      assertEquals(4 * (2 * map + 64 * 64 * 9), work.bytes(), pass);
    }
    Work stem = of(cases, "conv 7x7 stride 2 3 to 64 forward").work();
    assertEquals(2.0 * 8 * 128 * 128 * 64 * 3 * 49, stem.flops());
    assertEquals(4.0 * (8 * 3 * 256 * 256 + 64 * 3 * 49 + 8 * 64 * 128 * 128), stem.bytes());
    Work half =
        of(
                NetworkCases.of(new BenchTask(8, 256, DType.BF16, 2)),
                "conv 1x1 stride 2 256 to 512 forward")
            .work();
    assertEquals(2.0 * 8 * 8 * 8 * 256 * 512, half.flops());
    assertEquals(2.0 * 8 * (256 * 16 * 16 + 512 * 8 * 8) + 4.0 * 256 * 512, half.bytes());
  }

  /** Each distinct convolution as often as ResNet-18 has it makes the step's operations. */
  @Test
  void theOpsAddUpToTheNetwork() {
    List<BenchCase> cases = NetworkCases.of(TASK);
    double flops = 0;
    for (BenchCase one : cases) {
      boolean inner = one.name().startsWith("conv 3x3 ") && !one.name().contains("stride");
      int times = !inner ? 1 : one.name().contains(" 64 to 64 ") ? 4 : 3;
      flops += times * one.work().flops();
    }
    assertEquals(ResNetWork.trainingStep(new StepTask(8, 256)), flops, 1e-9 * flops);
  }

  @Test
  void bytesOfTheCropAreThoseOfItsTensors() {
    List<BenchCase> cases = CropCases.of(TASK);
    double pixels = 8.0 * 256 * 256;
    assertEquals(8 * pixels, of(cases, "min-max").work().bytes());
    assertEquals(3 * pixels, of(cases, "mask union").work().bytes());
    assertEquals(
        4 * (2 * 3 * pixels + 8 * 512 * 8 * 8 + 3 * 512 + 8 * 3 + 8 * 4),
        of(cases, CropCases.FUSED).work().bytes());
  }

  @Test
  void theThreeHeadedNetworkIsTwoBranches() {
    Work branch = StepCases.work(StepCases.BRANCH_TRAIN, TASK);
    Work network = StepCases.work(StepCases.NETWORK_TRAIN, TASK);
    assertEquals(2 * branch.flops(), network.flops());
    assertEquals(4.0 * (8 * 3 * 65536 + 8 * 11_178_051.0), branch.bytes());
    assertEquals(
        ResNetWork.forward(new StepTask(8, 256)),
        StepCases.work(StepCases.BRANCH_INFER, TASK).flops());
  }

  @Test
  void namesAreUniqueAndDoNotDependOnTheTask() {
    BenchTask other = new BenchTask(3, 45, DType.BF16, 1);
    List<String> names = names(TASK);
    assertEquals(names, names(other));
    assertEquals(names.size(), Set.copyOf(names).size());
  }

  private static List<String> names(BenchTask task) {
    List<BenchCase> all = new ArrayList<>(NetworkCases.of(task));
    all.addAll(CropCases.of(task));
    all.addAll(StepCases.of(task));
    all.addAll(DataCases.of(task));
    return all.stream().map(BenchCase::name).collect(Collectors.toList());
  }

  @Test
  void theLowerCeilingLimitsTheWork() {
    Ceilings ceilings = new Ceilings(100, 10);
    assertEquals(new Ceilings.Share("FMA", 0.5), ceilings.share(new Work(1e9, 1e7), 20, true));
    assertEquals(new Ceilings.Share("copy", 0.25), ceilings.share(new Work(1e6, 1e8), 40, true));
    assertNull(ceilings.share(new Work(1e9, 1e7), 20, false), "BF16 has another ceiling");
    assertEquals("copy", ceilings.share(new Work(0, 1e7), 20, false).name());
    assertNull(new Ceilings(Double.NaN, 10).share(new Work(1, 1), 1, true));
  }

  /** A processor of today computes more than 1 GFLOP/s a thread and copies more than 0.1 GB/s. */
  @Test
  void ceilingsAreMeasured() {
    Ceilings ceilings = Ceilings.measure(1, 20);
    assertTrue(ceilings.gflops() > 1 && ceilings.gflops() < 1e4, ceilings.toString());
    assertTrue(ceilings.gbPerS() > 0.1 && ceilings.gbPerS() < 1e4, ceilings.toString());
  }

  @Test
  void sizesThatNoNetworkTakesAreRefused() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> new BenchTask(1, 31, DType.F32, 1));
    assertTrue(error.getMessage().contains("size=31"), error.getMessage());
  }
}
