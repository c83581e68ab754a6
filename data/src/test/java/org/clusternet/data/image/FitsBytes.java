package org.clusternet.data.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * FITS files laid by hand, byte by byte, after the FITS Standard 4.0 (sections 3.1 to 4.2): the
 * reference that knows nothing of the library under test.
 *
 * <pre>
 * block  = 2880 bytes
 * header = cards of 80 ASCII characters, END, blanks to a full block
 * data   = big-endian values, x fastest, zeros to a full block
 * </pre>
 *
 * <p>ByteBuffer is big-endian unless told otherwise.
 */
final class FitsBytes {
  static final int BLOCK = 2880;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private int headerStart;

  /** Starts a file with a primary image. */
  static FitsBytes primary(int bitpix, int... axes) {
    FitsBytes bytes = new FitsBytes();
    bytes.card("SIMPLE", "T");
    return bytes.axes(bitpix, axes);
  }

  /** Begins an extension, whose further cards follow. */
  FitsBytes next(String kind) {
    headerStart = file.size();
    return text("XTENSION", kind);
  }

  /** Adds an image extension. */
  FitsBytes extension(String name, int bitpix, int... axes) {
    headerStart = file.size();
    text("XTENSION", "IMAGE");
    axes(bitpix, axes).card("PCOUNT", "0").card("GCOUNT", "1");
    return text("EXTNAME", name);
  }

  /** Adds a binary table of bytes, one column. */
  FitsBytes table(String name, int rows) {
    headerStart = file.size();
    text("XTENSION", "BINTABLE");
    axes(8, 1, rows).card("PCOUNT", "0").card("GCOUNT", "1").card("TFIELDS", "1");
    return text("TFORM1", "1B").text("EXTNAME", name).data(new byte[rows]);
  }

  /** Starts a binary table: its columns are pairs of TTYPE and TFORM. */
  FitsBytes table(String name, int rowBytes, int rows, String... columns) {
    headerStart = file.size();
    text("XTENSION", "BINTABLE");
    axes(8, rowBytes, rows).card("PCOUNT", "0").card("GCOUNT", "1");
    card("TFIELDS", Integer.toString(columns.length / 2));
    for (int i = 0; i < columns.length; i += 2) {
      text("TTYPE" + (i / 2 + 1), columns[i]).text("TFORM" + (i / 2 + 1), columns[i + 1]);
    }
    return text("EXTNAME", name);
  }

  private FitsBytes axes(int bitpix, int... axes) {
    card("BITPIX", Integer.toString(bitpix));
    card("NAXIS", Integer.toString(axes.length));
    for (int i = 0; i < axes.length; i++) {
      card("NAXIS" + (i + 1), Integer.toString(axes[i]));
    }
    return this;
  }

  /** Adds a card whose value is written as it is. */
  FitsBytes card(String key, String value) {
    String card = String.format(Locale.ROOT, "%-8s= %20s", key, value);
    file.writeBytes(String.format(Locale.ROOT, "%-80s", card).getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  /** Adds a string card. */
  FitsBytes text(String key, String value) {
    return card(key, String.format(Locale.ROOT, "'%-8s'%10s", value, ""));
  }

  /** Ends the header and adds the bytes of the data. */
  FitsBytes data(byte... bytes) {
    file.writeBytes(String.format(Locale.ROOT, "%-80s", "END").getBytes(StandardCharsets.US_ASCII));
    pad(' ');
    file.writeBytes(bytes);
    pad('\0');
    return this;
  }

  FitsBytes data(short... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Short.BYTES);
    for (short value : values) {
      buffer.putShort(value);
    }
    return data(buffer.array());
  }

  FitsBytes data(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Integer.BYTES);
    for (int value : values) {
      buffer.putInt(value);
    }
    return data(buffer.array());
  }

  FitsBytes data(long... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Long.BYTES);
    for (long value : values) {
      buffer.putLong(value);
    }
    return data(buffer.array());
  }

  FitsBytes data(float... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return data(buffer.array());
  }

  FitsBytes data(double... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Double.BYTES);
    for (double value : values) {
      buffer.putDouble(value);
    }
    return data(buffer.array());
  }

  private void pad(char filling) {
    while ((file.size() - headerStart) % BLOCK != 0) {
      file.write(filling);
    }
  }

  byte[] bytes() {
    return file.toByteArray();
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(result)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result.toByteArray();
  }

  Path write(Path file) {
    return write(file, bytes());
  }

  static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
