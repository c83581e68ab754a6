package org.clusternet.bench.parity;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The network, its loss and Adam in libtorch's ops and double precision, so that its results differ
 * from ours by our rounding only. Between passes the weights are stored here as Java arrays; memory
 * that libtorch allocates for a pass is released with it.
 */
final class TorchClusterNet {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPS = 1e-8;
  private static final double BOX_CHANGE = 1e-4;

  private final ParityCase which;
  private final Map<String, Values> weights;
  private final ParityCase.Batch batch;
  private final Map<String, double[]> means = new HashMap<>();
  private final Map<String, double[]> squares = new HashMap<>();
  private int steps;

  /**
   * The results of a training step.
   *
   * @param outputs outputs of the forward pass
   * @param losses losses: total, primary, auxiliary, fusion, regression
   * @param gradients gradients by key
   * @param running running statistics after the step, by key
   */
  record Step(
      Map<String, Values> outputs,
      double[] losses,
      Map<String, Values> gradients,
      Map<String, Values> running) {}

  TorchClusterNet(ParityCase which, Map<String, Values> start, ParityCase.Batch batch) {
    this.which = which;
    this.weights = new LinkedHashMap<>(start);
    this.batch = batch;
  }

  /** Starts libtorch with one thread, so that the order of sums is fixed. */
  static void start() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Engine.getEngine("PyTorch");
  }

  /** A forward pass with running statistics. */
  Map<String, Values> infer() {
    try (Pass pass = new Pass()) {
      pass.forward(false);
      return pass.outputs();
    }
  }

  /** Forward, backward and Adam. */
  Step step() {
    Step step;
    try (Pass pass = new Pass()) {
      step = pass.train();
    }
    weights.putAll(step.running());
    steps++;
    step.gradients().forEach((key, g) -> adam(key, g.numbers()));
    return step;
  }

  /** The algorithm as torch.optim.Adam documents it. */
  private void adam(String key, double[] gradient) {
    double[] weight = weights.get(key).numbers().clone();
    double[] mean = means.computeIfAbsent(key, k -> new double[gradient.length]);
    double[] square = squares.computeIfAbsent(key, k -> new double[gradient.length]);
    for (int i = 0; i < gradient.length; i++) {
      mean[i] = BETA1 * mean[i] + (1 - BETA1) * gradient[i];
      square[i] = BETA2 * square[i] + (1 - BETA2) * gradient[i] * gradient[i];
      double m = mean[i] / (1 - Math.pow(BETA1, steps));
      double v = square[i] / (1 - Math.pow(BETA2, steps));
      weight[i] -= ParityCase.LEARNING_RATE * m / (Math.sqrt(v) + EPS);
    }
    weights.put(key, new Values(weights.get(key).shape(), weight));
  }

  /** All weights and running statistics as they are now. */
  Map<String, Values> weights() {
    return weights;
  }

  private static boolean isRunning(String key) {
    return key.contains("running_");
  }

  private static Values values(NDArray array) {
    double[] numbers = array.toType(DataType.FLOAT64, true).toDoubleArray();
    return new Values(array.getShape().getShape(), numbers);
  }

  /** One run through the network and everything that libtorch allocates for it. */
  private final class Pass implements AutoCloseable {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();
    private final NDArray images = array(batch.images());
    private final List<TorchRegion> regions = new ArrayList<>();
    private TorchResNet.Output first;
    private TorchResNet.Output second;
    private NDArray fusion;
    private boolean kinksAreFar;

    Pass() {
      weights.forEach((key, v) -> arrays.put(key, array(v)));
    }

    private NDArray array(Values values) {
      return manager.create(values.numbers(), new Shape(values.shape()));
    }

    void forward(boolean training) {
      TorchResNet primary = new TorchResNet(arrays, "primary", which.blocks());
      TorchResNet auxiliary = new TorchResNet(arrays, "auxiliary", which.blocks());
      first = primary.forward(images, training);
      NDArray map = first.map().stopGradient();
      NDArray logits = first.logits().stopGradient();
      NDArray head = primary.get("fc.weight").stopGradient();
      for (int i = 0; i < which.batch(); i++) {
        NDIndex one = new NDIndex("{}:{}", i, i + 1);
        regions.add(
            TorchRegion.of(
                map.get(one),
                logits.get(one),
                head,
                images.get(one),
                ParityCase.TAU,
                ParityCase.LAMBDA,
                which.cropSize()));
      }
      second = auxiliary.forward(TorchRegion.batch(regions, TorchRegion::crop), training);
      kinksAreFar = primary.isFirm() && auxiliary.isFirm();
      NDArray joined = NDArrays.concat(new NDList(first.pooled(), second.pooled()), 1);
      fusion =
          Linear.linear(joined, arrays.get("fusion.weight"), arrays.get("fusion.bias"))
              .singletonOrThrow();
    }

    Step train() {
      List<String> trained = arrays.keySet().stream().filter(k -> !isRunning(k)).toList();
      trained.forEach(key -> arrays.get(key).setRequiresGradient(true));
      double[] losses;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        forward(true);
        NDArray[] parts = {
          entropy(first.logits()), entropy(second.logits()), entropy(fusion), cramer(first.logits())
        };
        NDArray total = parts[0].mul(0.8).add(parts[1].mul(0.1)).add(parts[2].mul(0.1));
        total = total.add(parts[3].mul(0.1));
        collector.backward(total);
        losses =
            Stream.concat(Stream.of(total), Stream.of(parts))
                .mapToDouble(loss -> values(loss.stopGradient()).numbers()[0])
                .toArray();
      }
      Map<String, Values> gradients = new LinkedHashMap<>();
      trained.forEach(key -> gradients.put(key, values(arrays.get(key).getGradient())));
      Map<String, Values> running = new LinkedHashMap<>();
      arrays.keySet().stream()
          .filter(TorchClusterNet::isRunning)
          .forEach(key -> running.put(key, values(arrays.get(key))));
      return new Step(outputs(), losses, gradients, running);
    }

    /** -(1/N) sum_i w[t_i] log softmax(logits_i)[t_i], Eq. 10. */
    private NDArray entropy(NDArray logits) {
      double[] weight = new double[which.batch()];
      for (int i = 0; i < weight.length; i++) {
        weight[i] = batch.classWeights()[batch.labels()[i]];
      }
      NDArray log = logits.logSoftmax(1).mul(truth()).sum(new int[] {1});
      return log.mul(manager.create(weight)).sum().div(-which.batch());
    }

    /** (1/N) sum_i sum_k (F(softmax)[k] - F(onehot)[k])^2, Eq. 14 and 15. */
    private NDArray cramer(NDArray logits) {
      NDArray difference = logits.softmax(1).sub(truth()).cumSum(1);
      return difference.square().sum().div(which.batch());
    }

    private NDArray truth() {
      double[] onehot = new double[which.batch() * ParityCase.CLASSES];
      for (int i = 0; i < which.batch(); i++) {
        onehot[i * ParityCase.CLASSES + batch.labels()[i]] = 1;
      }
      return manager.create(onehot, new Shape(which.batch(), ParityCase.CLASSES));
    }

    Map<String, Values> outputs() {
      Map<String, Values> read = new LinkedHashMap<>();
      read.put("logits_primary", values(first.logits().stopGradient()));
      read.put("logits_auxiliary", values(second.logits().stopGradient()));
      read.put("logits_fusion", values(fusion.stopGradient()));
      read.put("cam", values(TorchRegion.batch(regions, TorchRegion::cam)));
      read.put("h1", values(TorchRegion.batch(regions, TorchRegion::h1)));
      read.put("b1", values(TorchRegion.batch(regions, TorchRegion::b1)));
      read.put("h2", values(TorchRegion.batch(regions, TorchRegion::h2)));
      read.put("b2", values(TorchRegion.batch(regions, TorchRegion::b2)));
      read.put("mask", values(TorchRegion.batch(regions, TorchRegion::mask)));
      read.put("crop", values(TorchRegion.batch(regions, TorchRegion::crop)));
      double[] boxes = new double[4 * regions.size()];
      double margin = 1;
      for (int i = 0; i < boxes.length; i++) {
        boxes[i] = regions.get(i / 4).box()[i % 4];
        margin = Math.min(margin, regions.get(i / 4).margin(ParityCase.TAU));
      }
      read.put("box", new Values(new long[] {regions.size(), 4}, boxes));
      read.put("margin", new Values(new long[0], new double[] {margin}));
      boolean firm = regions.stream().allMatch(r -> r.isFirm(ParityCase.TAU, BOX_CHANGE));
      read.put("firm", new Values(new long[0], new double[] {firm ? 1 : 0}));
      read.put("kinks_are_far", new Values(new long[0], new double[] {kinksAreFar ? 1 : 0}));
      return read;
    }

    @Override
    public void close() {
      manager.close();
    }
  }
}
