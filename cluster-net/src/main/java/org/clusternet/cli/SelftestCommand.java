package org.clusternet.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.clusternet.data.io.AtomicFile;
import org.clusternet.engine.check.Outcome;
import org.clusternet.selftest.SelfTest;
import org.clusternet.selftest.SelfTestReport;
import org.clusternet.text.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code selftest}: whether a device computes correctly. */
@Command(
    name = "selftest",
    header = "Check that a device computes correctly.",
    description = {
      "",
      "Compares every operation, forward and backward, and a training step of a small three-headed",
      "network with a reference in 64-bit floating point; checks that repeated steps give the same",
      "bits and that interrupted training runs resume; and on a GPU checks our own kernels alone"
          + " at",
      "several block sizes. Prints a line per check; the exit code is 1 if one failed.",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example: all checks on a GPU; and only that interrupted training runs resume exactly:",
      "  cluster-net selftest --device cuda --json selftest.json",
      "  cluster-net selftest --resume"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SelftestCommand extends Job {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "cpu",
      description = "cpu or cuda (default: cpu)")
  private String device;

  @Option(
      names = "--kernels",
      description = "check our own CUDA kernels only; needs neither cuBLAS nor cuDNN")
  private boolean kernels;

  @Option(
      names = "--resume",
      description =
          "check only that training runs that are stopped or killed and then resumed write the same"
              + " files, byte for byte, as an uninterrupted run")
  private boolean resume;

  @Option(
      names = "--blocks",
      paramLabel = "THREADS",
      split = ",",
      defaultValue = "256,32,1024",
      hideParamSyntax = true,
      description = "block sizes with which CUDA kernels are run (default: 256,32,1024)")
  private List<Integer> blocks;

  @Mixin private Threads threads;

  @Option(names = "--json", paramLabel = "FILE", description = "write the results as JSON")
  private @Nullable Path json;

  SelftestCommand() {}

  @Override
  public Integer call() {
    if (!List.of("cpu", "cuda").contains(device)) {
      throw misuse("device=" + device + "; it must be cpu or cuda");
    }
    if (kernels && !device.equals("cuda")) {
      throw misuse("--kernels checks CUDA kernels; add --device cuda");
    }
    if (kernels && resume) {
      throw misuse("--kernels and --resume exclude each other; give one");
    }
    int cores = checked(() -> threads.count());
    long start = System.nanoTime();
    SelfTest test = new SelfTest(device, cores, blocks, this::show);
    List<Outcome> outcomes = kernels ? test.kernels() : resume ? test.resume() : test.all();
    SelfTestReport report =
        new SelfTestReport(
            Version.current(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            device,
            outcomes.stream().allMatch(Outcome::passed),
            (System.nanoTime() - start) * 1e-9,
            outcomes);
    if (json != null) {
      AtomicFile.writeText(json, Json.write(report));
    }
    out().println(report.summary());
    out().flush();
    return report.passed() ? 0 : 1;
  }

  private void show(Outcome outcome) {
    out().println(outcome.line());
    out().flush();
  }
}
