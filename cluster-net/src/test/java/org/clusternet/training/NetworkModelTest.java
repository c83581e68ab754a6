package org.clusternet.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.clusternet.config.Augmentation;
import org.clusternet.data.CoreType;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.dataset.Dataset;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.simulate.ClassMix;
import org.clusternet.data.simulate.Simulator;
import org.clusternet.engine.Devices;
import org.clusternet.engine.op.MaxPool;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.inference.Prediction;
import org.clusternet.network.Alphas;
import org.clusternet.network.ClusterNet;
import org.clusternet.network.CropConfig;
import org.clusternet.network.NetworkConfig;
import org.clusternet.network.Variant;
import org.clusternet.nn.model.ResNetConfig;
import org.clusternet.nn.parameter.Parameter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real network, made small, on simulated images. */
class NetworkModelTest {
  private static final int SIZE = 32;
  private static final int BATCH = 6;
  private static final int[] ALL = {0, 1, 2, 3, 4, 5, 6};

  @TempDir private static Path folder;
  private static Dataset dataset;

  private final FaultyDevice device = new FaultyDevice(Devices.cpu(1), MaxPool.Backward.class);
  private Augmentation augmentation = Augmentation.NONE;
  private ClusterNet network;
  private NetworkModel model;

  @BeforeAll
  static void simulate() {
    Path data = folder.resolve("data");
    Simulator.Options options =
        new Simulator.Options(3, new SkyGrid(SIZE, 32), ClassMix.BALANCED, 1, 1);
    Simulator.run(data, options, BatchProgress.NONE);
    dataset = Dataset.load(data, new Preprocessing(SIZE, SIZE), 1, (done, total) -> {});
  }

  @AfterEach
  void close() {
    model.close();
    network.close();
    assertEquals(0, device.memory().liveBytes());
    device.close();
  }

  private void model(Variant variant, Alphas alphas) {
    ResNetConfig branch =
        new ResNetConfig(3, List.of(8, 8, 16, 16), List.of(1, 1, 1, 1), NetworkConfig.CLASSES);
    network =
        new ClusterNet(
            device, new NetworkConfig(variant, CropConfig.paper(SIZE), branch, DType.F32));
    network.parameters().initialise(4);
    model =
        new NetworkModel(
            device, network, alphas, new double[] {1, 1, 1}, dataset, BATCH, augmentation, 7);
  }

  @Test
  void aFewImagesAreLearntByHeart() {
    model(Variant.ALL, Alphas.PAPER);
    double first = model.train(1, ALL, 1e-2).total();
    double last = first;
    for (int step = 0; step < 60; step++) {
      last = model.train(1, ALL, 1e-2).total();
    }
    assertTrue(last < first / 10, first + " to " + last);
  }

  /** A recorded step knows one size; the last batch of an epoch may be smaller, or one larger. */
  @Test
  void aBatchOfAnotherSizeIsRunOpByOp() {
    model(Variant.ALL, Alphas.PAPER);
    int[] full = Arrays.copyOf(ALL, BATCH);
    double ofFull = model.train(1, full, 0).total();
    double ofLarger = model.train(1, ALL, 0).total();
    assertNotEquals(ofFull, ofLarger);
    assertEquals(ofFull, model.train(1, full, 0).total());
    assertEquals(ofLarger, model.train(1, ALL, 0).total());
  }

  /** Eq. 9 from the parts that are reported. */
  @Test
  void theTotalIsTheWeightedSumOfItsParts() {
    model(Variant.ALL, new Alphas(0.8, 0.3, 0.2, 0.7));
    LossValues loss = model.train(1, ALL, 1e-3);
    assertEquals(
        0.8 * loss.primary()
            + 0.3 * loss.auxiliary()
            + 0.2 * loss.fusion()
            + 0.7 * loss.regression(),
        loss.total(),
        1e-6);
  }

  @Test
  void theBaselineHasOneLossTermAndNoBox() {
    model(Variant.BASELINE, Alphas.PAPER);
    LossValues loss = model.train(1, ALL, 1e-3);
    assertEquals(0.8 * loss.primary(), loss.total(), 1e-6);
    assertTrue(
        DoubleStream.of(loss.auxiliary(), loss.fusion(), loss.regression())
            .allMatch(Double::isNaN));
    assertTrue(model.evaluate(ALL).predictions().get(0).box().isEmpty());
  }

  @Test
  void evaluationChangesNoWeights() {
    model(Variant.ALL, Alphas.PAPER);
    model.train(1, ALL, 1e-3);
    double[] before = weights();
    model.evaluate(ALL);
    assertArrayEquals(before, weights());
  }

  @Test
  void aSampleHasTheSamePredictionInAnyBatch() {
    model(Variant.ALL, Alphas.PAPER);
    model.train(1, ALL, 1e-3);
    List<Prediction> together = model.evaluate(ALL).predictions();
    List<Prediction> alone = model.evaluate(new int[] {5, 2}).predictions();
    for (CoreType type : CoreType.values()) {
      assertEquals(together.get(5).probability(type), alone.get(0).probability(type), 1e-5);
      assertEquals(together.get(2).probability(type), alone.get(1).probability(type), 1e-5);
    }
    assertEquals(together.get(5).box(), alone.get(0).box());
  }

