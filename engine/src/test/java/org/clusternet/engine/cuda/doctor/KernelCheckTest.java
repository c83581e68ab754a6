package org.clusternet.engine.cuda.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.clusternet.engine.check.Outcome;
import org.clusternet.engine.cuda.api.Driver;
import org.clusternet.engine.cuda.emulated.EmulatedGpu;
import org.clusternet.engine.cuda.emulated.Order;
import org.clusternet.engine.op.OpRegistry;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.kernels.Ptx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Our kernels alone, on the emulated GPU, as they are and with faults planted into their PTX. */
class KernelCheckTest {
  private final Driver gpu = EmulatedGpu.libraries(Order.COMPUTE_FIRST).driver();

  @AfterEach
  void close() {
    gpu.close();
  }

  private static OpFamily family(String stem) {
    return OpRegistry.families().stream()
        .filter(family -> family.stem().equals(stem))
        .findFirst()
        .orElseThrow();
  }

  private static KernelCheck check(Driver driver, Integer... blocks) {
    return new KernelCheck(driver, EmulatedGpu.settings(), List.of(blocks));
  }

  /** The emulated GPU, given another text for one module. */
  private Driver with(String module, UnaryOperator<String> change) {
    return (Driver)
        Proxy.newProxyInstance(
            Driver.class.getClassLoader(),
            new Class<?>[] {Driver.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("load") && arguments[0].equals(module)) {
                arguments[1] = change.apply((String) arguments[1]);
              }
              try {
                return method.invoke(gpu, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void kernelsThatAreRightPassAtEveryBlockSize() {
    Outcome outcome = check(gpu, 64, 96).check(family("Threshold")).orElseThrow();
    assertEquals(List.of(), outcome.failures());
    int samples = family("Threshold").samples().get().size();
    assertTrue(outcome.compared() >= 3 * samples, outcome::line);
  }

  @Test
  void familiesThatNeedALibraryAreLeftOut() {
    assertEquals(Optional.empty(), check(gpu, 64).check(family("MatMul")));
    assertEquals(Optional.empty(), check(gpu, 64).check(family("Conv2d")));
  }

  @Test
  void aWrongComparisonIsFound() {
    Driver driver = with("threshold", ptx -> ptx.replace("setp.ge.f32", "setp.lt.f32"));
    Outcome outcome = check(driver, 64).check(family("Threshold")).orElseThrow();
    assertTrue(!outcome.passed(), outcome::line);
    assertTrue(outcome.failures().get(0).startsWith("block=64: Threshold, "), outcome::line);
  }

  @Test
  void aModuleThatIsNotPtxFailsItsFamily() {
    Driver driver = with("threshold", ptx -> "this is no PTX");
    Outcome outcome = check(driver, 64).check(family("Threshold")).orElseThrow();
    assertTrue(!outcome.passed(), outcome::line);
    assertTrue(check(driver, 64).check(family("MaskCombine")).orElseThrow().passed());
  }

  @Test
  void everyModuleIsTranslatedAndHasItsEntries() {
    Outcome outcome = check(gpu, 64).modules();
    assertEquals(List.of(), outcome.failures());
    int entries = Ptx.modules().stream().mapToInt(m -> Ptx.manifest(m).entries().size()).sum();
    assertEquals(entries, outcome.compared());
  }

  @Test
  void aModuleThatLacksAnEntryIsNamed() {
    Driver driver = with("threshold", ptx -> ptx.replace("threshold_f32", "another_f32"));
    Outcome outcome = check(driver, 64).modules();
    assertEquals(1, outcome.failures().size(), outcome::line);
    assertTrue(outcome.failures().get(0).startsWith("threshold.ptx: "), outcome::line);
  }

  /** A device that is checked must not close the driver, which is not its own. */
  @Test
  void theDriverStaysOpen() {
    check(gpu, 64).check(family("Threshold"));
    assertTrue(gpu.freeBytes() > 0);
  }
}
