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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench}: how fast a device is. */
@Command(
    name = "bench",
    header = "Measure a device: copies, ops, the crop, training steps, inference.",
    description = {
      "",
      "Memory-bound ops are judged by the bytes that they must move and by what a copy on the device",
      "moves; ops at the network's shapes and whole passes also by the processor's multiply-adds.",
      "With --peer, figures that torch_peer.py printed on the same machine stand beside ours.",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example: the figures of a GPU, then the same beside a peer's, without measuring again:",
      "  cluster-net bench --device cuda --json ours.json",
      "  cluster-net bench --from ours.json --peer torch32.json --peer torch64.json"
    })
final class BenchCommand extends Job {
  private static final long GPU_ELEMENTS = 64L << 20;
  private static final long CPU_ELEMENTS = 4L << 20;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILTER",
      defaultValue = "",
      description = "measure only what has this in its name, such as 'batch norm' or 'train bf16'")
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
      description = "images of a step (default: 32,64; on the cpu 8)")
  private List<Integer> batches;

  @Option(
      names = "--crop-batch",
      paramLabel = "N",
      split = ",",
      hideParamSyntax = true,
      description = "images of the crop alone (default: 32,64,256; on the cpu 8)")
  private List<Integer> cropBatches;

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      split = ",",
      hideParamSyntax = true,
      description = "of steps (default: fp32,tf32,bf16; on the cpu fp32,bf16)")
  private List<Precision> precisions;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      defaultValue = "256",
      description = "side of the images (default: 256)")
  private int size;

  @Option(
      names = "--elements",
      paramLabel = "N",
      description = "of a tensor of a memory-bound op (default: 67108864; on the cpu 4194304)")
  private Long elements;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "10",
      description = "steps that are counted, after 3 that are not (default: 10)")
  private int runs;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "measure nothing: show the figures of an earlier --json")
  private Path from;

  @Option(
      names = "--peer",
      paramLabel = "FILE",
      description = "JSON that torch_peer.py printed; may be given several times")
  private List<Path> peers = List.of();

  @Option(names = "--json", paramLabel = "FILE", description = "write all figures")
  private Path json;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "put the section of the device into this Markdown file")
  private Path out;

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
