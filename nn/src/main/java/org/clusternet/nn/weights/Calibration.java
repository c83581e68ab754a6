package org.clusternet.nn.weights;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.clusternet.engine.op.BatchNorm;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.Mode;
import org.clusternet.nn.layer.BatchNorm2d;
import org.clusternet.nn.model.ResNet;
import org.clusternet.nn.parameter.Parameters;

/**
 * Gives batch normalisations the statistics of a batch without changing what the network computes:
 * running mean and variance become those of the batch, and scale and shift compensate for that,
 *
 * <pre>
 * gamma' = gamma sqrt(v + eps) / sqrt(var + eps),   beta' = beta + (m - mean) gamma / sqrt(var + eps)
 * </pre>
 *
 * <p>In inference, the result is the same function of any image. In training, which normalises by
 * the statistics of the present batch, it is the same function of this batch: so a network whose
 * normalisations had been folded away continues to train from where it was.
 */
public final class Calibration {
  private final Parameters parameters;
  private final Map<String, Tensor> tensors;
  private final Map<Tensor, String> norms = new HashMap<>();

  private Calibration(Parameters parameters, String prefix, Collection<String> taken) {
    this.parameters = parameters;
    this.tensors = parameters.tensors();
    String start = prefix.isEmpty() ? "" : prefix + ".";
    for (String key : taken) {
      if (key.endsWith(".running_var")) {
        String norm = start + key.substring(0, key.lastIndexOf('.'));
        norms.put(tensor(start + key), norm);
      }
    }
  }

  /**
   * Calibrates a network.
   *
   * @param net network
   * @param parameters parameters of the network
   * @param prefix prefix of their keys
   * @param taken keys without prefix; normalisations whose running variance is not among them are
   *     left unchanged
   * @param images (N, channels, H, W), preprocessed as in training
   * @return number of normalisations that were calibrated
   */
  public static int run(
      ResNet net, Parameters parameters, String prefix, Collection<String> taken, Tensor images) {
    Calibration calibration = new Calibration(parameters, prefix, taken);
    Device device = parameters.device();
    Map<String, double[][]> statistics = new HashMap<>();
    try (Scope scope = device.scope()) {
      Executor watching = calibration.new Watching(new Eager(device, scope), statistics);
      net.forward(watching, Mode.INFERENCE, images);
    }
    statistics.forEach(calibration::apply);
    return statistics.size();
  }

  private void apply(String norm, double[][] statistics) {
    double[] gamma = values(norm + ".weight");
    double[] beta = values(norm + ".bias");
    double[] mean = values(norm + ".running_mean");
    double[] variance = values(norm + ".running_var");
    for (int c = 0; c < gamma.length; c++) {
      double scale = gamma[c] / Math.sqrt(variance[c] + BatchNorm2d.EPS);
      beta[c] += (statistics[0][c] - mean[c]) * scale;
      gamma[c] = scale * Math.sqrt(statistics[1][c] + BatchNorm2d.EPS);
    }
    set(norm + ".weight", gamma);
    set(norm + ".bias", beta);
    set(norm + ".running_mean", statistics[0]);
    set(norm + ".running_var", statistics[1]);
  }

  private Tensor tensor(String key) {
    return Objects.requireNonNull(tensors.get(key), key);
  }

  private double[] values(String key) {
    return HostValues.get(parameters.device(), tensor(key));
  }

  private void set(String key, double[] values) {
    HostValues.set(parameters.device(), tensor(key), values);
  }

  /** Runs ops on another executor and records the moments of the inputs of normalisations. */
  private final class Watching implements Executor {
    private final Executor plain;
    private final Map<String, double[][]> statistics;

    Watching(Executor plain, Map<String, double[][]> statistics) {
      this.plain = plain;
      this.statistics = statistics;
    }

    @Override
    public Device device() {
      return plain.device();
    }

    @Override
    public Scope scope() {
      return plain.scope();
    }

    @Override
    public Tensor[] run(Op op, Tensor... inputs) {
      if (op instanceof BatchNorm.Inference && norms.containsKey(inputs[4])) {
        statistics.put(norms.get(inputs[4]), moments(inputs[0]));
      }
      return plain.run(op, inputs);
    }

    /** Mean and biased variance of each channel of (N, C, H, W). */
    private double[][] moments(Tensor x) {
      double[] values = HostValues.get(device(), x);
      int channels = x.dim(1);
      int window = x.dim(2) * x.dim(3);
      double[] mean = new double[channels];
      double[] variance = new double[channels];
      double count = (double) x.dim(0) * window;
      for (int i = 0; i < values.length; i++) {
        mean[i / window % channels] += values[i] / count;
      }
      for (int i = 0; i < values.length; i++) {
        double difference = values[i] - mean[i / window % channels];
        variance[i / window % channels] += difference * difference / count;
      }
      return new double[][] {mean, variance};
    }

    @Override
    public void discard(Tensor tensor) {
      plain.discard(tensor);
    }
  }
}
