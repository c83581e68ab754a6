package org.clusternet.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.clusternet.config.ConfigLayers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * The options of a command that set keys of {@code config.yaml}. They are made from a table and not
 * from annotated fields, so that help and defaults are written once, at the settings.
 */
final class KeyOptions {
  /** Where a run computes. */
  static final List<KeyOption> COMPUTE =
      List.of(
          new KeyOption("--device", "DEVICE", "compute.device"),
          new KeyOption("--precision", "TYPE", "compute.precision"),
          new KeyOption("--threads", "N", "compute.threads"),
          KeyOption.flag("--deterministic", "compute.deterministic"));

  private final Map<String, String> defaults;
  private final Map<String, Given> given = new LinkedHashMap<>();

  /**
   * An option that the command line has. By name in the map: a start does without a hash of
   * records.
   */
  private record Given(KeyOption option, Object value) {}

  /**
   * Options of a command.
   *
   * @param defaults texts for keys of which the command has its own default
   */
  KeyOptions(Map<String, String> defaults) {
    this.defaults = defaults;
  }

  /** Adds options under a heading of the help. */
  void addTo(CommandSpec command, String heading, List<KeyOption> options) {
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder().validate(false).heading("%n" + heading + ":%n");
    for (KeyOption option : options) {
      Recorder recorder = new Recorder(option);
      OptionSpec spec = option.builder(defaults).setter(recorder).build();
      recorder.spec = spec;
      group.addArg(spec);
    }
    command.addArgGroup(group.build());
  }

  /** Takes the value of an option from picocli, which resets it before it parses. */
  private final class Recorder implements ISetter {
    private final KeyOption option;
    private @Nullable OptionSpec spec;

    Recorder(KeyOption option) {
      this.option = option;
    }

    @Override
    public <T> T set(T value) {
      if (value == null || value.equals(false)) {
        given.remove(option.name());
      } else if (given.put(option.name(), new Given(option, value)) != null) {
        throw new ParameterException(
            Objects.requireNonNull(spec).command().commandLine(),
            option.name() + " is given twice; give it once");
      }
      return value;
    }
  }

  /** The names of the options that the command line has. */
  Set<String> given() {
    return Set.copyOf(given.keySet());
  }

  /**
   * Adds the options that the command line has as a layer.
   *
   * @throws IllegalArgumentException if an option with a list has another number of values
   */
  void addTo(ConfigLayers layers) {
    given.values().forEach(one -> add(layers, one.option(), one.value()));
  }

  private static void add(ConfigLayers layers, KeyOption option, Object value) {
    List<String> keys = option.keys();
    if (value instanceof double[] values) {
      if (values.length != keys.size()) {
        throw new IllegalArgumentException(
            "%s has values=%d; give %d, as %s"
                .formatted(option.name(), values.length, keys.size(), option.label()));
      }
      for (int i = 0; i < values.length; i++) {
        layers.option(keys.get(i), values[i]);
      }
    } else if (keys.get(0).equals("augmentation")) {
      layers.augmented();
    } else {
      layers.option(keys.get(0), value);
    }
  }
}
