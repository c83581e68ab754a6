package org.clusternet.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.clusternet.data.DataException;

/**
 * Converts records to JSON and back, strictly: an unknown, missing or duplicate key is an error, so
 * that a misspelt setting never silently gets its default. Names are in snake_case, enum constants
 * in lower case.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
          .build();

  private Json() {}

  /** A record, map or list as JSON that ends with a newline. */
  public static String write(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON of " + value, e);
    }
  }

  /**
   * Reads a record.
   *
   * @param source names the text in errors
   * @throws DataException in one line that names the source, the place and the key
   */
  public static <T> T read(String text, Class<T> type, String source) {
    return strictly(source, () -> MAPPER.readValue(text, type));
  }

  /** A record as a tree. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** An object without keys. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** A record from a tree; errors as those of {@link #read}. */
  public static <T> T convert(JsonNode tree, Class<T> type, String source) {
    return strictly(source, () -> MAPPER.treeToValue(tree, type));
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read() throws JsonProcessingException;
  }

  private static <T> T strictly(String source, Reading<T> reading) {
    try {
      return reading.read();
    } catch (UnrecognizedPropertyException e) {
      throw new DataException(
          "%s: unknown key=%s; known are %s".formatted(source, path(e), e.getKnownPropertyIds()),
          e);
    } catch (InvalidFormatException e) {
      throw new DataException(
          "%s: %s=%s must be %s"
              .formatted(source, path(e), e.getValue(), expected(e.getTargetType())),
          e);
    } catch (JsonMappingException e) {
      if (e.getOriginalMessage().startsWith("Missing creator property")) {
        throw new DataException("%s: missing key=%s".formatted(source, path(e)), e);
      }
      String reason =
          e.getCause() instanceof IllegalArgumentException known
              ? known.getMessage()
              : firstLine(e.getOriginalMessage());
      throw new DataException("%s: at %s: %s".formatted(source, path(e), reason), e);
    } catch (JsonProcessingException e) {
      throw new DataException(
          "%s: is not valid JSON: %s (line %d)"
              .formatted(source, firstLine(e.getOriginalMessage()), e.getLocation().getLineNr()),
          e);
    }
  }

  private static String expected(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (type == int.class || type == long.class) {
      return "a whole number";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    return type == boolean.class ? "true or false" : "a " + type.getSimpleName();
  }

  private static String path(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "the top level" : path;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
