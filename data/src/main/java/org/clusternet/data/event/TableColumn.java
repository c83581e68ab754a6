package org.clusternet.data.event;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nom.tam.fits.Header;
import org.clusternet.data.DataException;

/**
 * A column of a binary table (FITS Standard 4.0, section 7.3): where its values lie in a row and
 * how stored numbers become physical ones, TZERO + TSCAL x stored, TNULL to NaN.
 *
 * <p>A chunk of rows is decoded column by column into arrays of doubles, straight from the bytes of
 * the file; columns that nobody asks for (bits, arrays, strings, descriptors of variable-length
 * arrays) are never looked at.
 *
 * @param number number of the column, from 1, as in TTYPEn
 * @param name TTYPEn as the file spells it, empty without one
 * @param form TFORMn
 * @param type the letter of TFORMn
 * @param repeat number of elements in a row
 * @param offset its first byte in a row
 * @param scale TSCALn
 * @param zero TZEROn
 * @param missing TNULLn, for integers
 * @param unit TUNITn, empty without one
 */
record TableColumn(
    int number,
    String name,
    String form,
    char type,
    int repeat,
    int offset,
    double scale,
    double zero,
    OptionalLong missing,
    String unit) {
  private static final Pattern FORM = Pattern.compile("(\\d*)([LXBIJKAEDCMPQ]).*");

  /**
   * The columns of a table.
   *
   * @throws DataException if the header of the table is malformed
   */
  static List<TableColumn> of(Header header, String table) {
    int fields = header.getIntValue("TFIELDS", -1);
    if (fields < 0 || fields > 999) {
      throw malformed(table, "TFIELDS=" + fields + " is not within 0 to 999");
    }
    List<TableColumn> columns = new ArrayList<>();
    long offset = 0;
    for (int n = 1; n <= fields; n++) {
      String form = text(header, "TFORM" + n).toUpperCase(Locale.ROOT);
      Matcher matcher = FORM.matcher(form);
      if (!matcher.matches() || matcher.group(1).length() > 9) {
        throw malformed(table, "TFORM" + n + "=" + form + " is not a format of binary tables");
      }
      int repeat = matcher.group(1).isEmpty() ? 1 : Integer.parseInt(matcher.group(1));
      char type = matcher.group(2).charAt(0);
      columns.add(
          new TableColumn(
              n,
              text(header, "TTYPE" + n),
              form,
              type,
              repeat,
              (int) Math.min(offset, Integer.MAX_VALUE),
              number(header, "TSCAL" + n).orElse(1),
              number(header, "TZERO" + n).orElse(0),
              "BIJK".indexOf(type) >= 0 && header.containsKey("TNULL" + n)
                  ? OptionalLong.of(header.getLongValue("TNULL" + n))
                  : OptionalLong.empty(),
              text(header, "TUNIT" + n)));
      offset += type == 'X' ? (repeat + 7L) / 8 : (long) repeat * bytes(type);
    }
    long row = header.getLongValue("NAXIS1", -1);
    if (offset > row || row > Integer.MAX_VALUE) {
      throw malformed(table, "NAXIS1=" + row + ", but the columns need bytes=" + offset);
    }
    return columns;
  }

  private static DataException malformed(String table, String reason) {
    return new DataException(
        table + ": malformed FITS header: " + reason + "; copy or download the file again");
  }

  /** A keyword's text without blanks around it, empty if it is absent. */
  static String text(Header header, String key) {
    String value = header.getStringValue(key);
    return value == null ? "" : value.strip();
  }

  /** A keyword's number, if it is there and finite. */
  static OptionalDouble number(Header header, String key) {
    double value = header.getDoubleValue(key, Double.NaN);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /** The first column of this name in any case. */
  static Optional<TableColumn> find(List<TableColumn> columns, String name) {
    return columns.stream().filter(c -> c.name.equalsIgnoreCase(name)).findFirst();
  }

  /**
   * This column, if it holds one number a row.
   *
   * @throws DataException if it holds something else
   */
  TableColumn requireNumber(String table) {
    if (repeat != 1 || "BIJKED".indexOf(type) < 0) {
      throw new DataException(
          table
              + ": column "
              + name
              + " has TFORM"
              + number
              + "="
              + form
              + ", but one number a row (B, I, J, K, E or D) is needed; convert the column");
    }
    if (scale == 0) {
      throw new DataException(
          table + ": column " + name + " has TSCAL" + number + "=0; correct the header");
    }
    return this;
  }

  private static int bytes(char type) {
    return switch (type) {
      case 'I' -> 2;
      case 'J', 'E' -> 4;
      case 'K', 'D', 'C', 'P' -> 8;
      case 'M', 'Q' -> 16;
      default -> 1;
    };
  }

  boolean isInteger() {
    return type != 'E' && type != 'D';
  }

  /** The distance between neighbouring values of integers, 0 for floats. */
  double step() {
    return isInteger() ? Math.abs(scale) : 0;
  }

  /**
   * Decodes the column.
   *
   * @param rows rows one after the other, from index 0 of the buffer, big-endian
   * @param rowBytes length of a row
   * @param count number of rows
   * @param out receives the physical values; NaN where there is none
   */
  void read(ByteBuffer rows, int rowBytes, int count, double[] out) {
    int at = offset;
    switch (type) {
      case 'E' -> {
        for (int i = 0; i < count; i++, at += rowBytes) {
          out[i] = rows.getFloat(at);
        }
      }
      case 'D' -> {
        for (int i = 0; i < count; i++, at += rowBytes) {
          out[i] = rows.getDouble(at);
        }
      }
      case 'I' -> {
        for (int i = 0; i < count; i++, at += rowBytes) {
          out[i] = rows.getShort(at);
        }
      }
      case 'J' -> {
        for (int i = 0; i < count; i++, at += rowBytes) {
          out[i] = rows.getInt(at);
        }
      }
      case 'K' -> {
        for (int i = 0; i < count; i++, at += rowBytes) {
          out[i] = rows.getLong(at);
        }
      }
      default -> {
        for (int i = 0; i < count; i++, at += rowBytes) {
          out[i] = rows.get(at) & 0xFF;
        }
      }
    }
    if (missing.isPresent() || scale != 1 || zero != 0) {
      double hole = missing.isPresent() ? missing.getAsLong() : Double.NaN;
      for (int i = 0; i < count; i++) {
        out[i] = out[i] == hole ? Double.NaN : zero + scale * out[i];
      }
    }
  }
}
