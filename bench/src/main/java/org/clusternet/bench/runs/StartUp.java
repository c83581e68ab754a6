package org.clusternet.bench.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.clusternet.benchmark.MachineFacts;
import org.clusternet.benchmark.Statistics;
import org.clusternet.data.io.CsvFile;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.simulate.ClassMix;
import org.clusternet.data.simulate.Simulator;
import org.clusternet.text.MarkedFile;
import org.clusternet.text.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures the time of {@code cluster-net train} to its first training step: a process of the
 * launcher, as a user starts it, on a dataset so small that an epoch is one step. The step begins
 * with the line that names the variant; its duration follows from the images per second in the
 * epoch's table. The line of the epoch is printed later, after validation and writing the model.
 */
@Command(
    name = "start-up",
    mixinStandardHelpOptions = true,
    description = "Measures the time from the start of cluster-net train to its first step.")
public final class StartUp implements Callable<Integer> {
  private static final int CLUSTERS = 10;
  private static final double TARGET = 3;
  private static final Pattern TRAINED = Pattern.compile("fold .*: (\\d+) images to train.*");

  @Option(names = "--rounds", description = "Number of runs (default: ${DEFAULT-VALUE}).")
  private int rounds = 5;

  @Option(
      names = "--size",
      description = "Height and width of the images (default: ${DEFAULT-VALUE}).")
  private int size = 64;

  @Option(
      names = "--launcher",
      paramLabel = "FILE",
      description = "Launcher to run (default: that of this checkout).")
  private Path launcher = Launched.ofThisCheckout();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Markdown file in which the section start-up is replaced (default: print only).")
  private @Nullable Path out;

  @Spec private CommandSpec spec;

  /** Seconds from the start of a run to its stages, and the seconds of loading the images. */
  private record Run(
      double log, double device, double training, double step, double epoch, double images) {
    double beyondLoading() {
      return step - images;
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Run> runs = new ArrayList<>();
    double load = MachineFacts.loadAverage();
    try (TemporaryFolder scratch = TemporaryFolder.create("cluster-net-start-up")) {
      Path data = scratch.path().resolve("data");
      int threads = Runtime.getRuntime().availableProcessors();
      Simulator.Options options =
          new Simulator.Options(CLUSTERS, new SkyGrid(512, 4), ClassMix.NATIVE, 1, threads);
      Simulator.run(data, options, (done, total) -> {});
      Launched.run(launcher, List.of("--version")); // builds, if it must
      for (int round = 0; round < rounds; round++) {
        runs.add(run(data, scratch.path().resolve("run-" + round)));
      }
    }
    String text = text(runs, load);
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
    if (out != null) {
      new MarkedFile(out).replace("start-up", "bench/run start-up", text);
    }
    return 0;
  }

  private Run run(Path data, Path folder) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("train", "--data", data.toString()));
    arguments.addAll(List.of("--folds", "3", "--epochs", "1", "--batch", "16", "--device", "cpu"));
    arguments.addAll(List.of("--image-size", Integer.toString(size), "--out", folder.toString()));
    Launched train = Launched.run(launcher, arguments);
    JsonNode scores = new ObjectMapper().readTree(folder.resolve("metrics.json").toFile());
    double training = train.secondsTo("variant ");
    CsvFile.Row epoch = CsvFile.read(folder.resolve("metrics.csv"), "images_per_second").get(0);
    double step = trained(train) / Double.parseDouble(epoch.get("images_per_second"));
    return new Run(
        train.lines().get(0).seconds(),
        train.secondsTo("cpu"),
        training,
        training + step,
        train.secondsTo("epoch 1/1"),
        scores.path("seconds").path("images").asDouble());
  }

  private static int trained(Launched train) {
    return train.lines().stream()
        .map(line -> TRAINED.matcher(line.text()))
        .filter(Matcher::matches)
        .mapToInt(found -> Integer.parseInt(found.group(1)))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no line has the number of images to train"));
  }

  private String text(List<Run> runs, double load) {
    Table table = new Table("from the start of the launcher to", "s", "min to max");
    row(table, "the first line of the log", runs, Run::log);
    row(table, "the device", runs, Run::device);
    row(table, "the beginning of training", runs, Run::training);
    row(table, "the end of the first step", runs, Run::step);
    row(table, "the same, without the loading of the images", runs, Run::beyondLoading);
    row(table, "the line of the epoch: validation and model file too", runs, Run::epoch);
    return """
        ### Start of `cluster-net train`

        %s: %d runs, %d images of %d x %d pixels; medians. The target is under %.0f s beyond the \
        data's loading.

        - CPU: %s, %d processors; JDK %s
        - load average before the runs: %.2f

        %s"""
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            rounds,
            3 * CLUSTERS,
            size,
            size,
            TARGET,
            MachineFacts.here().cpu(),
            MachineFacts.here().cores(),
            MachineFacts.here().jdk(),
            load,
            table.markdown());
  }

  private static void row(Table table, String what, List<Run> runs, ToDoubleFunction<Run> seconds) {
    Statistics all = Statistics.of(runs.stream().mapToDouble(seconds).toArray());
    table.row(what, "%.2f".formatted(all.median()), "%.2f to %.2f".formatted(all.min(), all.max()));
  }
}
