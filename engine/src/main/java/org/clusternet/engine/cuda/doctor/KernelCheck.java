package org.clusternet.engine.cuda.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.clusternet.engine.check.Bound;
import org.clusternet.engine.check.LibraryRefusedException;
import org.clusternet.engine.check.OpSuite;
import org.clusternet.engine.check.Outcome;
import org.clusternet.engine.cpu.CpuDevice;
import org.clusternet.engine.cuda.CudaDevice;
import org.clusternet.engine.cuda.CudaSettings;
import org.clusternet.engine.cuda.api.CudaLibraries;
import org.clusternet.engine.cuda.api.CudaUnavailableException;
import org.clusternet.engine.cuda.api.Driver;
import org.clusternet.engine.cuda.api.LoadedModule;
import org.clusternet.engine.cuda.jcuda.DriverProbe;
import org.clusternet.engine.cuda.jcuda.JCudaNatives;
import org.clusternet.engine.cuda.jcuda.Nvidia;
import org.clusternet.engine.op.OpRegistry;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.spi.Device;
import org.clusternet.kernels.Ptx;
import org.clusternet.kernels.PtxManifest;

/**
 * Our own kernels on a driver, without cuBLAS and cuDNN: the PTX is translated and has the entry
 * points that it promises; the ops that run on them agree with the F64 oracle, at several block
 * sizes, and give the same bits twice. Families that need one of the libraries are left out.
 */
public final class KernelCheck {
  /** The driver alone is needed, whose native is the same for every version of CUDA. */
  private static final int ANY_CUDA = 12;

  private final Driver driver;
  private final CudaSettings settings;
  private final List<Integer> blocks;
  private final Set<String> launched = new TreeSet<>();

  /**
   * A check.
   *
   * @param driver the driver of the GPU; it stays open
   * @param settings settings of the device; the block size is taken from {@code blocks}
   * @param blocks sizes of the blocks to run at; bits are compared at the first
   */
  public KernelCheck(Driver driver, CudaSettings settings, List<Integer> blocks) {
    this.driver = driver;
    this.settings = settings;
    this.blocks = List.copyOf(blocks);
  }

  /**
   * Checks everything on the first GPU.
   *
   * @param settings settings of the device; the block size is taken from {@code blocks}
   * @param blocks sizes of the blocks to run at
   * @param each receives the outcome of each part as it ends
   * @throws IllegalArgumentException if there is no GPU, with what is missing and the remedy
   */
  public static void onGpu(CudaSettings settings, List<Integer> blocks, Consumer<Outcome> each) {
    try {
      DriverProbe.require();
      try (Driver driver = Nvidia.openDriver(JCudaNatives.unpack(ANY_CUDA))) {
        Nvidia.requireSupported(driver.info());
        new KernelCheck(driver, settings, blocks).run(each);
      }
    } catch (CudaUnavailableException e) {
      throw e.asRefusal();
    }
  }

  /** Checks everything; {@code each} receives the outcome of each part as it ends. */
  public void run(Consumer<Outcome> each) {
    each.accept(modules());
    OpRegistry.families().forEach(family -> check(family).ifPresent(each));
    each.accept(coverage());
  }

  /** Translates every module, and looks for every entry point. */
  Outcome modules() {
    int entries = 0;
    List<String> failures = new ArrayList<>();
    for (String module : Ptx.modules()) {
      try {
        LoadedModule loaded = driver.load(module, Ptx.text(module));
        try {
          for (PtxManifest.Entry entry : Ptx.manifest(module).entries()) {
            driver.function(loaded, entry.name());
            entries++;
          }
        } finally {
          driver.unload(loaded);
        }
      } catch (RuntimeException e) {
        failures.add(module + ".ptx: " + e.getMessage());
      }
    }
    return new Outcome("PTX modules", entries, failures, Ptx.modules().size() + " modules");
  }

  /** Checks one family; empty if it needs a library. */
  Optional<Outcome> check(OpFamily family) {
    int compared = 0;
    List<String> failures = new ArrayList<>();
    try {
      for (int block : blocks) {
        Outcome outcome = check(family, block, block == blocks.get(0));
        compared += outcome.compared();
        outcome.failures().forEach(failure -> failures.add("block=" + block + ": " + failure));
      }
    } catch (LibraryRefusedException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      failures.add("broke off: " + e.getMessage());
    }
    return Optional.of(new Outcome(family.stem() + " kernels", compared, failures));
  }

  private Outcome check(OpFamily family, int block, boolean twice) {
    BorrowedDriver borrowed = new BorrowedDriver(driver);
    try (Device oracle = new CpuDevice(OpRegistry.cpuKernels(), 1, Optional.empty());
        Device device =
            new CudaDevice(
                OpRegistry.cudaKernels(),
                new CudaLibraries(
                    borrowed.driver(), RefusedLibraries.blas(), RefusedLibraries.dnn()),
                settings.blocks(block))) {
      OpSuite suite = new OpSuite(oracle, device, Bound.F32_GPU);
      Outcome agreement = suite.check(family);
      if (!twice) {
        return agreement;
      }
      Outcome repetition = suite.repeat(family);
      List<String> failures = new ArrayList<>(agreement.failures());
      failures.addAll(repetition.failures());
      return new Outcome(family.stem(), agreement.compared() + repetition.compared(), failures);
    } finally {
      launched.addAll(borrowed.entries());
    }
  }

  /** What was launched of all that there is; the rest are variants that no op of a sample takes. */
  private Outcome coverage() {
    Set<String> idle = new TreeSet<>();
    int all = 0;
    for (String module : Ptx.modules()) {
      for (PtxManifest.Entry entry : Ptx.manifest(module).entries()) {
        all++;
        idle.add(entry.name());
      }
    }
    idle.removeAll(launched);
    String note = (all - idle.size()) + " of " + all + " entry points were launched";
    return new Outcome(
        "launched kernels",
        all - idle.size(),
        List.of(),
        idle.isEmpty() ? note : note + ", not " + String.join(", ", idle));
  }
}
