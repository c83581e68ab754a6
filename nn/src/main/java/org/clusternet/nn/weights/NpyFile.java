package org.clusternet.nn.weights;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.clusternet.nn.safetensors.StoredTensor;
import org.clusternet.nn.safetensors.StoredType;

/**
 * Reads NumPy's format of one array as far as weights need it: little-endian floats, row-major.
 *
 * <pre>
 * | 0x93 NUMPY | major | minor | header length (u16, from version 2 on u32) | header | numbers |
 * </pre>
 *
 * <p>Source: numpy.lib.format, versions 1 to 3.
 */
final class NpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Map<String, StoredType> TYPES =
      Map.of("<f2", StoredType.F16, "<f4", StoredType.F32, "<f8", StoredType.F64);
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{(?=.*'descr': '([^']*)')(?=.*'fortran_order': (True|False))"
              + "(?=.*'shape': \\(([0-9, ]*)\\)).*\\}\\s*");

  private static final int MAX_HEADER = 1 << 16;

  private NpyFile() {}

  /**
   * Reads an array.
   *
   * @param path path of the file
   * @param key key of the array
   * @throws WeightsException if it is not such an array or is damaged
   */
  static StoredTensor read(Path path, String key) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[MAGIC.length];
    if (in.remaining() >= 12) {
      in.get(magic);
    }
    if (!Arrays.equals(magic, MAGIC)) {
      throw new WeightsException(path, "is not an NPY file");
    }
    int version = in.get();
    in.get();
    long length = version == 1 ? in.getShort() & 0xFFFFL : in.getInt() & 0xFFFF_FFFFL;
    if (length > Math.min(MAX_HEADER, in.remaining())) {
      throw new WeightsException(
          path, "header length=" + length + "; the file is truncated or damaged");
    }
    byte[] text = new byte[(int) length];
    in.get(text);
    Matcher header = HEADER.matcher(new String(text, StandardCharsets.UTF_8));
    if (!header.matches()) {
      throw new WeightsException(path, "has a header that does not describe an array");
    }
    StoredType type = TYPES.get(header.group(1));
    if (type == null || header.group(2).equals("True")) {
      throw new WeightsException(
          path,
          "descr=%s fortran_order=%s; only %s in row-major order are read"
              .formatted(
                  header.group(1), header.group(2), TYPES.keySet().stream().sorted().toList()));
    }
    return tensor(path, key, type, header.group(3), in);
  }

  private static StoredTensor tensor(
      Path path, String key, StoredType type, String extents, ByteBuffer in)
      throws WeightsException {
    byte[] numbers = new byte[in.remaining()];
    in.get(numbers);
    try {
      List<Long> shape = new ArrayList<>();
      for (String extent : extents.split(",")) {
        if (!extent.isBlank()) {
          shape.add(Long.parseLong(extent.strip()));
        }
      }
      return new StoredTensor(key, type, shape, MemorySegment.ofArray(numbers));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new WeightsException(
          path,
          "shape=(%s) of %s does not fit %d bytes; the file is truncated or damaged"
              .formatted(extents, type, numbers.length),
          e);
    }
  }
}
