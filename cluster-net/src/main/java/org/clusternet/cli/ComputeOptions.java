package org.clusternet.cli;

import java.util.Map;
import org.clusternet.config.ConfigLayers;
import org.clusternet.config.TrainingConfig;
import org.clusternet.config.TrainingConfig.Compute;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Where a command computes that asks a trained model. */
final class ComputeOptions {
  private final KeyOptions options;

  /** With a text for the default of the precision. */
  ComputeOptions(String defaultPrecision) {
    options = new KeyOptions(Map.of("compute.precision", defaultPrecision));
  }

  @Spec
  void addTo(CommandSpec command) {
    options.addTo(command, "Computation", KeyOptions.COMPUTE);
  }

  /**
   * The options over the defaults: the fastest device that works, the precision of the training.
   *
   * @param trained settings of the model
   * @throws IllegalArgumentException if an option has a wrong value
   */
  Compute over(TrainingConfig trained) {
    Compute defaults = Compute.defaults();
    Compute own =
        new Compute(defaults.device(), trained.compute().precision(), defaults.threads(), false);
    ConfigLayers layers = new ConfigLayers(trained.withCompute(own));
    options.addTo(layers);
    return layers.resolve().compute();
  }
}
