package org.clusternet.cli;

import java.nio.file.Path;
import java.util.List;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.simulate.ClassMix;
import org.clusternet.data.simulate.Simulator;
import org.clusternet.progress.Counter;
import org.clusternet.training.ClassWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code simulate}: a dataset folder of simulated clusters. */
@Command(
    name = "simulate",
    description = {
      "Simulates X-ray images of galaxy clusters: three projections each of triaxial gas with the",
      "published scatter of entropy and pressure, labelled by their central cooling time.",
      ""
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: a sample of the size of the paper's:",
      "  cluster-net simulate --clusters 318 --mix paper --out tng-like"
    })
final class SimulateCommand extends Job {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "dataset folder to write; must not hold anything")
  private Path out;

  @Option(
      names = "--clusters",
      paramLabel = "N",
      defaultValue = "120",
      description = "how many clusters (default: ${DEFAULT-VALUE})")
  private int clusters;

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
      names = "--mix",
      paramLabel = "MIX",
      defaultValue = "accept",
      description = "core types: native, paper, accept or balanced (default: ${DEFAULT-VALUE})")
  private ClassMix mix;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "the same seed gives the same bytes (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads of the CPU (default: one a processor)")
  private Integer threads;

  SimulateCommand() {}

  @Override
  public Integer call() {
    Simulator.Options options =
        checked(
            () ->
                new Simulator.Options(
                    clusters, new SkyGrid(size, kpcPerPixel), mix, seed, Threads.of(threads)));
    List<CatalogEntry> entries;
    try (Counter counter = new Counter(progress(), "simulation")) {
      entries = Simulator.run(out, options, counter::update);
    }
    out()
        .println(
            "wrote %d images of %d clusters (%s) to %s"
                .formatted(
                    entries.size(),
                    clusters,
                    ClassWeights.of(entries.stream().map(CatalogEntry::label).toList()),
                    out));
    out().flush();
    return 0;
  }
}
