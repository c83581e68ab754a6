package org.clusternet.data.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.clusternet.data.DataException;

/**
 * Reads a two-dimensional array as NumPy saves it (NEP 1, versions 1 to 3 of the format).
 *
 * <pre>
 * \x93NUMPY  major  minor  header length (2 bytes, from version 2 on 4, little-endian)
 * {'descr': '&lt;f4', 'fortran_order': False, 'shape': (256, 256), }  blanks, newline
 * values, row by row
 * </pre>
 */
final class NpyReader {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");
  private static final Pattern PLAIN = Pattern.compile("[<>|=]?(u1|i1|u2|i2|u4|i4|f4|f8)");

  private final Path file;

  private NpyReader(Path file) {
    this.file = file;
  }

  static Image read(Path file) {
    try {
      return new NpyReader(file).parse(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new DataException(file + ": no such file; check the path", e);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private Image parse(byte[] bytes) {
    if (bytes.length < MAGIC.length + 2
        || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
      throw new DataException(
          file
              + ": is not an NPY file: it does not begin with \\x93NUMPY; save it with numpy.save");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int lengthBytes = bytes[MAGIC.length] == 1 ? Short.BYTES : Integer.BYTES;
    int start = MAGIC.length + 2 + lengthBytes;
    if (bytes.length < start) {
      throw truncated(start, bytes.length);
    }
    buffer.position(MAGIC.length + 2);
    long length = lengthBytes == Short.BYTES ? buffer.getShort() & 0xFFFF : buffer.getInt();
    if (length < 0 || start + length > bytes.length) {
      throw truncated(start + length, bytes.length);
    }
    String header = new String(bytes, start, (int) length, StandardCharsets.UTF_8);
    String type = find(DESCR, header, "descr");
    if (!PLAIN.matcher(type).matches()) {
      throw new DataException(
          file + ": descr=" + type + " is not a supported number type; save the array as float32");
    }
    int[] shape = shape(header);
    if (find(ORDER, header, "fortran_order").equals("True")) {
      throw new DataException(
          file
              + ": fortran_order=True; save it row by row: numpy.save(file,"
              + " numpy.ascontiguousarray(array))");
    }
    return pixels(buffer.position(start + (int) length), type, shape);
  }

  private String find(Pattern pattern, String header, String key) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new DataException(file + ": NPY header without " + key + "; save it with numpy.save");
    }
    return matcher.group(1);
  }

  private int[] shape(String header) {
    String text = find(SHAPE, header, "shape");
    String[] sides = text.strip().replaceAll(",$", "").split("\\s*,\\s*");
    if (sides.length != 2 || !Arrays.stream(sides).allMatch(s -> s.matches("[1-9]\\d{0,8}"))) {
      throw new DataException(
          file
              + ": shape=("
              + text
              + ") is not a 2-D image; save one plane of it, rows by columns");
    }
    return Arrays.stream(sides).mapToInt(Integer::parseInt).toArray();
  }

  private Image pixels(ByteBuffer data, String type, int[] shape) {
    data.order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    String kind = type.substring(type.length() - 2);
    long count = (long) shape[0] * shape[1];
    long wanted = count * (kind.charAt(1) - '0');
    if (data.remaining() < wanted) {
      throw truncated(data.position() + wanted, data.limit());
    }
    double[] pixels = new double[(int) count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] =
          switch (kind) {
            case "u1" -> data.get() & 0xFF;
            case "i1" -> data.get();
            case "u2" -> data.getShort() & 0xFFFF;
            case "i2" -> data.getShort();
            case "u4" -> data.getInt() & 0xFFFFFFFFL;
            case "i4" -> data.getInt();
            case "f4" -> data.getFloat();
            default -> data.getDouble();
          };
    }
    return new Image(shape[1], shape[0], pixels);
  }

  private DataException truncated(long wanted, long found) {
    return new DataException(
        file
            + ": truncated NPY file, bytes="
            + found
            + " of "
            + wanted
            + "; copy or download it again");
  }
}
