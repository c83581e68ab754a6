package org.clusternet.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.clusternet.data.observation.ImageImporter;
import org.clusternet.data.observation.Observation;
import org.clusternet.progress.Counter;
import org.clusternet.progress.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code import-images}: a dataset folder of images that telescopes took. */
@Command(
    name = "import-images",
    header = "Create a dataset from observed images (FITS, NPY or PNG) and a table.",
    description = {
      "",
      "The table is CSV with a row per image. It needs cluster_id, file, and label (CC, WCC, NCC)"
          + " or",
      "t_cool_gyr; it may have projection, exposure and background (files of maps on the image's",
      "grid), mask (a DS9 or CIAO region file of point sources, which are filled by what surrounds",
      "them), redshift, ra and dec (degrees, of the cluster's centre), kpc_per_pixel, r500_kpc.",
      "Rows with the same source are exposures or detectors of one cluster: their counts,"
          + " exposures",
      "and backgrounds are added in the pixels of the first. An event list is counted in pixels.",
      "Files are relative to the table. The surface brightness is (image - background) / exposure;",
      "pixels that were hardly exposed (--min-exposure) or have no value become NaN and are"
          + " counted.",
      "The FITS keywords PHOTON and BKGSIGMA keep the value of one photon and the standard"
          + " deviation",
      "of the background subtracted, where train begins the logarithm. Images whose scale and"
          + " place",
      "need no change can also be used as they are: a dataset folder's catalog.csv takes .fits,",
      ".fits.gz, .npy and .png files.",
      "",
      "An image that cannot be used, or covers less than 30 %% of the part that --size cuts out,"
          + " is",
      "left out: failed.csv in the folder lists it with the reason, and the exit code is 1.",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example: Chandra images cut out around the clusters, with the pixel size of a simulated"
          + " sample:",
      "  cluster-net import-images --catalog chandra.csv --scale 4kpc --size 256 --out chandra"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ImportImagesCommand extends Job {
  @Option(
      names = "--catalog",
      required = true,
      paramLabel = "FILE",
      description = "table of the images")
  private Path catalog;

  @Mixin private NewDataset dataset;

  @Mixin private ObservationOptions observation;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description =
          "side in pixels of the square that is cut out around ra and dec, or the image centre"
              + " (default: whole images)")
  private @Nullable Integer size;

  @Option(
      names = "--allow-duplicates",
      description =
          "import clusters although their ids differ by case or separators only, or their places by"
              + " less than 30 arcsec")
  private boolean allowDuplicates;

  @Mixin private Threads threads;

  ImportImagesCommand() {}

  @Override
  public Integer call() {
    ImageImporter.Options options =
        checked(
            () -> {
              new Observation.Files(
                      catalog, Optional.empty(), Optional.empty(), observation.backgroundScale())
                  .exposedFrom(observation.minExposure());
              OptionalInt side = size == null ? OptionalInt.empty() : OptionalInt.of(size);
              return new ImageImporter.Options(
                  observation.framing(Optional.empty(), side),
                  observation.backgroundScale(),
                  observation.minExposure(),
                  threads.count(),
                  observation.events(),
                  observation.detection(),
                  allowDuplicates);
            });
    Progress progress = progress();
    ImageImporter.Result result;
    try (Counter counter = new Counter(progress, "import")) {
      result = ImageImporter.run(catalog, dataset.folder(), options, counter::update);
    }
    result.notes().forEach(progress::line);
    if (result.nonFinite() + result.unexposed() > 0) {
      progress.line(
          "pixels without a value=%d, not exposed=%d; they are NaN in the dataset"
              .formatted(result.nonFinite(), result.unexposed()));
    }
    out().println(dataset.summary(result.entries()));
    out().flush();
    int failed = result.failures().size();
    return dataset.report(result.failures(), "images", failed + result.entries().size(), progress);
  }
}
