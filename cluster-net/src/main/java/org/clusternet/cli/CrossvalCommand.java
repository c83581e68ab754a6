package org.clusternet.cli;

import java.nio.file.Path;
import java.util.List;
import org.clusternet.experiment.Experiment;
import org.clusternet.experiment.Markdown;
import org.clusternet.experiment.Plan;
import org.clusternet.experiment.Results;
import org.clusternet.report.ExperimentPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code crossval}: cross-validation, in which every fold is the test fold once. */
@Command(
    name = "crossval",
    header = "Cross-validate a network: each fold is tested once, and predictions are pooled.",
    description = {
      "",
      "Writes a folder with a run for every fold, results.json, results.csv, results.md and the",
      "pooled predictions.csv. Confidence intervals are from a bootstrap over clusters. If started",
      "again with the same settings and --out, only the missing folds are run.",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example: ten folds on an imported sample, in half precision:",
      "  cluster-net crossval --data accept --variant all --precision bf16 --name accept-all"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CrossvalCommand extends Job {
  @Mixin private ExperimentOptions experiment;

  CrossvalCommand() {}

  @Override
  public Integer call() {
    experiment.refuse(List.of("--fold"), "every fold is the test fold once; omit it");
    Plan plan = checked(() -> Plan.crossval(experiment.settings(), experiment.seeds()));
    Experiment.Options options = checked(experiment::options);
    Path out = experiment.folder();
    Results results = new Experiment(plan, out, options, Version.current(), progress()).execute();
    out().print(new Markdown(results).summary());
    out().println("report " + ExperimentPage.write(out));
    out().println("experiment folder " + out);
    out().flush();
    return 0;
  }
}
