package org.clusternet.cli;

import java.util.List;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.simulate.ClassMix;
import org.clusternet.data.simulate.DrawRange;
import org.clusternet.data.simulate.ObservingRanges;
import org.clusternet.data.simulate.Simulator;
import org.clusternet.progress.Counter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code simulate}: a dataset folder of simulated clusters. */
@Command(
    name = "simulate",
    header = "Simulate a dataset of X-ray images of galaxy clusters.",
    description = {
      "",
      "Three projections of each cluster's gas, simulated in three dimensions: triaxial profiles"
          + " of",
      "entropy and pressure fitted to TNG-Cluster, with sloshing spirals, cavities, mergers,"
          + " shocks,",
      "groups and fluctuations, labelled by the central cooling time. validate-simulation compares",
      "them with a reference sample.",
      "",
      "With --counts, images hold photon counts, optionally with a point-spread function,"
          + " vignetting",
      "and a background that is the same in all pixels. From a range every image draws a value,"
          + " evenly",
      "in its logarithm; from a range that begins at 0, one image in three gets 0 and the others a",
      "value between a hundredth of the upper end and the upper end.",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example: a sample as large as the paper's:",
      "  cluster-net simulate --clusters 318 --mix paper --size 512 --out tng-like",
      "Example: the same, observed with 20000 photons at a resolution of 10 kpc:",
      "  cluster-net simulate --clusters 318 --mix paper --size 512 --counts 20000 --psf 10 \\",
      "      --background 0.05 --out observed",
      "Example: short and long exposures, as they are and reduced with their exact maps:",
      "  cluster-net simulate --counts 300..100000 --psf 0..40 --background 0..1 \\",
      "      --vignetting 0.3..1 --maps --out archive",
      "  cluster-net import-images --catalog archive/observations.csv --out reduced"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SimulateCommand extends Job {
  @Mixin private NewDataset dataset;

  @Option(
      names = "--clusters",
      paramLabel = "N",
      defaultValue = "200",
      description = "number of clusters, three images each (default: ${DEFAULT-VALUE})")
  private int clusters;

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

  @Option(
      names = "--mix",
      paramLabel = "MIX",
      defaultValue = "accept",
      description =
          "mix of core types: native, paper, accept or balanced (default: ${DEFAULT-VALUE})")
  private ClassMix mix;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "random seed; the same seed gives the same files (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--counts",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "expected detected photons of a cluster in an image, or a range such as 300..100000 from"
              + " which every image draws (default: 0, surface brightness without noise)")
  private String counts;

  @Option(
      names = "--psf",
      paramLabel = "KPC",
      defaultValue = "0",
      description =
          "full width at half maximum of the point-spread function in kpc, or a range such as 0..40"
              + " (default: none)")
  private String psf;

  @Option(
      names = "--background",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "expected background photons per pixel, or a range such as 0..1, with --counts (default:"
              + " none)")
  private String background;

  @Option(
      names = "--vignetting",
      paramLabel = "SHARE",
      defaultValue = "1",
      description =
          "exposure at the middle of a side as a share of the centre's, or a range such as 0.3..1,"
              + " with --counts (default: 1, none)")
  private String vignetting;

  @Option(
      names = "--maps",
      description =
          "also write the exact exposure and background maps and observations.csv, a table for"
              + " import-images")
  private boolean maps;

  @Mixin private Threads threads;

  SimulateCommand() {}

  @Override
  public Integer call() {
    Simulator.Options options =
        checked(
            () ->
                new Simulator.Options(
                    clusters,
                    new SkyGrid(size, kpcPerPixel),
                    mix,
                    seed,
                    threads.count(),
                    observing(),
                    maps));
    List<CatalogEntry> entries;
    try (Counter counter = new Counter(progress(), "simulation")) {
      entries = Simulator.run(dataset.folder(), options, counter::update);
    }
    out().println(dataset.summary(entries));
    out().flush();
    return 0;
  }

  private ObservingRanges observing() {
    return new ObservingRanges(
        DrawRange.parse("counts", counts),
        DrawRange.parse("psf", psf),
        DrawRange.parse("background", background),
        DrawRange.parse("vignetting", vignetting));
  }
}
