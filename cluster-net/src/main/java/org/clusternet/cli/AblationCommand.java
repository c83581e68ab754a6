package org.clusternet.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.clusternet.experiment.Experiment;
import org.clusternet.experiment.Markdown;
import org.clusternet.experiment.Plan;
import org.clusternet.experiment.Results;
import org.clusternet.network.Variant;
import org.clusternet.report.ExperimentPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ablation}: the rows of the paper's tables over the same folds. */
@Command(
    name = "ablation",
    header = "Cross-validate the rows of the paper's Table I or II and compare them.",
    description = {
      "",
      "Every row is cross-validated over the same folds and seeds; rows are compared by a paired",
      "bootstrap over clusters and McNemar's test, the paper's figures beside ours. Writes a folder",
      "as crossval does; both may share one, and Table I and II too: what is there is not run again.",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example: Table I on a dataset, two folds at a time, and with three seeds later on:",
      "  cluster-net ablation --data accept --precision bf16 --jobs 2 --name accept-ablation",
      "  cluster-net ablation --data accept --precision bf16 --seeds 3 --name accept-ablation"
    })
final class AblationCommand extends Job {
  @Mixin private ExperimentOptions experiment;

  @Option(
      names = "--rows",
      paramLabel = "NAME",
      split = ",",
      hideParamSyntax = true,
      description = "rows of Table I, such as baseline,all (default: all five)")
  private Variant[] rows;

  @Option(names = "--table2", description = "the six settings of the alphas instead of Table I")
  private boolean table2;

  @Option(
      names = "--no-classical",
      description = "leave out the classical classifiers, which are further rows of Table I")
  private boolean noClassical;

  AblationCommand() {}

  @Override
  public Integer call() {
    experiment.refuse(List.of("--fold"), "every fold is the test fold once; leave it out");
    experiment.refuse(List.of("--variant"), "the rows are the variants; choose some by --rows");
    if (table2) {
      experiment.refuse(List.of("--alphas", "--rows"), "Table II has its own; leave it out");
    }
    Plan plan = checked(this::plan);
    Experiment.Options options = checked(experiment::options);
    Path out = experiment.folder();
    Results results = new Experiment(plan, out, options, Version.current(), progress()).execute();
    out().print(new Markdown(results).summary());
    out().println("report " + ExperimentPage.write(out));
    out().println("experiment folder " + out);
    out().flush();
    return 0;
  }

  private Plan plan() {
    if (table2) {
      return Plan.tableTwo(experiment.settings(), experiment.seeds());
    }
    List<Variant> named = Arrays.asList(rows == null ? Variant.values() : rows);
    return Plan.tableOne(experiment.settings(), named, experiment.seeds(), !noClassical);
  }
}
