package org.clusternet.nn.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.nn.parameter.Parameter;
import org.clusternet.nn.parameter.Parameters;
import org.clusternet.nn.safetensors.StoredTensor;

/**
 * Starts a network, or a branch of one, from weights trained elsewhere. Everything is converted on
 * the way: PyTorch's O I kH kW to the channels-last order in memory, the file's type to the
 * parameters', and, where the network reads one channel, three equal channels to their sum.
 *
 * <p>Nothing changes before all of it is known to fit and to be finite.
 */
public final class Backbone {
  private static final String HEAD = "fc.";
  private static final String FIRST = "conv1.weight";
  private static final String VARIANCE = ".running_var";

  /**
   * How to load.
   *
   * @param partial whether to take what fits and leave the rest as it is; else all must fit
   * @param head whether the last layer {@code fc} is loaded too; else it is left as it is, and the
   *     file's, 1000 classes of ImageNet for instance, is passed over
   * @param foldChannels whether a first convolution of several channels is summed to one where the
   *     network has one: the same function of an image whose channels are equal
   */
  public record Options(boolean partial, boolean head, boolean foldChannels) {}

  /**
   * What has happened, by key without the network's prefix.
   *
   * @param taken what the file gave
   * @param fresh what was left as it is, the head apart
   * @param ignored what the file has and the network has not, or in another shape
   */
  public record Outcome(List<String> taken, List<String> fresh, List<String> ignored) {
    /** Copies the lists. */
    public Outcome {
      taken = List.copyOf(taken);
      fresh = List.copyOf(fresh);
      ignored = List.copyOf(ignored);
    }
  }

  private final Checkpoint from;
  private final Map<String, StoredTensor> stored;
  private final Map<String, Parameter> wanted;
  private final Options options;

  private Backbone(Checkpoint from, Parameters into, String prefix, Options options) {
    this.from = from;
    this.stored = from.isFolded() ? FoldedNorms.unfolded(from.tensors()) : from.tensors();
    this.options = options;
    this.wanted = new LinkedHashMap<>();
    String start = prefix.isEmpty() ? "" : prefix + ".";
    for (Parameter p : into.all()) {
      if (p.key().startsWith(start) && !isHead(p.key().substring(start.length()))) {
        wanted.put(p.key().substring(start.length()), p);
      }
    }
  }

  private boolean isHead(String key) {
    return !options.head() && key.startsWith(HEAD);
  }

  /**
   * Loads a network.
   *
   * @param from the weights; those with folded batch normalisations give normalisations that do
   *     nothing but add the bias, see {@link Calibration}
   * @param into initialised parameters, which hold what is not taken
   * @param prefix of the network's keys, for instance {@code primary}; empty for none
   * @param options how
   * @throws PartialFitException if only some of it fits, and that was not asked for
   * @throws WeightsException if it does not fit, listing every key that is missing, of another
   *     shape or unexpected, or if a number is not finite; then nothing has changed
   */
  public static Outcome load(Checkpoint from, Parameters into, String prefix, Options options)
      throws WeightsException {
    Backbone backbone = new Backbone(from, into, prefix, options);
    Outcome outcome = backbone.plan();
    Map<String, double[]> values = new LinkedHashMap<>();
    for (String key : outcome.taken()) {
      values.put(key, backbone.values(key));
    }
    values.forEach((key, v) -> HostValues.set(into.device(), backbone.wanted.get(key).value(), v));
    return outcome;
  }

  private Outcome plan() throws WeightsException {
    List<String> taken = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    List<String> differing = new ArrayList<>();
    List<String> fresh = new ArrayList<>();
    List<String> ignored = new ArrayList<>();
    for (Map.Entry<String, Parameter> e : wanted.entrySet()) {
      StoredTensor tensor = stored.get(e.getKey());
      if (tensor != null && (fits(tensor, e.getValue()) || folds(e.getKey(), tensor))) {
        taken.add(e.getKey());
        continue;
      }
      fresh.add(e.getKey());
      if (tensor == null) {
        missing.add(e.getKey());
      } else {
        differing.add(
            "%s (file %s%s, model %s)"
                .formatted(e.getKey(), tensor.type(), tensor.shape(), shape(e.getValue())));
        ignored.add(e.getKey());
      }
    }
    List<String> unexpected =
        stored.keySet().stream().filter(k -> !wanted.containsKey(k) && !isHead(k)).toList();
    ignored.addAll(unexpected);
    String problem = KeyReport.problem(missing, differing, unexpected);
    if (problem != null && taken.isEmpty()) {
      throw new WeightsException(from.path(), problem);
    }
    if (problem != null && !options.partial()) {
      throw new PartialFitException(from.path(), problem);
    }
    return new Outcome(taken, fresh, ignored);
  }

  private static List<Long> shape(Parameter parameter) {
    List<Long> shape = new ArrayList<>();
    for (int extent : parameter.shape().dims()) {
      shape.add((long) extent);
    }
    return shape;
  }

  private static boolean fits(StoredTensor tensor, Parameter parameter) {
    return tensor.type().isFloating() && tensor.shape().equals(shape(parameter));
  }

  /** Whether it is the first convolution, in the file for several channels and here for one. */
  private boolean folds(String key, StoredTensor tensor) {
    List<Long> to = shape(wanted.get(key));
    List<Long> of = tensor.shape();
    return options.foldChannels()
        && key.equals(FIRST)
        && tensor.type().isFloating()
        && of.size() == 4
        && to.get(1) == 1
        && of.get(0).equals(to.get(0))
        && of.subList(2, 4).equals(to.subList(2, 4));
  }

  private double[] values(String key) throws WeightsException {
    StoredTensor tensor = stored.get(key);
    double[] values = tensor.values();
    String problem = Finite.problem(key, values);
    if (problem == null && key.endsWith(VARIANCE)) {
      problem = negative(key, values);
    }
    if (problem != null) {
      throw new WeightsException(from.path(), problem);
    }
    return fits(tensor, wanted.get(key)) ? values : summed(values, tensor.shape());
  }

  private static String negative(String key, double[] values) {
    for (double value : values) {
      if (value < 0) {
        return "key=%s: a variance is %s; the file is damaged".formatted(key, value);
      }
    }
    return null;
  }

  /** (O, I, kH, kW) to (O, 1, kH, kW). */
  private static double[] summed(double[] values, List<Long> shape) {
    int channels = shape.get(1).intValue();
    int window = (int) (shape.get(2) * shape.get(3));
    double[] sum = new double[values.length / channels];
    for (int i = 0; i < values.length; i++) {
      sum[i / (window * channels) * window + i % window] += values[i];
    }
    return sum;
  }
}
