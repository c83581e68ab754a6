package org.clusternet.engine.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.clusternet.engine.Devices;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Differentiable;
import org.clusternet.engine.spi.NotDifferentiable;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.testing.OpChecks;
import org.clusternet.engine.testing.RecordingDevice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every op over its own samples: gradients against central differences in F64; F32 and BF16 on
 * oneDNN, and F32 in plain Java, against the F64 oracle; fan-out. An op that is registered without
 * samples, is neither differentiable nor marked, or is not run by any sample fails.
 */
class OpSuiteTest {
  /** Of the largest magnitude in the tensor compared. */
  private static final double F32_BOUND = 1e-5;

  /**
   * BF16 keeps 8 significant bits: half a unit is 2^-9; sums and two roundings take a few units.
   */
  private static final double BF16_BOUND = 1.0 / 64;

  private static final Set<Class<?>> RUN = Collections.synchronizedSet(new HashSet<>());
  private static final Device CPU = new RecordingDevice(Devices.cpu(2), RUN);
  private static final Device PLAIN = Devices.plainCpu(1);

  @AfterAll
  static void close() {
    CPU.close();
    PLAIN.close();
  }

  @TestFactory
  Stream<DynamicNode> samples() {
    return OpRegistry.families().stream()
        .map(family -> dynamicContainer(family.stem(), checks(family)));
  }

  private static Stream<DynamicNode> checks(OpFamily family) {
    return family.samples().get().stream()
        .map(sample -> dynamicContainer(sample.name(), checks(sample)));
  }

  private static List<DynamicTest> checks(Sample sample) {
    List<DynamicTest> tests = new ArrayList<>();
    if (sample.op() instanceof Differentiable) {
      tests.add(dynamicTest("gradient", () -> OpChecks.gradient(CPU, sample)));
      tests.add(dynamicTest("fan-out", () -> OpChecks.fanOut(CPU, sample)));
    }
    tests.add(dynamicTest("F32", () -> agreement(CPU, sample, DType.F32, F32_BOUND)));
    tests.add(dynamicTest("F32 plain Java", () -> agreement(PLAIN, sample, DType.F32, F32_BOUND)));
    if (sample.inputs().stream().anyMatch(input -> input.role() == Sample.Role.ACTIVATION)) {
      tests.add(dynamicTest("BF16", () -> agreement(CPU, sample, DType.BF16, BF16_BOUND)));
    }
    return tests;
  }

  private static void agreement(Device device, Sample sample, DType dtype, double bound) {
    OpChecks.agreement(CPU, device, sample, dtype, bound);
  }

  @Test
  void everyOpIsDifferentiableOrSaysWhyNot() {
    for (Class<?> op : OpRegistry.cpuKernels().keySet()) {
      boolean marked = op.isAnnotationPresent(NotDifferentiable.class);
      boolean differentiable = Differentiable.class.isAssignableFrom(op);
      assertTrue(marked != differentiable, op + " must be one of the two");
    }
  }

  @Test
  void everyFamilyHasSamples() {
    for (OpFamily family : OpRegistry.families()) {
      assertFalse(family.samples().get().isEmpty(), family.stem() + " has no samples");
    }
  }

  @Test
  void everyOpIsRegisteredAndRunByItsSamples() throws IOException {
    for (OpFamily family : OpRegistry.families()) {
      for (Sample sample : family.samples().get()) {
        OpChecks.agreement(CPU, CPU, sample, DType.F64, 0);
      }
    }
    assertEquals(names(opsOnTheClassPath()), names(OpRegistry.cpuKernels().keySet()));
    assertEquals(names(OpRegistry.cpuKernels().keySet()), names(RUN));
  }

  private static Set<String> names(Set<? extends Class<?>> classes) {
    Set<String> names = new TreeSet<>();
    classes.forEach(c -> names.add(c.getSimpleName() + " of " + c.getName()));
    return names;
  }

  private static Set<Class<?>> opsOnTheClassPath() throws IOException {
    Path folder = Path.of("target/classes/org/clusternet/engine/op");
    Set<Class<?>> ops = new HashSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        Class<?> type = classNamed("org.clusternet.engine.op." + name);
        if (Op.class.isAssignableFrom(type) && !type.isInterface()) {
          ops.add(type);
        }
      }
    }
    return ops;
  }

  private static Class<?> classNamed(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
