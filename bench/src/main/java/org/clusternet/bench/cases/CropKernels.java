package org.clusternet.bench.cases;

import java.util.List;
import org.clusternet.benchmark.BenchCase;
import org.clusternet.benchmark.BenchTask;
import org.clusternet.benchmark.CropCases;
import org.openjdk.jmh.annotations.Param;

/** Each kernel of the attention crop, and the fused op; see {@link CropCases}. */
public class CropKernels extends CaseBenchmark {
  /** Name of the kernel. */
  @Param({
    "CAM weighting",
    "resize",
    "min-max",
    "threshold",
    "Gaussian map",
    "mask union",
    "bounding box",
    "crop-resize",
    "fused crop"
  })
  private String kernel;

  @Override
  List<BenchCase> cases(BenchTask task) {
    return CropCases.of(task);
  }

  @Override
  String which() {
    return kernel;
  }
}
