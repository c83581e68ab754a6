package org.clusternet.classical;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.batch.Batch;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.dataset.Catalog;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.dataset.ImageScale;
import org.clusternet.data.image.ImageFile;
import org.clusternet.data.image.SourceImage;
import org.clusternet.data.morphology.Morphology;
import org.clusternet.data.morphology.ScaledImage;
import org.jspecify.annotations.Nullable;

/**
 * The measures of every image of a dataset.
 *
 * @param entries the images, in the catalogue's order
 * @param measures the columns, at least one
 * @param values a row per image, a column per measure; NaN where the image gives no value
 * @param notes notes for the user: measures left out, values missing
 */
public record MeasureTable(
    List<CatalogEntry> entries, List<Measure> measures, double[][] values, List<String> notes) {
  /** The unit of images whose deprojection is a density; with PIXKPC, light at the cluster. */
  private static final String UNIT = "erg s-1 cm-2";

  /** Copies the lists. */
  public MeasureTable {
    entries = List.copyOf(entries);
    measures = List.copyOf(measures);
    notes = List.copyOf(notes);
    if (measures.isEmpty() || values.length != entries.size()) {
      throw new IllegalArgumentException(
          "measures: columns=%d rows=%d images=%d; at least one column and one row per image are needed"
              .formatted(measures.size(), values.length, entries.size()));
    }
  }

  /**
   * Measures all images of a dataset, whole and not cropped.
   *
   * @param catalog the dataset
   * @param asked the measures; null for all those that at least half of the images have
   * @param threads number of threads, at least 1; the values do not depend on it
   * @param progress notified after each image
   * @return the table
   * @throws DataException if an image cannot be read, its scale or r500 is known neither from the
   *     catalogue nor from its header, or a measure that was asked for has no value in more than
   *     half of the images
   */
  public static MeasureTable measure(
      Catalog catalog, @Nullable List<Measure> asked, int threads, BatchProgress progress) {
    List<Measure> columns = asked == null ? List.of(Measure.values()) : asked;
    List<CatalogEntry> entries = catalog.entries();
    double[][] values = new double[entries.size()][];
    Batch.run(
        entries.size(),
        threads,
        progress,
        i -> {
          Morphology morphology = morphology(catalog, entries.get(i), columns);
          values[i] = columns.stream().mapToDouble(m -> m.of(morphology)).toArray();
        });
    return new MeasureTable(entries, columns, values, List.of()).known(asked != null, catalog);
  }

  private static Morphology morphology(Catalog catalog, CatalogEntry entry, List<Measure> columns) {
    Path file = catalog.path(entry);
    SourceImage source = ImageFile.open(file);
    ImageScale scale;
    try {
      scale = entry.scale().orElse(source.keywords());
    } catch (IllegalArgumentException e) {
      throw new DataException(file + ": " + e.getMessage() + "; correct its header", e);
    }
    if (scale.kpcPerPixel().isEmpty()) {
      throw new DataException(
          file
              + ": its kpc per pixel is not known: the header has no PIXKPC, and redshift="
              + (scale.redshift().isPresent() ? "known without celestial coordinates" : "unknown")
              + "; add the column kpc_per_pixel, or redshift, to "
              + Catalog.FILE_NAME);
    }
    if (scale.r500().isEmpty() && columns.stream().anyMatch(Measure::needsR500)) {
      throw new DataException(
          file
              + ": its r500 is not known: the header has no R500 beside PIXKPC; add the column"
              + " r500_kpc to "
              + Catalog.FILE_NAME
              + ", or choose measures that do without: "
              + Measure.names(Measure.withoutR500()));
    }
    double kpc = scale.kpcPerPixel().getAsDouble();
    Morphology measured =
        Morphology.measure(new ScaledImage(source.image(), kpc), scale.r500().orElse(Double.NaN));
    return isLuminous(source) ? measured : measured.withoutDensity();
  }

  private static boolean isLuminous(SourceImage source) {
    return source.keywords().number("PIXKPC").isPresent()
        && source.keywords().text("BUNIT").orElse("").equals(UNIT);
  }

  /** The measures that most images have. */
  private MeasureTable known(boolean strict, Catalog catalog) {
    List<Integer> kept = new ArrayList<>();
    List<String> told = new ArrayList<>();
    for (int m = 0; m < measures.size(); m++) {
      int column = m;
      int missing = (int) Arrays.stream(values).filter(r -> Double.isNaN(r[column])).count();
      String text =
          "%s has no value in images=%d of %d".formatted(measures.get(m), missing, size());
      if (2 * missing <= size()) {
        kept.add(m);
        if (missing > 0) {
          told.add(text + "; the median of the training images stands in for it");
        }
      } else if (strict) {
        throw new DataException(catalog.folder() + ": " + text + "; " + reason(measures.get(m)));
      } else {
        told.add(text + " and is left out; " + reason(measures.get(m)));
      }
    }
    if (kept.isEmpty()) {
      throw new DataException(catalog.folder() + ": " + String.join(" | ", told));
    }
    double[][] columns =
        Arrays.stream(values)
            .map(row -> kept.stream().mapToDouble(m -> row[m]).toArray())
            .toArray(double[][]::new);
    return new MeasureTable(entries, kept.stream().map(measures::get).toList(), columns, told);
  }

  private static String reason(Measure measure) {
    return switch (measure) {
      case C_PHYS -> "its outer circle of 400 kpc leaves the images: make them larger";
      case C_SCALED -> "its outer circle of r500 leaves the images: make them larger";
      case CENTRAL_DENSITY ->
          "it needs images in BUNIT="
              + UNIT
              + " at the cluster (with PIXKPC), and pixels smaller than 0.012 r500";
      case CUSPINESS -> "it needs pixels smaller than 0.01 r500";
      case PEAK_OFFSET -> "the images are empty";
    };
  }

  /**
   * The number of images.
   *
   * @return at least 1
   */
  public int size() {
    return entries.size();
  }

  /**
   * The class of an image.
   *
   * @param image from 0
   * @return its label
   */
  public CoreType label(int image) {
    return entries.get(image).label();
  }
}
