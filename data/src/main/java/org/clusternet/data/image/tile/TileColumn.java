package org.clusternet.data.image.tile;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nom.tam.fits.Header;

/**
 * A column of the binary table that holds the tiles (FITS Standard 4.0, section 7.3).
 *
 * @param name TTYPE in upper case
 * @param type the letter of its elements, such as B for bytes; of an array in the heap, that of the
 *     array's elements
 * @param descriptor bytes of the descriptor of an array in the heap: 8 for P, 16 for Q, 0 for
 *     values in the row itself
 * @param start first byte within a row
 * @param bytes bytes within a row
 */
record TileColumn(String name, char type, int descriptor, long start, long bytes) {
  private static final Pattern FORM = Pattern.compile("(\\d*)([A-Z])([A-Z])?.*");

  /**
   * All columns of a table.
   *
   * @throws IllegalArgumentException if a TFORM is missing or malformed
   */
  static List<TileColumn> all(Header header) {
    List<TileColumn> columns = new ArrayList<>();
    long start = 0;
    int fields = header.getIntValue("TFIELDS", 0);
    for (int n = 1; n <= fields; n++) {
      String form = header.getStringValue("TFORM" + n);
      Matcher match = FORM.matcher(form == null ? "" : form.strip().toUpperCase(Locale.ROOT));
      if (!match.matches() || match.group(1).length() > 9) {
        throw new IllegalArgumentException("TFORM" + n + "=" + form + " is not a column's format");
      }
      String name = header.getStringValue("TTYPE" + n);
      char letter = match.group(2).charAt(0);
      int descriptor = letter == 'P' ? 8 : letter == 'Q' ? 16 : 0;
      long repeat = match.group(1).isEmpty() ? 1 : Long.parseLong(match.group(1));
      boolean heap = descriptor > 0 && match.group(3) != null;
      char type = heap ? match.group(3).charAt(0) : letter;
      long bytes =
          letter == 'X' ? (repeat + 7) / 8 : repeat * (descriptor > 0 ? descriptor : width(letter));
      columns.add(
          new TileColumn(
              name == null ? "" : name.strip().toUpperCase(Locale.ROOT),
              type,
              descriptor,
              start,
              bytes));
      start += bytes;
    }
    return columns;
  }

  /** Bytes of an element. */
  static int width(char letter) {
    return switch (letter) {
      case 'I' -> 2;
      case 'J', 'E' -> 4;
      case 'K', 'D', 'C' -> 8;
      case 'M' -> 16;
      default -> 1;
    };
  }

  /** The number in a row; the table's rows are rowBytes apart. */
  double number(ByteBuffer table, int rowBytes, int row) {
    int at = row * rowBytes + (int) start;
    return switch (type) {
      case 'B' -> table.get(at) & 0xFF;
      case 'I' -> table.getShort(at);
      case 'J' -> table.getInt(at);
      case 'K' -> table.getLong(at);
      case 'E' -> table.getFloat(at);
      default -> table.getDouble(at);
    };
  }

  /** The number of elements of a row's array in the heap. */
  long count(ByteBuffer table, int rowBytes, int row) {
    int at = row * rowBytes + (int) start;
    return descriptor == 8 ? table.getInt(at) : table.getLong(at);
  }

  /** The first byte of a row's array within the heap. */
  long offset(ByteBuffer table, int rowBytes, int row) {
    int at = row * rowBytes + (int) start + descriptor / 2;
    return descriptor == 8 ? table.getInt(at) & 0xFFFFFFFFL : table.getLong(at);
  }
}
