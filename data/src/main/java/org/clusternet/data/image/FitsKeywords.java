package org.clusternet.data.image;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import nom.tam.fits.Header;
import nom.tam.fits.HeaderCard;
import nom.tam.util.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * The keywords of an image's header that have a value, completed by those of the primary HDU, where
 * pipelines of telescopes write what applies to the whole file.
 *
 * @param values value of each keyword, in the header's order: String, Boolean, Long or Double
 */
public record FitsKeywords(Map<String, Object> values) {
  /** No keyword, for formats that have none. */
  public static final FitsKeywords NONE = new FitsKeywords(Map.of());

  /** Copies the map. */
  public FitsKeywords {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The keywords of a header, except those with values that cannot be parsed. */
  static FitsKeywords of(Header header) {
    Map<String, Object> values = new LinkedHashMap<>();
    Cursor<String, HeaderCard> cards = header.iterator();
    while (cards.hasNext()) {
      HeaderCard card = cards.next();
      if (card.isKeyValuePair() && card.getValue() != null) {
        Object value = card.isStringValue() ? card.getValue().strip() : value(card.getValue());
        if (value != null) {
          values.put(card.getKey(), value);
        }
      }
    }
    return new FitsKeywords(values);
  }

  private static @Nullable Object value(String text) {
    if (text.equals("T") || text.equals("F")) {
      return text.equals("T");
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException notWhole) {
      return decimal(text);
    }
  }

  private static @Nullable Double decimal(String text) {
    try {
      return Double.valueOf(text.replace('D', 'E').replace('d', 'e'));
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }

  /** These keywords, completed by the other ones. */
  FitsKeywords over(FitsKeywords other) {
    Map<String, Object> all = new LinkedHashMap<>(values);
    other.values.forEach(all::putIfAbsent);
    return new FitsKeywords(all);
  }

  /**
   * A number.
   *
   * @param key the keyword, in upper case
   * @return its value; empty if it is absent or not a number
   */
  public OptionalDouble number(String key) {
    return values.get(key) instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }

  /**
   * A text.
   *
   * @param key the keyword, in upper case
   * @return its value without blanks around it; empty if it is absent or not a text
   */
  public Optional<String> text(String key) {
    return values.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
