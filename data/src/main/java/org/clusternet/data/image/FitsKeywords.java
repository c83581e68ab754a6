package org.clusternet.data.image;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
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

  /** World coordinates of the first version: an HDU with one of these has coordinates. */
  private static final Pattern PLACE =
      Pattern.compile("(CTYPE|CRVAL|CRPIX|CDELT)[12]|(CD|PC)[12]_[12]|PC00[12]00[12]");

  /** All keywords of world coordinates, of every version (FITS Standard 4.0, table 22; SIP). */
  private static final Pattern COORDINATES =
      Pattern.compile(
          "(CTYPE|CUNIT|CRVAL|CRPIX|CDELT|CROTA|CNAME|CRDER|CSYER)\\d+[A-Z]?"
              + "|(CD|PC|PV|PS)\\d+_\\d+[A-Z]?|(PC|CD)\\d{6}|(LON|LAT)POLE[A-Z]?|WCS(AXES|NAME)[A-Z]?"
              + "|RADE(SYS[A-Z]?|CSYS)|EQUINOX[A-Z]?|EPOCH|[AB]P?_(ORDER|DMAX|\\d_\\d)|LT[MV]\\d(_\\d)?");

  /** Keywords that describe an HDU and its array alone. */
  private static final Pattern STRUCTURE =
      Pattern.compile(
          "SIMPLE|XTENSION|EXTEND|BITPIX|NAXIS\\d*|PCOUNT|GCOUNT|GROUPS|BSCALE|BZERO|BLANK"
              + "|EXT(NAME|VER|LEVEL)|HDU(NAME|VERS|CLAS.*)|CHECKSUM|DATASUM|DATAMIN|DATAMAX");

  /** Keywords of a tile-compressed image that describe its table or its coding. */
  private static final Pattern OF_TABLE =
      Pattern.compile(
          "XTENSION|BITPIX|NAXIS\\d*|[PG]COUNT|TFIELDS|T(TYPE|FORM)\\d+|THEAP|CHECKSUM|DATASUM"
              + "|Z(IMAGE|SIMPLE|EXTEND|TENSION|[PG]COUNT|BLOCKED|CMPTYPE|TILE\\d+|(NAME|VAL)\\d+)"
              + "|Z(QUANTIZ|DITHER0|BLANK|SCALE|ZERO|MASKCMP|HECKSUM|DATASUM)");

  private static final Set<String> OF_ARRAY = Set.of("BUNIT", "CONTENT");

  /** Copies the map. */
  public FitsKeywords {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Of the header of a tile-compressed image, the keywords of the image in it. */
  FitsKeywords unpacked() {
    Map<String, Object> all = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (key.matches("Z(BITPIX|NAXIS\\d*)")) {
            all.put(key.substring(1), value);
          } else if (!OF_TABLE.matcher(key).matches()) {
            all.put(key, value);
          }
        });
    return new FitsKeywords(all);
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

  /**
   * The keywords of an image in an extension, completed by those of the primary HDU.
   *
   * <p>Coordinates are one set: mixing the CD matrix of one HDU with the CDELT of another gives
   * neither. The primary's are taken only by an image that has none and only if they can mean it:
   * the primary has no array, or one of the same axes. What describes the primary's own array
   * (BSCALE, NAXIS, EXTNAME, and with an array BUNIT) is never taken.
   *
   * @param primary keywords of the primary HDU
   * @param array whether the primary HDU has an array
   * @param sameGrid whether the primary's coordinates can be this image's
   */
  FitsKeywords inherit(FitsKeywords primary, boolean array, boolean sameGrid) {
    Map<String, Object> all = new LinkedHashMap<>(values);
    boolean adopted = sameGrid && primary.isPlaced() && !isPlaced();
    if (adopted) {
      all.keySet().removeIf(key -> COORDINATES.matcher(key).matches());
    }
    primary.values.forEach(
        (key, value) -> {
          boolean own = STRUCTURE.matcher(key).matches() || (array && OF_ARRAY.contains(key));
          if (!own && (adopted || !COORDINATES.matcher(key).matches())) {
            all.putIfAbsent(key, value);
          }
        });
    return new FitsKeywords(all);
  }

  private boolean isPlaced() {
    return values.keySet().stream().anyMatch(key -> PLACE.matcher(key).matches());
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
