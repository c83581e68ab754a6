package org.clusternet.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import org.clusternet.config.Augmentation;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.dataset.Dataset;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.simulate.ClassMix;
import org.clusternet.data.simulate.Simulator;
import org.clusternet.engine.cuda.emulated.EmulatedGpu;
import org.clusternet.engine.cuda.emulated.Order;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.network.Alphas;
import org.clusternet.network.ClusterNet;
import org.clusternet.network.CropConfig;
import org.clusternet.network.NetworkConfig;
import org.clusternet.network.Variant;
import org.clusternet.nn.model.ResNetConfig;
import org.clusternet.nn.parameter.Parameter;
import org.clusternet.training.ModelSnapshot;
import org.clusternet.training.NetworkModel;
import org.clusternet.training.TrainingState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On the emulated GPU in its deterministic mode, with recorded steps: two steps, a checkpoint on
 * the disk, another device, two more steps have the bits of four steps.
 */
class EmulatedResumeTest {
  private static final int SIZE = 32;
  private static final int BATCH = 2;
  private static final int[][] BATCHES = {{0, 4}, {8, 1}, {5, 3}, {2, 7}};

  @TempDir private static Path folder;
  private static Dataset dataset;

  @BeforeAll
  static void simulate() {
    Path data = folder.resolve("data");
    Simulator.Options options =
        new Simulator.Options(3, new SkyGrid(SIZE, 32), ClassMix.BALANCED, 1, 1);
    Simulator.run(data, options, BatchProgress.NONE);
    dataset = Dataset.load(data, new Preprocessing(SIZE, SIZE), 1, (done, total) -> {});
  }

  private static Device gpu() {
    return EmulatedGpu.device(Order.LATE, EmulatedGpu.settings().deterministic(true));
  }

  private static ClusterNet network(Device device) {
    ResNetConfig branch =
        new ResNetConfig(3, List.of(4, 6, 8, 12), List.of(1, 1, 1, 1), NetworkConfig.CLASSES);
    ClusterNet network =
        new ClusterNet(
            device, new NetworkConfig(Variant.ALL, CropConfig.paper(SIZE), branch, DType.F32));
    network.parameters().initialise(6);
    return network;
  }

  private static NetworkModel model(Device device, ClusterNet network) {
    return new NetworkModel(
        device,
        network,
        Alphas.PAPER,
        new double[] {1, 1, 1},
        dataset,
        BATCH,
        Augmentation.usual(SIZE),
        6);
  }

  private static double[] weights(Device device, ClusterNet network) {
    return network.parameters().all().stream()
        .map(Parameter::value)
        .flatMapToDouble(value -> DoubleStream.of(HostValues.get(device, value)))
        .toArray();
  }

  @Test
  void aContinuedRunHasTheSameBits() throws Exception {
    Path file = folder.resolve("epoch-0-step-2.safetensors");
    double[] expected;
    try (Device device = gpu();
        ClusterNet network = network(device);
        NetworkModel model = model(device, network)) {
      model.train(1, BATCHES[0], 1e-2);
      model.train(1, BATCHES[1], 1e-2);
      try (Arena arena = Arena.ofConfined()) {
        ModelSnapshot snapshot = model.snapshot(arena, false);
        TrainingCheckpoint.Header header =
            TrainingCheckpoint.Header.of(
                "test", SmallRun.config(), "", "gpu", snapshot.steps(), TrainingState.START);
        TrainingCheckpoint.write(file, header, snapshot.arrays());
      }
      model.train(1, BATCHES[2], 1e-2);
      model.train(1, BATCHES[3], 1e-2);
      expected = weights(device, network);
    }
    try (Device device = gpu();
        ClusterNet network = network(device);
        NetworkModel model = model(device, network)) {
      try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(file)) {
        assertEquals(2, checkpoint.header().adamSteps());
        model.load(checkpoint.snapshot());
      }
      model.train(1, BATCHES[2], 1e-2);
      model.train(1, BATCHES[3], 1e-2);
      assertArrayEquals(expected, weights(device, network));
    }
  }
}
