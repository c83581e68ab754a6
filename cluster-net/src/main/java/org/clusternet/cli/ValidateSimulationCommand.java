package org.clusternet.cli;

import java.nio.file.Path;
import java.util.List;
import org.clusternet.data.io.AtomicFolder;
import org.clusternet.data.simulate.ClusterPopulation;
import org.clusternet.data.simulate.validation.ReferenceTable;
import org.clusternet.data.simulate.validation.Validation;
import org.clusternet.progress.Counter;
import org.clusternet.report.ValidationReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code validate-simulation}: simulated clusters beside a reference sample. */
@Command(
    name = "validate-simulation",
    header = "Compare simulated clusters with a reference sample.",
    description = {
      "",
      "Simulates clusters with the masses of the reference, measures their gas and images in the"
          + " same",
      "way, and compares medians and ranges by core type: cooling time, entropy, density and its",
      "slope, concentrations, offset of the X-ray peak. Writes report.html, validation.csv and",
      "measures.csv.",
      "",
      "The reference is a text table with the columns id, log10 M500, r500 [Mpc], t_cool [Gyr],",
      "K [keV cm2], log10 n_e [cm-3], slope, C_phys, C_scaled, log10 peak offset [kpc], as of the",
      "TNG-Cluster catalogue (tng-project.org/data/cluster).",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  cluster-net validate-simulation --reference tng-cluster.txt --out validation"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ValidateSimulationCommand extends Job {
  @Option(
      names = "--reference",
      required = true,
      paramLabel = "TABLE",
      description = "table of the reference sample")
  private Path reference;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "output folder; must be empty or not exist")
  private Path out;

  @Option(
      names = "--clusters",
      paramLabel = "N",
      description = "number of clusters to simulate (default: three times those of the reference)")
  private @Nullable Integer clusters;

  /** So many that the reference's own sampling is what is uncertain. */
  private static final int PER_HALO = 3;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "random seed of the simulation (default: ${DEFAULT-VALUE})")
  private long seed;

  @Mixin private Threads threads;

  ValidateSimulationCommand() {}

  @Override
  public Integer call() {
    int workers = checked(() -> threads.count());
    if (clusters != null && clusters < 1) {
      throw misuse("clusters=" + clusters + "; it must be at least 1");
    }
    AtomicFolder.requireFree(out);
    List<ReferenceTable.Halo> haloes = ReferenceTable.read(reference);
    Validation validation;
    try (Counter counter = new Counter(progress(), "validation")) {
      validation =
          Validation.run(
              ClusterPopulation.standard(),
              haloes,
              Defaults.or(clusters, PER_HALO * haloes.size()),
              seed,
              workers,
              counter::update);
    }
    ValidationReport report =
        ValidationReport.of(validation, String.valueOf(reference.getFileName()), seed);
    AtomicFolder.write(out, report::write);
    out().print(report.draw());
    out()
        .println(
            "%d of %d rows pass; wrote %s"
                .formatted(report.passed(), validation.comparisons().size(), out));
    out().flush();
    return 0;
  }
}
