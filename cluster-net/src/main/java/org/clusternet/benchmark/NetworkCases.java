package org.clusternet.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.benchmark.step.StepTask;
import org.clusternet.engine.op.AdamStep;
import org.clusternet.engine.op.BatchNorm;
import org.clusternet.engine.op.Conv2d;
import org.clusternet.engine.op.GlobalAveragePool;
import org.clusternet.engine.op.MaxPool;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.TensorType;

/**
 * Each op of ResNet-18 alone, forward and backward, at every shape that it has in the network. The
 * tensors are those of a step, unlike those of {@link KernelCases}, which are larger than any
 * cache.
 */
public final class NetworkCases {
  private static final int[] WIDTHS = {64, 128, 256, 512};
  private static final double EPS = 1e-5;

  private final BenchTask task;
  private final List<BenchCase> cases = new ArrayList<>();

  private NetworkCases(BenchTask task) {
    this.task = task;
  }

  /** The cases, in the order of the network. */
  public static List<BenchCase> of(BenchTask task) {
    NetworkCases all = new NetworkCases(task);
    all.convolution(StepTask.CHANNELS, WIDTHS[0], 7, 2, 0);
    all.convolution(WIDTHS[0], WIDTHS[0], 3, 1, 2);
    for (int stage = 1; stage < WIDTHS.length; stage++) {
      int in = WIDTHS[stage - 1];
      int out = WIDTHS[stage];
      all.convolution(in, out, 3, 2, stage + 1);
      all.convolution(in, out, 1, 2, stage + 1);
      all.convolution(out, out, 3, 1, stage + 2);
    }
    all.norm(WIDTHS[0], 1);
    for (int stage = 0; stage < WIDTHS.length; stage++) {
      all.norm(WIDTHS[stage], stage + 2);
      all.residualNorm(WIDTHS[stage], stage + 2);
    }
    all.pooling();
    all.adam();
    return List.copyOf(all.cases);
  }

  private TensorType maps(int channels, int halvings) {
    int side = task.side(halvings);
    return TensorType.of(task.compute(), task.batch(), channels, side, side);
  }

  private void add(KernelCase kernel) {
    cases.add(BenchCase.of(kernel, task.batch()));
  }

  private void add(String name, Op op, TensorType... inputs) {
    add(KernelCase.once(name, op, inputs));
  }

  private void convolution(int in, int out, int kernel, int stride, int halvings) {
    TensorType x = maps(in, halvings);
    TensorType w = TensorType.of(DType.F32, out, in, kernel, kernel);
    int padding = kernel / 2;
    Conv2d op = new Conv2d(stride, padding);
    TensorType y = op.infer(List.of(x, w)).get(0);
    String strided = stride == 1 ? "" : " stride " + stride;
    String name = "conv %dx%d%s %d to %d".formatted(kernel, kernel, strided, in, out);
    add(name + " forward", op, x, w);
    if (in != StepTask.CHANNELS) { // the gradient of the images is not used
      add(name + " backward input", new Conv2d.BackwardInput(stride, padding, x), w, y);
    }
    add(name + " backward weight", new Conv2d.BackwardWeight(stride, padding, w, false), x, y);
  }

  private void norm(int channels, int halvings) {
    TensorType x = maps(channels, halvings);
    TensorType c = TensorType.of(DType.F32, channels);
    String name = "batch norm relu %d at 1/%d".formatted(channels, 1 << halvings);
    add(name + " forward", new BatchNorm(EPS, 0.1, true), x, c, c, c, c);
    add(name + " backward", new BatchNorm.Backward(EPS, false), x, c, c, c, x, x, c);
    add(name + " inference", new BatchNorm.Inference(EPS, true), x, c, c, c, c);
  }

  private void residualNorm(int channels, int halvings) {
    TensorType x = maps(channels, halvings);
    TensorType c = TensorType.of(DType.F32, channels);
    String name = "batch norm residual relu %d at 1/%d".formatted(channels, 1 << halvings);
    add(name + " forward", new BatchNorm(EPS, 0.1, true), x, c, c, c, c, x);
    add(name + " backward", new BatchNorm.Backward(EPS, true), x, c, c, c, x, x);
  }

  private void pooling() {
    TensorType x = maps(WIDTHS[0], 1);
    MaxPool pool = new MaxPool(3, 2, 1);
    List<TensorType> out = pool.infer(List.of(x));
    add("max-pool forward", pool, x);
    add(
        KernelCase.once(
            "max-pool backward",
            new MaxPool.Backward(pool, x),
            KernelCases.WINNERS,
            out.get(1),
            out.get(0)));
    TensorType last = maps(WIDTHS[WIDTHS.length - 1], WIDTHS.length + 1);
    GlobalAveragePool average = new GlobalAveragePool();
    add("average pool forward", average, last);
    add(
        "average pool backward",
        new GlobalAveragePool.Backward(last),
        average.infer(List.of(last)).get(0));
  }

  private void adam() {
    TensorType p = TensorType.of(DType.F32, Math.toIntExact(StepTask.PARAMETERS));
    TensorType schedule = TensorType.of(DType.F32, 3);
    KernelCase adam = KernelCase.once("Adam", new AdamStep(0.9, 0.999, 1e-8), p, p, p, p, schedule);
    cases.add(BenchCase.of(adam, 0));
  }
}
