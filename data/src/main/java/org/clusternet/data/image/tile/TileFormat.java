package org.clusternet.data.image.tile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import nom.tam.fits.Header;
import org.jspecify.annotations.Nullable;

/**
 * How an image is cut into tiles and coded, as its header says (FITS Standard 4.0, section 10.1).
 *
 * @param bitpix BITPIX of the image
 * @param width pixels along its first axis
 * @param height pixels along its second axis
 * @param tileWidth pixels of a tile along the first axis
 * @param tileHeight pixels of a tile along the second axis
 * @param rowBytes bytes of a row of the table
 * @param gap bytes between the table and the heap
 * @param heapBytes bytes of the heap
 * @param columns columns of the table
 * @param coding the compression of most tiles
 * @param dither what was added to scaled floats
 * @param seed ZDITHER0, the place in the table of random numbers
 * @param unsignedShift whether PLIO tiles hold values shifted by 32768 to be positive
 * @param numbers parameters of the coding (ZNAMEn and ZVALn) and ZSCALE, ZZERO, ZBLANK, as far as
 *     given; copied, because the library's header must not be asked by several threads
 */
record TileFormat(
    int bitpix,
    int width,
    int height,
    int tileWidth,
    int tileHeight,
    int rowBytes,
    long gap,
    long heapBytes,
    List<TileColumn> columns,
    Coding coding,
    Dither dither,
    int seed,
    boolean unsignedShift,
    Map<String, Double> numbers) {
  /** The compression of a tile. */
  enum Coding {
    RICE_1,
    GZIP_1,
    GZIP_2,
    HCOMPRESS_1,
    PLIO_1,
    NOCOMPRESS
  }

  /** How floats became integers (ZQUANTIZ). */
  enum Dither {
    NONE,
    NO_DITHER,
    SUBTRACTIVE_DITHER_1,
    SUBTRACTIVE_DITHER_2
  }

  private static final double UNSIGNED_16 = 32768;

  /**
   * Reads the description of a two-dimensional image.
   *
   * @throws IllegalArgumentException if it contradicts itself or is of an unknown kind; the message
   *     names the keyword
   */
  static TileFormat of(Header header) {
    int width = header.getIntValue("ZNAXIS1");
    int height = header.getIntValue("ZNAXIS2");
    int tileWidth = side(header, "ZTILE1", width, width);
    int tileHeight = side(header, "ZTILE2", 1, height);
    long rowBytes = header.getLongValue("NAXIS1");
    long rows = header.getLongValue("NAXIS2");
    long tiles = (long) Math.ceilDiv(width, tileWidth) * Math.ceilDiv(height, tileHeight);
    List<TileColumn> columns = TileColumn.all(header);
    long used = columns.isEmpty() ? 0 : last(columns).start() + last(columns).bytes();
    if (rows != tiles || used > rowBytes || rows * rowBytes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "NAXIS1=%d NAXIS2=%d do not fit tiles=%d with columns of bytes=%d"
              .formatted(rowBytes, rows, tiles, used));
    }
    long gap = header.getLongValue("THEAP", rows * rowBytes) - rows * rowBytes;
    long heap = header.getLongValue("PCOUNT", 0) - gap;
    if (gap < 0 || heap < 0 || heap > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "THEAP and PCOUNT give a heap of bytes=%d after a gap of %d".formatted(heap, gap));
    }
    if (columns.stream().anyMatch(c -> c.name().equals("NULL_PIXEL_MASK"))) {
      throw new IllegalArgumentException(
          "TTYPE=NULL_PIXEL_MASK, masks of null pixels, is not read");
    }
    String type = text(header, "ZCMPTYPE", "").replace("RICE_ONE", "RICE_1");
    Coding coding = constant(Coding.class, "ZCMPTYPE", type);
    Dither dither = constant(Dither.class, "ZQUANTIZ", text(header, "ZQUANTIZ", "NO_DITHER"));
    boolean shift = coding == Coding.PLIO_1 && header.getDoubleValue("BZERO", 0) == UNSIGNED_16;
    return new TileFormat(
        header.getIntValue("ZBITPIX"),
        width,
        height,
        tileWidth,
        tileHeight,
        (int) rowBytes,
        gap,
        heap,
        columns,
        coding,
        dither,
        header.getIntValue("ZDITHER0", 1),
        shift,
        numbers(header));
  }

  private static Map<String, Double> numbers(Header header) {
    Map<String, Double> numbers = new HashMap<>();
    for (int n = 1; header.containsKey("ZNAME" + n); n++) {
      numbers.put(text(header, "ZNAME" + n, ""), header.getDoubleValue("ZVAL" + n));
    }
    for (String key : List.of("ZSCALE", "ZZERO", "ZBLANK")) {
      if (header.containsKey(key)) {
        numbers.put(key, header.getDoubleValue(key));
      }
    }
    return numbers;
  }

  private static int side(Header header, String key, int standard, int most) {
    long side = header.getLongValue(key, standard);
    if (side < 1) {
      throw new IllegalArgumentException(key + "=" + side + " is not positive");
    }
    return (int) Math.min(side, most);
  }

  private static TileColumn last(List<TileColumn> columns) {
    return columns.get(columns.size() - 1);
  }

  private static String text(Header header, String key, String standard) {
    String value = header.getStringValue(key);
    return value == null ? standard : value.strip().toUpperCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String key, String name) {
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s=%s is none of %s"
              .formatted(key, name, new ArrayList<>(List.of(type.getEnumConstants()))),
          e);
    }
  }

  int columnsOfTiles() {
    return Math.ceilDiv(width, tileWidth);
  }

  int tiles() {
    return columnsOfTiles() * Math.ceilDiv(height, tileHeight);
  }

  @Nullable TileColumn column(String name) {
    return columns.stream().filter(c -> c.name().equals(name)).findFirst().orElse(null);
  }

  /** A parameter of the coding. */
  int parameter(String name, int standard) {
    return (int) Math.round(numbers.getOrDefault(name, (double) standard));
  }

  /** A value for all tiles, where there is no column of them. */
  OptionalDouble keyword(String key) {
    Double value = numbers.get(key);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** The most pixels that a byte of the heap can stand for, to refuse sizes that cannot be true. */
  long pixelsPerByte() {
    long deflate = 1032; // zlib's technical notes
    return switch (coding) {
      case NOCOMPRESS -> 1;
      case RICE_1 -> Math.max(deflate, 3L * parameter("BLOCKSIZE", 32));
      case GZIP_1, GZIP_2 -> deflate;
      case PLIO_1 -> 4096;
      case HCOMPRESS_1 -> 1 << 20; // An empty tile of any size takes 25 bytes.
    };
  }
}
