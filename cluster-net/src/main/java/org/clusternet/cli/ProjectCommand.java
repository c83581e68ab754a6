package org.clusternet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.tng.GasOptions;
import org.clusternet.data.tng.TngProjector;
import org.clusternet.progress.Counter;
import org.clusternet.progress.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code project}: a dataset folder of simulated haloes. */
@Command(
    name = "project",
    header = "Create a dataset from haloes of the IllustrisTNG simulations.",
    description = {
      "",
      "The hot gas of every cutout (HDF5, as the TNG API serves it with Coordinates, Masses,",
      "Density, InternalEnergy, ElectronAbundance and StarFormationRate) is projected along x, y",
      "and z and labelled by its cooling time within 0.012 r500. A halo's centre and r500 are",
      "taken from --halos, a table with the group catalogue's values in its units:",
      "  halo_id,GroupPos_x,GroupPos_y,GroupPos_z,Group_M_Crit500,Group_R_Crit500",
      "where halo_id is the cutout's number (or a column file has its file's name; the mass may be",
      "left out); or from the cutout, if its Header or a group Group has them by these names.",
      "",
      "A cutout that cannot be used is left out: failed.csv in the folder lists it with the reason,",
      "and the exit code is 1.",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  cluster-net project --cutout cutout_12.hdf5 cutout_30.hdf5 --halos halos.csv --out tng"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ProjectCommand extends Job {
  @Option(
      names = "--cutout",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "halo cutouts; the file name identifies the halo")
  private List<Path> cutouts;

  @Mixin private NewDataset dataset;

  @Option(
      names = "--halos",
      paramLabel = "FILE",
      description = "table of the haloes' centres and radii (default: taken from the cutouts)")
  private @Nullable Path halos;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      defaultValue = "1024",
      description = "side of the images in pixels (default: ${DEFAULT-VALUE})")
  private int size;

  @Option(
      names = "--kpc-per-pixel",
      paramLabel = "KPC",
      defaultValue = "4",
      description = "side of a pixel in kpc (default: ${DEFAULT-VALUE})")
  private double kpcPerPixel;

  @Option(
      names = "--min-temperature",
      paramLabel = "KELVIN",
      defaultValue = "1e6",
      description = "temperature below which gas is left out (default: ${DEFAULT-VALUE})")
  private double leastTemperature;

  @Option(
      names = "--metallicity",
      paramLabel = "SOURCE",
      defaultValue = "fixed",
      description = {
        "metallicity in the cooling function: fixed (0.3 solar) or cells (each cell's",
        "GFM_Metallicity) (default: ${DEFAULT-VALUE})"
      })
  private GasOptions.Metallicity metallicity;

  @Mixin private Threads threads;

  ProjectCommand() {}

  @Override
  public Integer call() {
    TngProjector.Options options =
        checked(
            () ->
                new TngProjector.Options(
                    new SkyGrid(size, kpcPerPixel),
                    Optional.ofNullable(halos),
                    new GasOptions(leastTemperature, metallicity),
                    threads.count()));
    Progress progress = progress();
    TngProjector.Result result;
    try (Counter counter = new Counter(progress, "projection")) {
      result = TngProjector.run(cutouts, dataset.folder(), options, counter::update);
    }
    result.notes().forEach(progress::line);
    int failed = result.failures().size();
    out().println(dataset.summary(result.entries(), cutouts.size() - failed + " haloes"));
    out().flush();
    return dataset.report(result.failures(), "haloes", cutouts.size(), progress);
  }
}
