package org.clusternet.data.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import nom.tam.fits.Header;
import nom.tam.fits.TruncatedFileException;
import nom.tam.util.FitsInputStream;
import org.clusternet.data.DataException;
import org.clusternet.data.event.EventGrid.Limits;
import org.jspecify.annotations.Nullable;

/** A binary table of a FITS file as its header describes it. */
final class EventTable {
  private static final byte[] EXTENSION = "XTENSION".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PRIMARY = "SIMPLE  ".getBytes(StandardCharsets.US_ASCII);

  private final int index;
  private final Header header;
  private final String name;
  private final List<TableColumn> columns;

  EventTable(Path file, int index, Header header) {
    this.index = index;
    this.header = header;
    this.name = file + ": " + describe();
    this.columns = TableColumn.of(header, name);
  }

  /** The next header of a file; null at its end, or at data that are no HDU. */
  static @Nullable Header nextHeader(FitsInputStream in)
      throws IOException, TruncatedFileException {
    in.mark(EXTENSION.length);
    byte[] start = in.readNBytes(EXTENSION.length);
    in.reset();
    boolean found = Arrays.equals(start, EXTENSION) || Arrays.equals(start, PRIMARY);
    return found ? Header.readHeader(in) : null;
  }

  /** EXTNAME and HDUNAME in upper case, as far as they are given. */
  static List<String> names(Header header) {
    return Stream.of("EXTNAME", "HDUNAME")
        .map(key -> TableColumn.text(header, key).toUpperCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  static boolean isTable(Header header) {
    return TableColumn.text(header, "XTENSION").equals("BINTABLE")
        && !header.getBooleanValue("ZIMAGE", false);
  }

  /** Whether a table calls itself a list of accepted events. */
  static boolean isEvents(Header header) {
    List<String> names = names(header);
    boolean classed =
        TableColumn.text(header, "HDUCLAS1").equalsIgnoreCase("EVENTS")
            && !TableColumn.text(header, "HDUCLAS2").equalsIgnoreCase("REJECTED");
    return isTable(header) && (names.contains("EVENTS") || names.contains("STDEVT") || classed);
  }

  /** Whether a table is one of good time intervals. */
  static boolean isGoodTimes(Header header) {
    return isTable(header)
        && names(header).stream().anyMatch(name -> name.matches("(STD)?GTI[0-9]*"));
  }

  Header header() {
    return header;
  }

  int index() {
    return index;
  }

  /** The file and the HDU, for messages. */
  String name() {
    return name;
  }

  /** The HDU, such as {@code HDU 1 EVENTS}. */
  String describe() {
    List<String> names = names(header);
    return "HDU " + index + (names.isEmpty() ? "" : " " + names.get(0));
  }

  List<TableColumn> columns() {
    return columns;
  }

  long rows() {
    return Math.max(0, header.getLongValue("NAXIS2", 0));
  }

  int rowBytes() {
    return header.getIntValue("NAXIS1", 0);
  }

  /** Whether the table of a header has columns X and Y. */
  static boolean hasPlaces(Header header) {
    List<String> names = new ArrayList<>();
    for (int n = 1; n <= header.getIntValue("TFIELDS", 0); n++) {
      names.add(TableColumn.text(header, "TTYPE" + n).toUpperCase(Locale.ROOT));
    }
    return names.contains("X") && names.contains("Y");
  }

  /** The column of this name in any case, which must hold one number a row. */
  TableColumn number(String column) {
    return TableColumn.find(columns, column)
        .orElseThrow(
            () ->
                new DataException(
                    name
                        + ": has no column "
                        + column
                        + "; it has "
                        + String.join(", ", columns.stream().map(TableColumn::name).toList())))
        .requireNumber(name);
  }

  TableColumn x() {
    return number("X");
  }

  TableColumn y() {
    return number("Y");
  }

  /** The range of X and Y as the header tells it. */
  Optional<Limits> limits() {
    double step = Math.max(x().step(), y().step());
    double[] ofX = limits(x(), "X");
    double[] ofY = limits(y(), "Y");
    if (!(ofX[0] < ofX[1] && ofY[0] < ofY[1])) {
      return Optional.empty();
    }
    double edgeX = x().step() / 2;
    double edgeY = y().step() / 2;
    return Optional.of(
        new Limits(ofX[0] - edgeX, ofX[1] + edgeX, ofY[0] - edgeY, ofY[1] + edgeY, step));
  }

  private double[] limits(TableColumn column, String axis) {
    int n = column.number();
    String[][] keys = {{"TLMIN" + n, "TLMAX" + n}, {"REF" + axis + "LMIN", "REF" + axis + "LMAX"}};
    for (String[] pair : keys) {
      OptionalDouble low = TableColumn.number(header, pair[0]);
      OptionalDouble high = TableColumn.number(header, pair[1]);
      if (low.isPresent() && high.isPresent()) {
        return new double[] {low.getAsDouble(), high.getAsDouble()};
      }
    }
    OptionalDouble length = TableColumn.number(header, "TALEN" + n);
    return length.isPresent() ? new double[] {1, length.getAsDouble()} : new double[] {0, 0};
  }
}
