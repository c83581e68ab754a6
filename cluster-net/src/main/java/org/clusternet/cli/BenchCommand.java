package org.clusternet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.clusternet.benchmark.Bench;
import org.clusternet.benchmark.BenchMarkdown;
import org.clusternet.benchmark.BenchReport;
import org.clusternet.benchmark.BenchSettings;
import org.clusternet.benchmark.PeerFigures;
import org.clusternet.benchmark.Timing;
import org.clusternet.config.Precision;
import org.clusternet.data.DataException;
import org.clusternet.data.io.AtomicFile;
import org.clusternet.text.Json;
import org.clusternet.text.MarkedFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench}: the speed of a device. */
@Command(
    name = "bench",
    header = "Benchmark a device: copies, operations, crop, training steps, inference.",
    description = {
      "",
      "The speed of memory-bound operations is given relative to a copy of the same number of"
          + " bytes",
      "on the device; that of operations with the network's shapes and of whole passes also"
          + " relative",
      "to the peak multiply-add rate. With --peer, the results of torch_peer.py on the same"
          + " machine",
      "are shown beside ours.",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example: benchmark a GPU, then show the results beside PyTorch's without running again:",
      "  cluster-net bench --device cuda --json ours.json",
      "  cluster-net bench --from ours.json --peer torch32.json --peer torch64.json"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BenchCommand extends Job {
  private static final long GPU_ELEMENTS = 64L << 20;
  private static final long CPU_ELEMENTS = 4L << 20;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILTER",
      defaultValue = "",
      description =
          "run only benchmarks whose name contains this, such as 'batch norm' or 'train bf16'")
  private String filter;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "cpu",
      description = "cpu or cuda (default: cpu)")
  private String device;

  @Mixin private Threads threads;

  @Option(
      names = "--batch",
      paramLabel = "N",
      split = ",",
      hideParamSyntax = true,
      description = "batch sizes of training and inference (default: 32,64; on the cpu 8)")
  private @Nullable List<Integer> batches;

  @Option(
      names = "--crop-batch",
      paramLabel = "N",
      split = ",",
      hideParamSyntax = true,
      description = "batch sizes of the crop benchmark (default: 32,64,256; on the cpu 8)")
  private @Nullable List<Integer> cropBatches;

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      split = ",",
      hideParamSyntax = true,
      description =
          "precisions of training and inference (default: fp32,tf32,bf16; on the cpu fp32,bf16)")
  private @Nullable List<Precision> precisions;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      defaultValue = "256",
      description = "side of the images in pixels (default: 256)")
  private int size;

  @Option(
      names = "--elements",
      paramLabel = "N",
      description =
          "tensor elements in memory-bound operations (default: 67108864; on the cpu 4194304)")
  private @Nullable Long elements;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "10",
      description = "timed repetitions, after 3 warm-up repetitions (default: 10)")
  private int runs;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "show the results of an earlier --json without running benchmarks")
  private @Nullable Path from;

  @Option(
      names = "--peer",
      paramLabel = "FILE",
      description = "JSON output of torch_peer.py; repeatable")
  private List<Path> peers = List.of();

  @Option(names = "--json", paramLabel = "FILE", description = "write the results as JSON")
  private @Nullable Path json;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "update the section of the device in this Markdown file")
  private @Nullable Path out;

  BenchCommand() {}

  @Override
  public Integer call() throws IOException {
    List<PeerFigures> figures = new ArrayList<>();
    for (Path peer : peers) {
      figures.add(new PeerFigures(peer.toString(), read(peer, JsonNode.class)));
    }
    BenchReport report = from == null ? measure() : read(from, BenchReport.class);
    keep(report);
    String section = BenchMarkdown.section(report, figures);
    if (out != null) {
      String name = "bench-" + report.device().replaceAll("[:,].*", "");
      new MarkedFile(out).replace(name, "cluster-net bench", section);
    }
    if (from != null || !figures.isEmpty()) {
      out().print(section);
    }
    out().flush();
    return report.failures().isEmpty() ? 0 : 1;
  }

  private BenchReport measure() {
    BenchSettings settings = checked(this::settings);
    Bench bench =
        new Bench(
            settings,
            line -> {
              out().println(line);
              out().flush();
            });
    return bench.run(Version.current(), this::keep);
  }

  private void keep(BenchReport report) {
    if (json != null) {
      AtomicFile.writeText(json, Json.write(report));
    }
  }

  private BenchSettings settings() {
    boolean gpu = device.equals("cuda");
    List<Precision> both = List.of(Precision.FP32, Precision.BF16);
    return new BenchSettings(
        device,
        threads.count(),
        filter,
        Defaults.or(batches, gpu ? List.of(32, 64) : List.of(8)),
        Defaults.or(cropBatches, gpu ? List.of(32, 64, 256) : List.of(8)),
        Defaults.or(precisions, gpu ? List.of(Precision.values()) : both),
        size,
        Defaults.or(elements, gpu ? GPU_ELEMENTS : CPU_ELEMENTS),
        new Timing(3, runs, 0));
  }

  private static <T> T read(Path file, Class<T> type) {
    try {
      return Json.read(Files.readString(file), type, file.toString());
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
