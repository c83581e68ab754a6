package org.clusternet.nn.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.nn.parameter.Parameter;
import org.clusternet.nn.parameter.Parameters;
import org.clusternet.nn.safetensors.StoredTensor;
import org.jspecify.annotations.Nullable;

/**
 * Loads a network, or a branch of one, from weights trained elsewhere. Weights are converted from
 * PyTorch's order O I kH kW to channels-last memory and from the type of the file to that of the
 * parameters; where the network has one input channel, the weights of three are summed.
 *
 * <p>No parameter changes before all weights have been checked: they fit and are finite.
 */
public final class Backbone {
  private static final String HEAD = "fc.";
  private static final String FIRST = "conv1.weight";
  private static final String VARIANCE = ".running_var";

  /**
   * How to load.
   *
   * @param partial whether weights that fit are loaded and the others left unchanged; otherwise all
   *     must fit
   * @param head whether the last layer {@code fc} is loaded too; otherwise it is left unchanged and
   *     that of the file, for instance for the 1000 classes of ImageNet, is ignored
   * @param foldChannels whether the weights of a first convolution of several channels are summed
   *     over them where the network has one channel: the same function of an image whose channels
   *     are equal
   */
  public record Options(boolean partial, boolean head, boolean foldChannels) {}

  /**
   * The result of loading, by key without the prefix of the network.
   *
   * @param taken keys that were loaded
   * @param fresh keys whose parameters are unchanged, except those of the head
   * @param ignored keys of the file that the network does not have, or has in another shape
   */
  public record Outcome(List<String> taken, List<String> fresh, List<String> ignored) {
    /** Copies the lists. */
    public Outcome {
      taken = List.copyOf(taken);
      fresh = List.copyOf(fresh);
      ignored = List.copyOf(ignored);
    }
  }

  /** A tensor of the file and the parameter that it fits. */
  private record Match(StoredTensor tensor, Parameter parameter) {}

  private final PretrainedWeights from;
  private final Map<String, StoredTensor> stored;
  private final Map<String, Parameter> wanted = new LinkedHashMap<>();
  private final Map<String, Match> matches = new LinkedHashMap<>();
  private final Options options;

  private Backbone(PretrainedWeights from, Parameters into, String prefix, Options options) {
    this.from = from;
    this.stored = from.isFolded() ? FoldedNorms.unfolded(from.tensors()) : from.tensors();
    this.options = options;
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
   * @param from weights; if their batch normalisations are folded into the convolutions, the loaded
   *     normalisations only add the bias, see {@link Calibration}
   * @param into initialised parameters, of which those that are not loaded keep their values
   * @param prefix prefix of the network's keys, for instance {@code primary}; empty for none
   * @param options how to load
   * @throws PartialFitException if only some weights fit and {@code options} do not allow that
   * @throws WeightsException if the weights do not fit; the message lists every key that is
   *     missing, unexpected or of another shape. Also if a number is not finite. No parameter has
   *     changed then
   */
  public static Outcome load(
      PretrainedWeights from, Parameters into, String prefix, Options options)
      throws WeightsException {
    Backbone backbone = new Backbone(from, into, prefix, options);
    Outcome outcome = backbone.plan();
    Map<Parameter, double[]> values = new LinkedHashMap<>();
    for (Map.Entry<String, Match> e : backbone.matches.entrySet()) {
      values.put(e.getValue().parameter(), backbone.values(e.getKey(), e.getValue()));
    }
    values.forEach((parameter, v) -> HostValues.set(into.device(), parameter.value(), v));
    return outcome;
  }

  private Outcome plan() throws WeightsException {
    List<String> missing = new ArrayList<>();
    List<String> differing = new ArrayList<>();
    List<String> fresh = new ArrayList<>();
    List<String> ignored = new ArrayList<>();
    for (Map.Entry<String, Parameter> e : wanted.entrySet()) {
      String key = e.getKey();
      Parameter parameter = e.getValue();
      StoredTensor tensor = stored.get(key);
      if (tensor == null) {
        missing.add(key);
        fresh.add(key);
      } else if (fits(tensor, parameter) || folds(key, tensor, parameter)) {
        matches.put(key, new Match(tensor, parameter));
      } else {
        differing.add(
            "%s (file %s%s, model %s)"
                .formatted(key, tensor.type(), tensor.shape(), extents(parameter)));
        fresh.add(key);
        ignored.add(key);
      }
    }
    List<String> unexpected =
        stored.keySet().stream().filter(k -> !wanted.containsKey(k) && !isHead(k)).toList();
    ignored.addAll(unexpected);
    String problem = KeyReport.problem(missing, differing, unexpected);
    if (problem != null && matches.isEmpty()) {
      throw new WeightsException(from.path(), problem);
    }
    if (problem != null && !options.partial()) {
      throw new PartialFitException(from.path(), problem);
    }
    return new Outcome(List.copyOf(matches.keySet()), fresh, ignored);
  }

  private static List<Long> extents(Parameter parameter) {
    return Weights.extents(parameter.shape());
  }

  private static boolean fits(StoredTensor tensor, Parameter parameter) {
    return tensor.type().isFloating() && tensor.shape().equals(extents(parameter));
  }

  /** Whether a key is the first convolution, with several channels in the file and one here. */
  private boolean folds(String key, StoredTensor tensor, Parameter parameter) {
    List<Long> to = extents(parameter);
    List<Long> of = tensor.shape();
    return options.foldChannels()
        && key.equals(FIRST)
        && tensor.type().isFloating()
        && of.size() == 4
        && to.get(1) == 1
        && of.get(0).equals(to.get(0))
        && of.subList(2, 4).equals(to.subList(2, 4));
  }

  private double[] values(String key, Match match) throws WeightsException {
    StoredTensor tensor = match.tensor();
    double[] values = tensor.values();
    String problem = Finite.problem(key, values);
    if (problem == null && key.endsWith(VARIANCE)) {
      problem = negative(key, values);
    }
    if (problem != null) {
      throw new WeightsException(from.path(), problem);
    }
    return fits(tensor, match.parameter()) ? values : summed(values, tensor.shape());
  }

  private static @Nullable String negative(String key, double[] values) {
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
