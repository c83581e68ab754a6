package org.clusternet.engine.cuda;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.clusternet.engine.Devices;
import org.clusternet.engine.op.OpRegistry;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.testing.OpChecks;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;

/** Every op over its own samples on a CUDA device, forward and backward, against the F64 oracle. */
final class CudaSuite {

  /** Runs a check on a device for F32 or BF16. */
  interface On {
    void device(DType dtype, Consumer<Device> check);
  }

  private final On on;
  private final double f32Bound;
  private final double bf16Bound;

  /** Checks with bounds relative to the largest magnitude (F32) and to the norm (BF16). */
  CudaSuite(On on, double f32Bound, double bf16Bound) {
    this.on = on;
    this.f32Bound = f32Bound;
    this.bf16Bound = bf16Bound;
  }

  /** Stems of which an op has no kernel on CUDA. */
  static Set<String> missing() {
    return OpRegistry.families().stream()
        .filter(family -> family.entries().stream().anyMatch(entry -> entry.cuda() == null))
        .map(OpFamily::stem)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Stream<DynamicNode> tests() {
    return OpRegistry.families().stream()
        .filter(family -> family.entries().stream().anyMatch(entry -> entry.cuda() != null))
        .map(family -> dynamicContainer(family.stem(), tests(family)));
  }

  private Stream<DynamicNode> tests(OpFamily family) {
    return family.samples().get().stream()
        .map(sample -> dynamicContainer(sample.name(), tests(sample)));
  }

  private List<DynamicTest> tests(Sample sample) {
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(dynamicTest("F32", () -> check(sample, DType.F32, f32Bound)));
    if (sample.inputs().stream().anyMatch(input -> input.role() == Sample.Role.ACTIVATION)) {
      tests.add(dynamicTest("BF16", () -> check(sample, DType.BF16, bf16Bound)));
    }
    return tests;
  }

  private void check(Sample sample, DType dtype, double bound) {
    try (Device oracle = Devices.plainCpu(1)) {
      on.device(dtype, device -> OpChecks.agreement(oracle, device, sample, dtype, bound));
    } catch (UnsupportedOperationException e) {
      boolean pending = missing().stream().anyMatch(stem -> e.getMessage().startsWith(stem));
      throw pending ? new TestAbortedException(e.getMessage()) : e;
    }
  }
}
