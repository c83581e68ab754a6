package org.clusternet.data.io;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.clusternet.data.DataException;

/**
 * Small tables with a header line, read and written with Commons CSV; every error names the file
 * and the line.
 *
 * <p>RFC 4180 in UTF-8. Readers are lenient where spreadsheets differ (a byte order mark, blanks
 * around values, blank lines, upper case in column names, further columns) and strict where a
 * mistake would go unnoticed (a column that is missing or given twice, a row with more or fewer
 * values than the header).
 */
public final class CsvFile {
  /** A row of a table; blanks around values are removed. */
  public static final class Row {
    private final Path file;
    private final long line;
    private final CSVRecord values;

    private Row(Path file, long line, CSVRecord values) {
      this.file = file;
      this.line = line;
      this.values = values;
    }

    /**
     * Line of the file on which the row ends.
     *
     * @return line number from 1
     */
    public long line() {
      return line;
    }

    /**
     * The value of a column.
     *
     * @param column name of the column
     * @return the value; empty if the row has none or the table has no such column
     */
    public String get(String column) {
      return has(column) ? values.get(column) : "";
    }

    /**
     * Whether the table has a column.
     *
     * @param column name of the column
     * @return true even if the row's value is empty
     */
    public boolean has(String column) {
      return values.isMapped(column);
    }

    /**
     * An error that names the file and this line.
     *
     * @param reason the problem and the remedy
     * @return the exception, to be thrown
     */
    public DataException error(String reason) {
      return new DataException(file + ":" + line + ": " + reason);
    }

    /**
     * An error that names the file and this line.
     *
     * @param cause the problem with a value of the row; its message gives the remedy
     * @return the exception, to be thrown
     */
    public DataException error(IllegalArgumentException cause) {
      return new DataException(file + ":" + line + ": " + cause.getMessage(), cause);
    }
  }

  private static final CSVFormat READ =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .setIgnoreHeaderCase(true)
          .setIgnoreSurroundingSpaces(true)
          .setTrim(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .get();

  private CsvFile() {}

  /**
   * Reads a table.
   *
   * @param file the table
   * @param required columns that the table must have; it may have others
   * @return its rows in the order of the file; may be empty
   * @throws DataException if the file is missing, not UTF-8, not a table, or lacks a column
   */
  public static List<Row> read(Path file, String... required) {
    try (CSVParser parser =
        CSVParser.builder().setReader(new StringReader(text(file))).setFormat(READ).get()) {
      List<String> columns = parser.getHeaderNames();
      requireColumns(file, columns, required);
      List<Row> rows = new ArrayList<>();
      for (CSVRecord values : parser) {
        Row row = new Row(file, parser.getCurrentLineNumber(), values);
        if (values.size() != columns.size()) {
          throw row.error(
              "values="
                  + values.size()
                  + " but the header has columns="
                  + columns.size()
                  + "; quote values that contain a comma");
        }
        rows.add(row);
      }
      return rows;
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new DataException(file + ": is not a readable CSV table: " + e.getMessage(), e);
    }
  }

  /**
   * Writes a table, completely or not at all.
   *
   * @param file the file to write; its folder must exist
   * @param columns the names of the columns
   * @param rows the rows, each with one value per column
   * @throws DataException as {@link AtomicFile#write}
   */
  public static void write(Path file, List<String> columns, List<List<String>> rows) {
    StringWriter text = new StringWriter();
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setRecordSeparator('\n')
            .setHeader(columns.toArray(String[]::new))
            .get();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      for (List<String> row : rows) {
        printer.printRecord(row);
      }
    } catch (IOException e) {
      throw new DataException(file + ": cannot be written: " + e.getMessage(), e);
    }
    AtomicFile.writeText(file, text.toString());
  }

  private static String text(Path file) throws IOException {
    try {
      String text = Files.readString(file);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      throw new DataException(file + ": no such file; check the path", e);
    } catch (CharacterCodingException e) {
      throw new DataException(file + ": is not UTF-8 text; save it as CSV in UTF-8", e);
    }
  }

  private static void requireColumns(Path file, List<String> columns, String[] required) {
    if (columns.isEmpty()) {
      throw new DataException(
          file + ": is empty; its first line must name the columns " + String.join(",", required));
    }
    for (String column : required) {
      if (columns.stream().noneMatch(column::equalsIgnoreCase)) {
        throw new DataException(
            file
                + ":1: missing column="
                + column
                + "; the header has "
                + String.join(",", columns));
      }
    }
  }
}
