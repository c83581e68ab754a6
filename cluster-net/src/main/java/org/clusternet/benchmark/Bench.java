package org.clusternet.benchmark;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.clusternet.config.Precision;
import org.clusternet.engine.Devices;
import org.clusternet.engine.cuda.CudaSettings;
import org.clusternet.engine.cuda.api.MathMode;
import org.clusternet.engine.op.AttentionCrop;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.network.CropConfig;
import org.clusternet.network.NetworkConfig;
import org.clusternet.network.Variant;
import org.clusternet.nn.model.ResNetConfig;
import org.clusternet.training.BatchTraining;
import org.clusternet.training.BlobBatch;
import org.clusternet.training.LossValues;

/**
 * Measures a device: first the copy, with which memory-bound ops are compared; then ops, the crop,
 * whole steps of the paper's network, and the cases of the catalogue. Times are medians, measured
 * by the device's own clock.
 */
public final class Bench {
  private static final Timing OPS = new Timing(2, 11, 5);
  private static final int CEILING_MILLIS = 100;
  private static final int FEATURES = 512;
  private static final int STRIDE = 32;
  private static final double RATE = 1e-3;

  private final BenchSettings settings;
  private final Consumer<String> line;
  private final Function<Precision, Device> opening;
  private final List<BenchReport.Kernel> kernels = new ArrayList<>();
  private final List<BenchReport.Crop> crops = new ArrayList<>();
  private final Map<Integer, Map<String, Object>> steps = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();
  private final CaseBench cases;
  private double copyRate;

  /**
   * A benchmark.
   *
   * @param settings what is measured
   * @param line receives each figure when it is measured
   */
  public Bench(BenchSettings settings, Consumer<String> line) {
    this(settings, line, precision -> open(settings, precision));
  }

  /** A benchmark of devices that are opened by the given function. */
  Bench(BenchSettings settings, Consumer<String> line, Function<Precision, Device> opening) {
    this.settings = settings;
    this.line = line;
    this.opening = opening;
    this.cases = new CaseBench(settings, line, this::guarded);
  }

  /** Measures everything, without reports in between. */
  public BenchReport run(String version) {
    return run(version, report -> {});
  }

  /**
   * Measures everything that the filter includes.
   *
   * @param version version of the program, for the report
   * @param soFar receives the figures so far from time to time, so that a process that is killed
   *     does not lose them
   * @throws IllegalArgumentException if the device is not available
   */
  public BenchReport run(String version, Consumer<BenchReport> soFar) {
    Device device = opening.apply(Precision.FP32);
    String described = device.describe();
    Ceilings ceilings;
    try {
      line.accept(described);
      copy(device);
      ceilings = ceilings();
      KernelCases.of(settings.elements()).stream()
          .filter(one -> settings.includes(one.name()))
          .forEach(one -> guarded(one.name(), () -> kernel(device, one)));
      soFar.accept(report(version, described, ceilings));
      for (int batch : settings.cropBatches()) {
        crop(device, batch, DType.F32);
        crop(device, batch, DType.BF16);
      }
      if (settings.device().equals("cpu")) {
        cases.data(device, ceilings);
      }
    } finally {
      guarded("closing of the device", device::close);
    }
    for (Precision precision : settings.precisions()) {
      cases.on(precision, opening, ceilings);
      for (int batch : settings.batches()) {
        soFar.accept(report(version, described, ceilings));
        steps(precision, batch);
      }
    }
    return report(version, described, ceilings);
  }

  private BenchReport report(String version, String described, Ceilings ceilings) {
    return new BenchReport(
        version,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        described,
        MachineFacts.here(),
        copyRate,
        Double.isNaN(ceilings.gflops()) ? null : ceilings.gflops(),
        List.copyOf(kernels),
        List.copyOf(crops),
        List.copyOf(cases.figures()),
        List.copyOf(steps.values()),
        List.copyOf(failures));
  }

  /** A failure loses its own figures only. */
  private void guarded(String name, Runnable measurement) {
    try {
      measurement.run();
    } catch (RuntimeException | OutOfMemoryError e) {
      String failure = name + ": " + (e.getMessage() == null ? e : e.getMessage());
      failures.add(failure);
      line.accept("FAILED " + failure);
    }
  }

  private static Device open(BenchSettings settings, Precision precision) {
    MathMode math = precision == Precision.TF32 ? MathMode.TF32 : MathMode.FP32;
    CudaSettings cuda = CudaSettings.defaults().with(math);
    return Devices.choose(settings.device(), settings.threads(), cuda).device();
  }

  private void copy(Device device) {
    KernelCase copy = KernelCases.copy(settings.elements());
    copyRate = copy.bytes() / copy.measure(device, OPS).median() * 1e-6;
    line.accept("copy on the device: %.1f GB/s (read plus written)".formatted(copyRate));
  }

