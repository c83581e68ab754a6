package org.clusternet.engine.cuda.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.clusternet.engine.check.Bound;
import org.clusternet.engine.check.OpSuite;
import org.clusternet.engine.check.Outcome;
import org.clusternet.engine.cpu.CpuDevice;
import org.clusternet.engine.cuda.CudaDevice;
import org.clusternet.engine.cuda.CudaSettings;
import org.clusternet.engine.cuda.api.Blas;
import org.clusternet.engine.cuda.api.CudaLibraries;
import org.clusternet.engine.cuda.api.CudaUnavailableException;
import org.clusternet.engine.cuda.api.DeviceInfo;
import org.clusternet.engine.cuda.api.Dnn;
import org.clusternet.engine.cuda.api.Driver;
import org.clusternet.engine.cuda.jcuda.DriverProbe;
import org.clusternet.engine.cuda.jcuda.JCudaNatives;
import org.clusternet.engine.cuda.jcuda.LibrarySearch;
import org.clusternet.engine.cuda.jcuda.Nvidia;
import org.clusternet.engine.op.OpRegistry;
import org.clusternet.engine.spi.Device;
import org.clusternet.kernels.Ptx;
import org.clusternet.kernels.PtxManifest;
import org.jspecify.annotations.Nullable;

/**
 * Examines everything that the CUDA device needs, from the driver up to our kernels. A failure is a
 * finding, never an exception; a part that cannot be examined because another is missing is
 * reported as unknown.
 */
public final class Doctor {
  private static final int FAILURES_NAMED = 3;

  private final List<Finding> findings = new ArrayList<>();
  private @Nullable Driver driver;
  private @Nullable Blas blas;
  private @Nullable Dnn dnn;

  private Doctor() {}

  /** Examines everything; kernels are run if there is a GPU to run them on. */
  public static Report examine() {
    Doctor doctor = new Doctor();
    try {
      doctor.look();
    } finally {
      doctor.close();
    }
    return new Report(List.copyOf(doctor.findings));
  }

  private void look() {
    boolean probed = step("driver", DriverProbe::require);
    LibrarySearch search = LibrarySearch.ofThisMachine();
    LibrarySearch.Cublas cublas = found("cuBLAS", search::cublas);
    Path cudnn = found("cuDNN", search::cudnn);
    int major = cublas == null ? 12 : cublas.major();
    JCudaNatives natives = found("JCuda", () -> JCudaNatives.unpack(major));
    if (natives != null) {
      String fit = major == 12 ? "" : ", fitted to CUDA " + major;
      add(Finding.works("JCuda", JCudaNatives.version() + " in " + natives.folder() + fit));
    }
    ptx();
    gpu(probed, natives);
    blas(natives, cublas);
    dnn(natives, search, cudnn);
    kernels();
    findings.sort(Comparator.comparingInt(finding -> ORDER.indexOf(finding.subject())));
  }

  private static final List<String> ORDER =
      List.of("driver", "GPU", "memory", "cuBLAS", "cuDNN", "JCuda", "PTX modules", "kernels");

  private void add(Finding finding) {
    findings.add(finding);
  }

  /** Whether a step went well; a finding if not. */
  private boolean step(String subject, Runnable action) {
    return found(
            subject,
            () -> {
              action.run();
              return subject;
            })
        != null;
  }

  /** What a step found; nothing, and a finding that says why, if it failed. */
  private <T> @Nullable T found(String subject, Supplier<T> step) {
    try {
      return step.get();
    } catch (CudaUnavailableException e) {
      String text = e.missing();
      String prefix = subject + ": ";
      add(
          Finding.broken(
              subject,
              text.startsWith(prefix) ? text.substring(prefix.length()) : text,
              e.remedy()));
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      add(Finding.broken(subject, String.valueOf(e), "report it with this output"));
    }
    return null;
  }

  private void ptx() {
    found(
        "PTX modules",
        () -> {
          List<PtxManifest> manifests = Ptx.modules().stream().map(Ptx::manifest).toList();
          String newest =
              manifests.stream()
                  .map(PtxManifest::isa)
                  .max(Comparator.comparingDouble(Double::parseDouble))
                  .orElse("none");
          int entries = manifests.stream().mapToInt(m -> m.entries().size()).sum();
          add(
              Finding.works(
                  "PTX modules",
                  manifests.size() + " with " + entries + " kernels, PTX ISA up to " + newest));
          return manifests;
        });
  }

