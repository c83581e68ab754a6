package org.clusternet.data.dataset;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.io.AtomicFile;

/**
 * The catalogue of a dataset folder, {@code catalog.csv}.
 *
 * @param folder the dataset folder
 * @param entries its images
 */
public record Catalog(Path folder, List<CatalogEntry> entries) {
  /** The catalogue's file name within a dataset folder. */
  public static final String FILE_NAME = "catalog.csv";

  /**
   * Reads the catalogue of a dataset folder.
   *
   * @param folder the dataset folder
   * @return the catalogue
   */
  public static Catalog read(Path folder) {
    Path file = folder.resolve(FILE_NAME);
    List<CatalogEntry> entries = new ArrayList<>();
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser =
        CSVParser.builder()
            .setReader(Files.newBufferedReader(file, StandardCharsets.UTF_8))
            .setFormat(format)
            .get()) {
      for (CSVRecord row : parser) {
        String time = row.isMapped("t_cool_gyr") ? row.get("t_cool_gyr") : "";
        String label = row.isMapped("label") ? row.get("label") : "";
        entries.add(
            new CatalogEntry(
                row.get("cluster_id"),
                row.get("projection"),
                row.get("file"),
                time.isBlank()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Double.parseDouble(time)),
                label.isBlank() ? null : CoreType.parse(label)));
      }
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + e.getMessage(), e);
    }
    return new Catalog(folder, List.copyOf(entries));
  }

  /**
   * Writes the catalogue of a dataset folder.
   *
   * @param folder the dataset folder
   * @param entries its images
   */
  public static void write(Path folder, List<CatalogEntry> entries) {
    StringWriter text = new StringWriter();
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setRecordSeparator('\n')
            .setHeader("cluster_id", "projection", "file", "t_cool_gyr", "label")
            .get();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      for (CatalogEntry e : entries) {
        printer.printRecord(
            e.clusterId(),
            e.projection(),
            e.file(),
            e.tCoolGyr().isPresent() ? Double.toString(e.tCoolGyr().getAsDouble()) : "",
            e.label());
      }
    } catch (IOException e) {
      throw new DataException(folder.resolve(FILE_NAME) + ": " + e.getMessage(), e);
    }
    AtomicFile.writeText(folder.resolve(FILE_NAME), text.toString());
  }
}
