package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.clusternet.benchmark.BenchReport;
import org.clusternet.engine.Devices;
import org.clusternet.engine.cuda.CudaSettings;
import org.clusternet.engine.cuda.api.CudaUnavailableException;
import org.clusternet.engine.spi.Device;
import org.clusternet.selftest.SelfTestReport;
import org.clusternet.text.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bench} and {@code selftest} as a user runs them, on the CPU. */
class BenchCommandTest {
  @TempDir private Path folder;

  private static boolean hasGpu() {
    try (Device device = Devices.cuda(CudaSettings.defaults())) {
      return device.name().equals("cuda");
    } catch (CudaUnavailableException e) {
      return false;
    }
  }

  @Test
  void measuresShowsAndComparesWithAPeer() throws IOException {
    Path json = folder.resolve("ours.json");
    Cli.Result measured =
        Cli.run(
            "bench",
            "f",
            "--size",
            "32",
            "--batch",
            "4",
            "--crop-batch",
            "4",
            "--runs",
            "1",
            "--threads",
            "1",
            "--elements",
            "4096",
            "--precision",
            "fp32",
            "--json",
            json.toString());
    assertEquals(0, measured.exit(), measured::toString);
    BenchReport report = Json.read(Files.readString(json), BenchReport.class, "json");
    assertTrue(report.copyGbPerS() > 0);
    assertTrue(report.kernels().stream().allMatch(k -> k.name().contains("f") && k.ms() > 0));
    assertTrue(report.kernels().stream().anyMatch(k -> k.name().equals("fill BF16")));
    assertTrue((double) report.steps().get(0).get("train_images_per_s_fp32_replayed") > 0);
    Path peer = folder.resolve("peer.json");
    Files.writeString(
        peer,
        "{\"torch\": \"9\", \"batch\": 4, \"size\": 32, \"crop\": 32,"
            + " \"train_images_per_s_fp32_eager\": 0.001}");
    Path results = folder.resolve("RESULTS.md");
    Cli.Result compared =
        Cli.run(
            "bench",
            "--from",
            json.toString(),
            "--peer",
            peer.toString(),
            "--out",
            results.toString());
    assertEquals(0, compared.exit(), compared::toString);
    assertTrue(compared.out().contains("torch 9, eager"), compared.out());
    assertTrue(Files.readString(results).startsWith("<!-- begin bench-cpu: "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ours.json", "peer.json"})
  void aFileThatIsNotThereIsNamed(String name) {
    String missing = folder.resolve(name).toString();
    String option = name.startsWith("ours") ? "--from" : "--peer";
    Cli.Result result = Cli.run("bench", option, missing);
    assertEquals(1, result.exit());
    assertTrue(result.complaint().contains(missing + ": cannot be read"), result::toString);
  }

  @Test
  void theCpuPassesItsSelfTest() throws IOException {
    Path json = folder.resolve("selftest.json");
    Cli.Result result = Cli.run("selftest", "--threads", "1", "--json", json.toString());
    assertEquals(0, result.exit(), result::toString);
    String last = result.out().lines().reduce((a, b) -> b).orElseThrow();
    assertTrue(last.startsWith("selftest passed on cpu: "), last);
    SelfTestReport report = Json.read(Files.readString(json), SelfTestReport.class, "json");
    assertTrue(report.passed());
    assertEquals(result.out().lines().count() - 1, report.outcomes().size());
    assertTrue(report.outcomes().stream().allMatch(outcome -> outcome.compared() > 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "selftest --device cuda",
        "selftest --device cuda --kernels",
        "bench --device cuda"
      })
  void withoutAGpuOneLineSaysWhatIsMissing(String command) {
    assumeFalse(hasGpu(), "there is a GPU");
    Cli.Result result = Cli.run(command.split(" "));
    assertEquals(1, result.exit(), result::toString);
    String complaint = result.complaint();
    assertTrue(complaint.startsWith("cluster-net: device=cuda: "), complaint);
    assertTrue(complaint.endsWith("(cluster-net doctor says more)"), complaint);
  }
}
