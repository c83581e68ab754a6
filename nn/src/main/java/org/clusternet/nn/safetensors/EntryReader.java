package org.clusternet.nn.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the description of one array; errors name the file, the key and the value. */
final class EntryReader {
  private final Path file;
  private final String key;
  private final JsonNode node;

  EntryReader(Path file, String key, JsonNode node) {
    this.file = file;
    this.key = key;
    this.node = node;
  }

  Header.Entry read(long available) throws SafetensorsException {
    require(node.isObject(), "its description is not an object");
    StoredType type = type();
    List<Long> shape = numbers("shape");
    List<Long> offsets = numbers("data_offsets");
    require(offsets.size() == 2, "data_offsets=" + offsets + "; two are needed");
    long begin = offsets.get(0);
    long end = offsets.get(1);
    require(begin <= end, "data_offsets=" + offsets + " end before they begin");
    require(
        end <= available,
        "data_offsets=%s, but only %d bytes follow the header; the file is truncated or damaged"
            .formatted(offsets, available));
    long bytes = bytes(type, shape);
    require(
        bytes == end - begin,
        "data_offsets=%s span %d bytes, but %s%s has %d"
            .formatted(offsets, end - begin, type, shape, bytes));
    return new Header.Entry(key, type, shape, begin, end);
  }

  private StoredType type() throws SafetensorsException {
    JsonNode dtype = node.path("dtype");
    for (StoredType type : StoredType.values()) {
      if (dtype.isTextual() && dtype.textValue().equals(type.name())) {
        return type;
      }
    }
    throw error(
        "dtype=%s is unknown; known are %s".formatted(dtype, Arrays.toString(StoredType.values())));
  }

  private List<Long> numbers(String name) throws SafetensorsException {
    JsonNode array = node.path(name);
    require(array.isArray(), name + "=" + array + " is not a list of numbers");
    List<Long> numbers = new ArrayList<>(array.size());
    for (JsonNode number : array) {
      require(
          number.isIntegralNumber() && number.canConvertToLong() && number.longValue() >= 0,
          name + "=" + array + "; every number must be whole, at least 0 and below 2^63");
      numbers.add(number.longValue());
    }
    return numbers;
  }

  private long bytes(StoredType type, List<Long> shape) throws SafetensorsException {
    try {
      long count = type.bytes();
      for (long extent : shape) {
        count = Math.multiplyExact(count, extent);
      }
      return count;
    } catch (ArithmeticException e) {
      throw error("shape=" + shape + " has more bytes than a file can have");
    }
  }

  private void require(boolean condition, String what) throws SafetensorsException {
    if (!condition) {
      throw error(what);
    }
  }

  private SafetensorsException error(String what) {
    return new SafetensorsException(file, "key=" + key + ": " + what);
  }
}