  private void gpu(boolean probed, @Nullable JCudaNatives natives) {
    if (!probed || natives == null) {
      add(Finding.unknown("GPU", "not examined: " + (probed ? "no JCuda" : "no driver")));
      add(Finding.unknown("memory", "not examined: no GPU"));
      return;
    }
    Driver found = found("GPU", () -> Nvidia.openDriver(natives));
    driver = found;
    if (found == null) {
      add(Finding.works("driver", "libcuda.so.1"));
      add(Finding.unknown("memory", "not examined: no GPU"));
      return;
    }
    DeviceInfo info = found.info();
    add(Finding.works("driver", "serves CUDA " + info.cudaVersion()));
    String name =
        "%s, compute capability %s, %d multiprocessors"
            .formatted(info.name(), info.computeCapability(), info.multiprocessors());
    step(
        "GPU",
        () -> {
          Nvidia.requireSupported(info);
          add(Finding.works("GPU", name));
        });
    step(
        "memory",
        () ->
            add(
                Finding.works(
                    "memory",
                    String.format(
                        Locale.ROOT,
                        "%.1f GiB free of %.1f GiB",
                        found.freeBytes() * 0x1p-30,
                        info.totalBytes() * 0x1p-30))));
  }

  private void blas(@Nullable JCudaNatives natives, LibrarySearch.@Nullable Cublas files) {
    if (files == null) {
      return;
    }
    Driver gpu = driver;
    if (gpu == null || natives == null) {
      add(Finding.unknown("cuBLAS", files.cublas() + ", not loaded: no GPU"));
      return;
    }
    Blas library = found("cuBLAS", () -> Nvidia.blas(natives, files, gpu));
    blas = library;
    if (library != null) {
      String version = found("cuBLAS", library::describe);
      if (version != null) {
        add(Finding.works("cuBLAS", version + ", " + files.cublas()));
      }
    }
  }

  private void dnn(@Nullable JCudaNatives natives, LibrarySearch search, @Nullable Path file) {
    if (file == null) {
      return;
    }
    Driver gpu = driver;
    if (gpu == null || natives == null || blas == null) {
      String lacking = gpu == null ? "no GPU" : "no cuBLAS";
      add(Finding.unknown("cuDNN", file + ", not loaded: " + lacking));
      return;
    }
    Dnn library = found("cuDNN", () -> Nvidia.dnn(natives, search, file, gpu));
    dnn = library;
    if (library != null) {
      add(Finding.works("cuDNN", library.describe() + ", " + file));
    }
  }

  private void kernels() {
    if (driver == null || blas == null || dnn == null) {
      add(Finding.unknown("kernels", "not run: no GPU with cuBLAS and cuDNN"));
      return;
    }
    CudaLibraries libraries = new CudaLibraries(driver, blas, dnn);
    driver = null;
    blas = null;
    dnn = null;
    found(
        "kernels",
        () -> {
          try (Device oracle = new CpuDevice(OpRegistry.cpuKernels(), 1, Optional.empty());
              Device device =
                  new CudaDevice(OpRegistry.cudaKernels(), libraries, CudaSettings.defaults())) {
            add(summary(new OpSuite(oracle, device, Bound.F32_GPU).all()));
          }
          return libraries;
        });
  }

  private static Finding summary(List<Outcome> outcomes) {
    List<Outcome> failed = outcomes.stream().filter(outcome -> !outcome.passed()).toList();
    String agree =
        "%d of %d families of ops agree with the CPU"
            .formatted(outcomes.size() - failed.size(), outcomes.size());
    if (failed.isEmpty()) {
      return Finding.works("kernels", agree);
    }
    StringBuilder text = new StringBuilder(agree);
    failed.stream()
        .limit(FAILURES_NAMED)
        .forEach(outcome -> text.append("; ").append(outcome.failures().get(0)));
    if (failed.size() > FAILURES_NAMED) {
      text.append("; ...");
    }
    return Finding.broken("kernels", text.toString(), "use the cpu and report this output");
  }

  private void close() {
    for (@Nullable AutoCloseable part : new @Nullable AutoCloseable[] {dnn, blas, driver}) {
      if (part != null) {
        try {
          part.close();
        } catch (Exception e) {
          add(Finding.broken("GPU", "cannot be released: " + e.getMessage(), "report this output"));
        }
      }
    }
  }
}
