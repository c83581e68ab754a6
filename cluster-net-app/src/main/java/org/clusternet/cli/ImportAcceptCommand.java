package org.clusternet.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.clusternet.data.accept.AcceptImporter;
import org.clusternet.data.accept.Problem;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.progress.Counter;
import org.clusternet.progress.Progress;
import org.clusternet.training.ClassWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code import-accept}: a dataset folder of real clusters. */
@Command(
    name = "import-accept",
    description = {
      "Makes a dataset of the clusters of the ACCEPT archive (Cavagnolo et al. 2009): the measured,",
      "deprojected emissivity of each is projected onto the sky and labelled by the measured cooling",
      "time at 0.012 r500. Rows that cannot be used are reported and skipped.",
      ""
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  cluster-net import-accept --profiles all_profiles.dat --out accept"
    })
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
  private Path catalog;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "dataset folder to write; must not hold anything")
  private Path out;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      defaultValue = "256",
      description = "side of the images (default: ${DEFAULT-VALUE})")
  private int size;

  @Option(
      names = "--kpc-per-pixel",
      paramLabel = "KPC",
      defaultValue = "4",
      description = "side of a pixel in kpc (default: ${DEFAULT-VALUE})")
  private double kpcPerPixel;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads of the CPU (default: one a processor)")
  private Integer threads;

  ImportAcceptCommand() {}

  @Override
  public Integer call() {
    AcceptImporter.Options options =
        checked(
            () ->
                new AcceptImporter.Options(
                    new SkyGrid(size, kpcPerPixel),
                    Optional.ofNullable(catalog),
                    Threads.of(threads)));
    Progress progress = progress();
    AcceptImporter.Result result;
    try (Counter counter = new Counter(progress, "import")) {
      result = AcceptImporter.run(profiles, out, options, counter::update);
    }
    for (Problem problem : result.problems()) {
      progress.line(problem.toString());
    }
    out()
        .println(
            "wrote %d images (%s) to %s; reported problems: %d"
                .formatted(
                    result.entries().size(),
                    ClassWeights.of(result.entries().stream().map(CatalogEntry::label).toList()),
                    out,
                    result.problems().size()));
    out().flush();
    return 0;
  }
}