  @Test
  void keptWeightsAreRestoredWithTheRunningStatistics() {
    model(Variant.ALL, Alphas.PAPER);
    model.train(1, ALL, 1e-3);
    model.keep();
    double[] kept = weights();
    double loss = model.evaluate(ALL).loss().total();
    model.train(1, ALL, 1e-2);
    model.train(1, ALL, 1e-2);
    assertFalse(loss == model.evaluate(ALL).loss().total());
    model.restore();
    assertArrayEquals(kept, weights());
    assertEquals(loss, model.evaluate(ALL).loss().total());
  }

  /** Another model that is given the snapshot goes on with the same bits. */
  @Test
  void aSnapshotHoldsAllThatTrainingChanges() {
    augmentation = Augmentation.usual(SIZE);
    model(Variant.ALL, Alphas.PAPER);
    model.train(1, ALL, 1e-2);
    model.keep();
    double best = model.evaluate(ALL).loss().total();
    model.train(1, ALL, 1e-2);
    try (Arena arena = Arena.ofConfined()) {
      ModelSnapshot snapshot = model.snapshot(arena, true);
      assertEquals(2, snapshot.steps());
      model.train(2, ALL, 1e-2);
      double[] expected = weights();
      NetworkModel first = model;
      ClusterNet firstNetwork = network;
      model(Variant.ALL, Alphas.PAPER);
      model.load(snapshot);
      model.train(2, ALL, 1e-2);
      assertArrayEquals(expected, weights());
      model.restore();
      assertEquals(best, model.evaluate(ALL).loss().total());
      first.close();
      firstNetwork.close();
    }
  }

  @Test
  void theSnapshotOfAnotherNetworkIsRefused() {
    model(Variant.ALL, Alphas.PAPER);
    ModelSnapshot none = new ModelSnapshot(1, Map.of());
    double[] before = weights();
    String message =
        assertThrows(IllegalArgumentException.class, () -> model.load(none)).getMessage();
    assertTrue(message.startsWith("snapshot: values has bytes=none; this network has "), message);
    assertArrayEquals(before, weights());
  }

  /** Each epoch has its own view of a sample; evaluation has the image itself. */
  @Test
  void augmentationChangesTrainingImagesOnly() {
    model(Variant.ALL, Alphas.PAPER);
    double evaluated = model.evaluate(ALL).loss().total();
    double plain = model.train(1, ALL, 0).total();
    model.close();
    network.close();
    augmentation = Augmentation.usual(SIZE);
    model(Variant.ALL, Alphas.PAPER);
    assertEquals(evaluated, model.evaluate(ALL).loss().total());
    double first = model.train(1, ALL, 0).total();
    assertEquals(first, model.train(1, ALL, 0).total());
    assertNotEquals(first, model.train(2, ALL, 0).total());
    assertNotEquals(plain, first);
  }

  @Test
  void fromTheSecondStepOnNothingIsAllocated() {
    model(Variant.ALL, Alphas.PAPER);
    model.train(1, ALL, 1e-3);
    model.train(1, ALL, 1e-3);
    long allocations = device.memory().sourceAllocations();
    long live = device.memory().liveBytes();
    for (int step = 0; step < 3; step++) {
      model.train(1, ALL, 1e-3);
    }
    assertEquals(allocations, device.memory().sourceAllocations());
    assertEquals(live, device.memory().liveBytes());
  }

  @Test
  void aWeightThatIsNotANumberIsFoundAndNoStepMade() {
    model(Variant.ALL, Alphas.PAPER);
    Parameter bad = parameter("auxiliary.layer2.0.conv1.weight");
    double[] values = HostValues.get(device, bad.value());
    values[7] = Double.NaN;
    HostValues.set(device, bad.value(), values);
    double[] before = trainable();
    assertFalse(model.train(1, ALL, 1e-3).isFinite());
    assertArrayEquals(before, trainable());
    String cause = model.diagnose(1, ALL, true);
    assertTrue(cause.startsWith("the first op whose output is not finite is Conv2d["), cause);
    assertTrue(cause.contains("auxiliary.layer2.0.conv1.weight F32(8, 8, 3, 3) with NaN=1"), cause);
    assertTrue(model.diagnose(1, ALL, false).contains("auxiliary.layer2.0.conv1.weight"));
  }

  @Test
  void aGradientThatIsNotFiniteIsFoundBeforeTheStep() {
    model(Variant.ALL, Alphas.PAPER);
    double[] before = trainable();
    device.faulty = true;
    LossValues loss = model.train(1, ALL, 1e-3);
    assertTrue(Double.isFinite(loss.primary()), "the forward pass is sound");
    assertFalse(loss.isFinite());
    assertArrayEquals(before, trainable());
    String cause = model.diagnose(1, ALL, true);
    assertTrue(
        cause.startsWith("the first op whose output is not finite is MaxPool.Backward["), cause);
    assertTrue(cause.endsWith("with NaN=0 infinite=1"), cause);
  }

  private double[] weights() {
    return network.parameters().all().stream()
        .flatMapToDouble(p -> DoubleStream.of(HostValues.get(device, p.value())))
        .toArray();
  }

  private double[] trainable() {
    return network.parameters().all().stream()
        .filter(Parameter::isTrainable)
        .flatMapToDouble(p -> DoubleStream.of(HostValues.get(device, p.value())))
        .toArray();
  }

  private Parameter parameter(String key) {
    return network.parameters().all().stream()
        .filter(p -> p.key().equals(key))
        .findFirst()
        .orElseThrow();
  }
}
