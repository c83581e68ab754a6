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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ablation}: cross-validation of the rows of the paper's tables over the same folds. */
@Command(
    name = "ablation",
    header = "Cross-validate the rows of the paper's Table I or II and compare them.",
    description = {
      "",
      "Every row is cross-validated over the same folds and seeds. Rows are compared by a paired",
      "bootstrap over clusters and McNemar's test, and shown beside the paper's values. The output",
      "folder is like that of crossval and may be shared with it; finished folds are not run"
          + " again.",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example: Table I on a dataset, two folds in parallel, and later with three seeds:",
      "  cluster-net ablation --data accept --precision bf16 --jobs 2 --name accept-ablation",
      "  cluster-net ablation --data accept --precision bf16 --seeds 3 --name accept-ablation"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AblationCommand extends Job {
  @Mixin private ExperimentOptions experiment;

  @Option(
      names = "--rows",
      paramLabel = "NAME",
      split = ",",
      hideParamSyntax = true,
      description = "rows of Table I, such as baseline,all (default: all five)")
  private Variant @Nullable [] rows;

  @Option(
      names = "--table2",
      description = "cross-validate the six loss weightings of Table II instead of Table I")
  private boolean table2;

  @Option(
      names = "--no-classical",
      description = "omit the classical classifiers, which are additional rows of Table I")
  private boolean noClassical;

  AblationCommand() {}

  @Override
  public Integer call() {
    experiment.refuse(List.of("--fold"), "every fold is the test fold once; omit it");
    experiment.refuse(List.of("--variant"), "the rows are the variants; select them with --rows");
    if (table2) {
      experiment.refuse(List.of("--alphas", "--rows"), "Table II sets it; omit it");
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