  private Ceilings ceilings() {
    if (!settings.device().equals("cpu")) {
      return new Ceilings(Double.NaN, copyRate);
    }
    Ceilings found = Ceilings.measure(settings.threads(), CEILING_MILLIS);
    line.accept(
        "the processor: %.0f GFLOP/s of F32 fused multiply-adds, %.1f GB/s of copying"
            .formatted(found.gflops(), found.gbPerS()));
    return found;
  }

  private void kernel(Device device, KernelCase one) {
    Statistics ms = one.measure(device, OPS);
    double rate = one.bytes() / ms.median() * 1e-6;
    kernels.add(
        new BenchReport.Kernel(
            one.name(),
            one.bytes() * 1e-6,
            ms.median(),
            ms.min(),
            ms.max(),
            rate,
            rate / copyRate));
    line.accept(
        "%-46s %8.3f ms  %7.1f GB/s  %3.0f %% of the copy"
            .formatted(one.name(), ms.median(), rate, 100 * rate / copyRate));
  }

  private void crop(Device device, int batch, DType features) {
    String name = "crop %s batch %d".formatted(features, batch);
    if (settings.includes(name)) {
      guarded(name, () -> crop(device, batch, features, name));
    }
  }

  private void crop(Device device, int batch, DType features, String name) {
    int side = settings.side();
    int small = Math.max(1, side / STRIDE);
    KernelCase one =
        KernelCase.once(
            name,
            new AttentionCrop(AttentionCrop.Region.UNION, 0.7, 0.7, 25, side, side),
            TensorType.of(DType.F32, batch, 3, side, side),
            TensorType.of(features, batch, FEATURES, small, small),
            TensorType.of(DType.F32, NetworkConfig.CLASSES, FEATURES),
            TensorType.of(DType.F32, batch, NetworkConfig.CLASSES));
    Statistics ms = one.measure(device, OPS);
    double floor = one.bytes() / copyRate * 1e-6;
    crops.add(
        new BenchReport.Crop(
            batch,
            features.toString(),
            ms.median(),
            ms.min(),
            ms.max(),
            floor,
            ms.median() / floor));
    if (features == DType.F32) {
      entry(batch).put("crop_ms_fused", ms.median());
    }
    line.accept(
        "%-46s %8.3f ms  %.2f x its floor".formatted(name, ms.median(), ms.median() / floor));
  }

  private Map<String, Object> entry(int batch) {
    return steps.computeIfAbsent(
        batch,
        b -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("batch", b);
          entry.put("size", settings.side());
          entry.put("crop", settings.side());
          return entry;
        });
  }

  private void steps(Precision precision, int batch) {
    String mode = precision.name().toLowerCase(Locale.ROOT);
    String train = "train %s batch %d".formatted(mode, batch);
    String infer = "infer %s batch %d".formatted(mode, batch);
    if (settings.includes(train) || settings.includes(infer)) {
      guarded("steps in %s, batch %d".formatted(mode, batch), () -> steps(precision, batch, mode));
    }
  }

  private void steps(Precision precision, int batch, String mode) {
    String train = "train %s batch %d".formatted(mode, batch);
    String infer = "infer %s batch %d".formatted(mode, batch);
    NetworkConfig config =
        new NetworkConfig(
            Variant.ALL,
            CropConfig.paper(settings.side()),
            ResNetConfig.resNet18(NetworkConfig.CLASSES),
            precision.dtype());
    try (Device device = opening.apply(precision);
        BatchTraining training =
            new BatchTraining(device, config, 1, new BlobBatch(batch, settings.side()))) {
      if (settings.includes(train)) {
        train(device, training, train, "train_images_per_s_" + mode, batch);
      }
      if (settings.includes(infer)) {
        Statistics ms = settings.timing().of(device, training::infer);
        images(infer, "infer_images_per_s_" + mode, batch, ms);
      }
    }
  }

  /** The loss must fall, so that a step that computes nothing fails instead of being fast. */
  private void train(Device device, BatchTraining training, String name, String key, int batch) {
    training.step(RATE);
    LossValues before = training.losses();
    Statistics ms = settings.timing().of(device, () -> training.step(RATE));
    LossValues after = training.losses();
    if (!(after.total() < before.total())) {
      throw new IllegalStateException(
          "%s: the loss did not fall: %g to %g".formatted(name, before.total(), after.total()));
    }
    images(name, key, batch, ms);
  }

  private void images(String name, String key, int batch, Statistics ms) {
    double rate = 1e3 * batch / ms.median();
    entry(batch).put(key + "_replayed", rate);
    line.accept("%-46s %8.2f ms  %8.1f images/s".formatted(name, ms.median(), rate));
  }
}
