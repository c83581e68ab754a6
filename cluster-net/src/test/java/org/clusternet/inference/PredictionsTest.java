package org.clusternet.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.clusternet.data.CoreType;
import org.clusternet.engine.Devices;
import org.clusternet.engine.region.Box;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.network.CropRegion;
import org.clusternet.network.Outputs;
import org.clusternet.nn.model.ResNet;
import org.junit.jupiter.api.Test;

/** Logits of any magnitude become probabilities; boxes are read unchanged. */
class PredictionsTest {

  @Test
  void probabilitiesAreTheSoftmaxOfTheFusionHeadOrOfTheBaselinesOnlyHead() {
    try (Device device = Devices.plainCpu(1);
        Scope scope = device.scope()) {
      Tensor primary = tensor(device, scope, DType.F32, 2, 3, 0, Math.log(2), Math.log(5), 1, 1, 1);
      Tensor fusion = tensor(device, scope, DType.F32, 2, 3, 1000, 1000, -1000, 5, 5, 5);
      Tensor box = tensor(device, scope, DType.I32, 2, 4, 1, 2, 3, 4, 0, 0, 7, 7);

      List<Prediction> baseline =
          Predictions.read(device, new Outputs(output(primary), Optional.empty()));
      assertProbabilities(baseline.get(0), 1 / 8.0, 2 / 8.0, 5 / 8.0);
      assertEquals(CoreType.NCC, baseline.get(0).coreType());
      assertProbabilities(baseline.get(1), 1 / 3.0, 1 / 3.0, 1 / 3.0);
      assertEquals(Optional.empty(), baseline.get(0).box());

      CropRegion region = new CropRegion(box, primary, Optional.empty());
      Outputs.SecondStage second = new Outputs.SecondStage(region, output(primary), fusion);
      List<Prediction> fused =
          Predictions.read(device, new Outputs(output(primary), Optional.of(second)));
      assertProbabilities(fused.get(0), 0.5, 0.5, 0);
      assertEquals(CoreType.CC, fused.get(0).coreType(), "the first of equally probable classes");
      assertEquals(Optional.of(new Box(1, 2, 3, 4)), fused.get(0).box());
      assertEquals(Optional.of(new Box(0, 0, 7, 7)), fused.get(1).box());
    }
  }

  @Test
  void aPredictionWithoutThreeProbabilitiesIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new Prediction(List.of(0.5, 0.5), Optional.empty()));
  }

  private static ResNet.Output output(Tensor logits) {
    return new ResNet.Output(logits, logits, logits);
  }

  private static void assertProbabilities(Prediction prediction, double... expected) {
    for (CoreType type : CoreType.values()) {
      assertEquals(expected[type.index()], prediction.probability(type), 1e-7);
    }
  }

  private static Tensor tensor(
      Device device, Scope scope, DType dtype, int rows, int columns, double... values) {
    Tensor tensor = scope.allocate(TensorType.of(dtype, rows, columns));
    HostValues.set(device, tensor, values);
    return tensor;
  }
}
