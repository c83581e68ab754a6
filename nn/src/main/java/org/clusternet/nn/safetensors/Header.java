package org.clusternet.nn.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON header: {@code {"__metadata__": {name: text}, key: {"dtype", "shape", "data_offsets":
 * [begin, end]}}}, offsets counted from the end of the header.
 *
 * @param metadata free text by name
 * @param entries descriptions of the arrays in the order of their bytes
 */
record Header(Map<String, String> metadata, List<Entry> entries) {
  private static final String METADATA = "__metadata__";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * The description of an array.
   *
   * @param key name of the array
   * @param type element type
   * @param shape extents
   * @param begin index of its first byte
   * @param end index after its last byte
   */
  record Entry(String key, StoredType type, List<Long> shape, long begin, long end) {}

  /** Reads a header and checks its offsets against the {@code available} bytes that follow it. */
  static Header parse(Path file, String text, long available) throws SafetensorsException {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new SafetensorsException(
          file, "the header is not valid JSON: " + e.getOriginalMessage(), e);
    }
    if (!root.isObject()) {
      throw new SafetensorsException(file, "the header is JSON, but not an object");
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (field.getKey().equals(METADATA)) {
        readMetadata(file, field.getValue(), metadata);
      } else {
        entries.add(new EntryReader(file, field.getKey(), field.getValue()).read(available));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    requireContiguous(file, entries, available);
    return new Header(metadata, entries);
  }

  private static void readMetadata(Path file, JsonNode node, Map<String, String> metadata)
      throws SafetensorsException {
    if (!node.isObject()) {
      throw new SafetensorsException(file, METADATA + " is not an object");
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getValue().isTextual()) {
        throw new SafetensorsException(
            file, METADATA + ": " + field.getKey() + "=" + field.getValue() + " is not a string");
      }
      metadata.put(field.getKey(), field.getValue().textValue());
    }
  }

  private static void requireContiguous(Path file, List<Entry> entries, long available)
      throws SafetensorsException {
    long end = 0;
    String before = "the beginning";
    for (Entry entry : entries) {
      if (entry.begin() != end) {
        throw new SafetensorsException(
            file,
            "key=%s: data_offsets=[%d, %d] %s %s, which ends at %d; arrays must follow each other"
                .formatted(
                    entry.key(),
                    entry.begin(),
                    entry.end(),
                    entry.begin() < end ? "overlaps" : "leaves a gap after",
                    before,
                    end));
      }
      end = entry.end();
      before = "key=" + entry.key();
    }
    if (end != available) {
      throw new SafetensorsException(
          file,
          "the arrays end at byte %d of %d after the header; the file is damaged"
              .formatted(end, available));
    }
  }

  /** The bytes of this header, padded with spaces to a multiple of 8. */
  byte[] bytes() {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode node = root.putObject(METADATA);
      metadata.forEach(node::put);
    }
    for (Entry entry : entries) {
      ObjectNode node = root.putObject(entry.key());
      node.put("dtype", entry.type().name());
      ArrayNode shape = node.putArray("shape");
      entry.shape().forEach(shape::add);
      node.putArray("data_offsets").add(entry.begin()).add(entry.end());
    }
    byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }
}
