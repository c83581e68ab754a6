package org.clusternet.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.clusternet.data.accept.AcceptImporter;
import org.clusternet.data.accept.Problem;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.progress.Counter;
import org.clusternet.progress.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code import-accept}: a dataset folder of real clusters. */
@Command(
    name = "import-accept",
    header = "Create a dataset from the observed clusters of the ACCEPT archive.",
    description = {
      "",
      "The measured, deprojected emissivity of every cluster (Cavagnolo et al. 2009) is projected",
      "onto the sky and labelled by the measured cooling time at 0.012 r500. Unusable rows are",
      "reported and skipped.",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  cluster-net import-accept --profiles all_profiles.dat --out accept"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ImportAcceptCommand extends Job {
  @Option(
      names = "--profiles",
      required = true,
      paramLabel = "FILE",
      description = "ACCEPT's table of radial profiles")
  private Path profiles;

  @Option(
      names = "--catalog",
      paramLabel = "FILE",
      description = "ACCEPT's table of clusters, for sky coordinates and redshifts in the images")
  private @Nullable Path catalog;

  @Mixin private NewDataset dataset;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      defaultValue = "256",
      description = "side of the images in pixels (default: ${DEFAULT-VALUE})")
  private int size;

  @Option(
      names = "--kpc-per-pixel",
      paramLabel = "KPC",
      defaultValue = "4",
      description = "side of a pixel in kpc (default: ${DEFAULT-VALUE})")
  private double kpcPerPixel;

  @Mixin private Threads threads;

  ImportAcceptCommand() {}

  @Override
  public Integer call() {
    AcceptImporter.Options options =
        checked(
            () ->
                new AcceptImporter.Options(
                    new SkyGrid(size, kpcPerPixel), Optional.ofNullable(catalog), threads.count()));
    Progress progress = progress();
    AcceptImporter.Result result;
    try (Counter counter = new Counter(progress, "import")) {
      result = AcceptImporter.run(profiles, dataset.folder(), options, counter::update);
    }
    for (Problem problem : result.problems()) {
      progress.line(problem.toString());
    }
    out()
        .println(
            dataset.summary(result.entries()) + "; reported problems: " + result.problems().size());
    out().flush();
    return 0;
  }
}
