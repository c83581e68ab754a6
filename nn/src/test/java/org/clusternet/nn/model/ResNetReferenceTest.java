package org.clusternet.nn.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.nn.Mode;
import org.clusternet.nn.parameter.Parameters;
import org.clusternet.nn.random.KeyedRandom;
import org.clusternet.nn.testing.Expect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The network in F64 against {@link ReferenceResNet}, with no parameter at its initial value. */
class ResNetReferenceTest {
  private static final ResNetConfig CONFIG =
      new ResNetConfig(3, List.of(4, 4, 6), List.of(2, 2, 2), 5);

  @ParameterizedTest
  @EnumSource(Mode.class)
  void agreesWithTheReferenceImplementation(Mode mode) {
    try (Device device = Devices.plainCpu(1);
        Parameters parameters = new Parameters(device, DType.F64);
        Scope scope = device.scope()) {
      ResNet net = new ResNet(parameters.root(), CONFIG);
      parameters.initialise(1);
      disturb(device, parameters.tensors());
      Tensor x = scope.allocate(TensorType.of(DType.F64, 2, 3, 37, 50));
      double[] pixels = new double[2 * 3 * 37 * 50];
      new KeyedRandom(1, "test", "pixels").fillUniform(pixels, 0, 1);
      HostValues.set(device, x, pixels);

      ReferenceResNet reference =
          new ReferenceResNet(device, parameters.tensors(), mode == Mode.TRAINING);
      ReferenceResNet.Batch map =
          reference.map(new ReferenceResNet.Batch(pixels, 2, 3, 37, 50), 3, 2);
      ResNet.Output out = net.forward(new Eager(device, scope), mode, x);

      double[] expected = reference.logits(map);
      assertTrue(Arrays.stream(expected).allMatch(v -> Math.abs(v) > 1e-4), "logits are numbers");
      Expect.close("map", map.values(), HostValues.get(device, out.map()), 1e-12);
      Expect.close("logits", expected, HostValues.get(device, out.logits()), 1e-12);
    }
  }

  /** Adds random numbers to what normalisations start with, variances kept positive. */
  private static void disturb(Device device, Map<String, Tensor> tensors) {
    tensors.forEach(
        (key, tensor) -> {
          if (tensor.shape().rank() == 1) {
            double[] values = HostValues.get(device, tensor);
            double[] shift = new double[values.length];
            new KeyedRandom(2, "test", key).fillUniform(shift, -0.5, 0.5);
            Arrays.setAll(values, i -> values[i] + shift[i]);
            HostValues.set(device, tensor, values);
          }
        });
  }
}
