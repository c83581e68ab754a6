package org.clusternet.bench.cases;

import java.util.List;
import org.clusternet.benchmark.BenchCase;
import org.clusternet.benchmark.BenchTask;
import org.clusternet.benchmark.NetworkCases;
import org.openjdk.jmh.annotations.Param;

/** Each op of ResNet-18 at each of its shapes; see {@link NetworkCases}. */
public class NetworkOps extends CaseBenchmark {
  /** Name of the op. */
  @Param({
    "conv 7x7 stride 2 3 to 64 forward",
    "conv 7x7 stride 2 3 to 64 backward weight",
    "conv 3x3 64 to 64 forward",
    "conv 3x3 64 to 64 backward input",
    "conv 3x3 64 to 64 backward weight",
    "conv 3x3 stride 2 64 to 128 forward",
    "conv 3x3 stride 2 64 to 128 backward input",
    "conv 3x3 stride 2 64 to 128 backward weight",
    "conv 1x1 stride 2 64 to 128 forward",
    "conv 1x1 stride 2 64 to 128 backward input",
    "conv 1x1 stride 2 64 to 128 backward weight",
    "conv 3x3 128 to 128 forward",
    "conv 3x3 128 to 128 backward input",
    "conv 3x3 128 to 128 backward weight",
    "conv 3x3 stride 2 128 to 256 forward",
    "conv 3x3 stride 2 128 to 256 backward input",
    "conv 3x3 stride 2 128 to 256 backward weight",
    "conv 1x1 stride 2 128 to 256 forward",
    "conv 1x1 stride 2 128 to 256 backward input",
    "conv 1x1 stride 2 128 to 256 backward weight",
    "conv 3x3 256 to 256 forward",
    "conv 3x3 256 to 256 backward input",
    "conv 3x3 256 to 256 backward weight",
    "conv 3x3 stride 2 256 to 512 forward",
    "conv 3x3 stride 2 256 to 512 backward input",
    "conv 3x3 stride 2 256 to 512 backward weight",
    "conv 1x1 stride 2 256 to 512 forward",
    "conv 1x1 stride 2 256 to 512 backward input",
    "conv 1x1 stride 2 256 to 512 backward weight",
    "conv 3x3 512 to 512 forward",
    "conv 3x3 512 to 512 backward input",
    "conv 3x3 512 to 512 backward weight",
    "batch norm relu 64 at 1/2 forward",
    "batch norm relu 64 at 1/2 backward",
    "batch norm relu 64 at 1/2 inference",
    "batch norm relu 64 at 1/4 forward",
    "batch norm relu 64 at 1/4 backward",
    "batch norm relu 64 at 1/4 inference",
    "batch norm residual relu 64 at 1/4 forward",
    "batch norm residual relu 64 at 1/4 backward",
    "batch norm relu 128 at 1/8 forward",
    "batch norm relu 128 at 1/8 backward",
    "batch norm relu 128 at 1/8 inference",
    "batch norm residual relu 128 at 1/8 forward",
    "batch norm residual relu 128 at 1/8 backward",
    "batch norm relu 256 at 1/16 forward",
    "batch norm relu 256 at 1/16 backward",
    "batch norm relu 256 at 1/16 inference",
    "batch norm residual relu 256 at 1/16 forward",
    "batch norm residual relu 256 at 1/16 backward",
    "batch norm relu 512 at 1/32 forward",
    "batch norm relu 512 at 1/32 backward",
    "batch norm relu 512 at 1/32 inference",
    "batch norm residual relu 512 at 1/32 forward",
    "batch norm residual relu 512 at 1/32 backward",
    "max-pool forward",
    "max-pool backward",
    "average pool forward",
    "average pool backward",
    "Adam"
  })
  private String op;

  @Override
  List<BenchCase> cases(BenchTask task) {
    return NetworkCases.of(task);
  }

  @Override
  String which() {
    return op;
  }
}
