package org.clusternet.data.image;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nom.tam.fits.Header;
import org.clusternet.data.DataException;

/**
 * The part of a FITS header that describes an image: kind, axes, name and storage of values.
 *
 * <p>A tile-compressed image (FITS Standard 4.0, section 10.1) is a binary table on disk; here it
 * has the axes and BITPIX of the image in it, so that it is chosen and named like any other.
 */
final class FitsImageHeader {
  private static final Set<Integer> BITPIX = Set.of(8, 16, 32, 64, -32, -64);
  private static final int MAX_AXES = 999;

  private final Header header;
  private final int index;
  private final Function<String, DataException> malformed;
  private final String extension;
  private final boolean compressed;
  private final PlaneKind kind;
  private final int bitpix;
  private final long[] axes;

  FitsImageHeader(Header header, int index, Function<String, DataException> malformed) {
    this.header = header;
    this.index = index;
    this.malformed = malformed;
    this.extension = header.getStringValue("XTENSION", "IMAGE").strip();
    this.compressed = header.getBooleanValue("ZIMAGE", false);
    this.kind = PlaneKind.of(header, index == 0 || header.containsKey("ZSIMPLE"));
    String prefix = compressed ? "Z" : "";
    this.bitpix = header.getIntValue(prefix + "BITPIX", 0);
    if (!BITPIX.contains(bitpix)) {
      throw malformed.apply(prefix + "BITPIX=" + bitpix + " is none of 8, 16, 32, 64, -32, -64");
    }
    this.axes = axes(prefix + "NAXIS");
  }

  private long[] axes(String key) {
    int naxis = header.getIntValue(key, -1);
    if (naxis < 0 || naxis > MAX_AXES) {
      throw malformed.apply(key + "=" + naxis + " is not within 0 to " + MAX_AXES);
    }
    long[] sizes =
        IntStream.rangeClosed(1, naxis).mapToLong(n -> header.getLongValue(key + n, -1)).toArray();
    if (Arrays.stream(sizes).anyMatch(n -> n < 0)) {
      throw malformed.apply("axes=" + text(sizes) + " are not all given and positive");
    }
    return sizes;
  }

  /** True for an image whose axes beyond the second all have length 1. */
  boolean isPlane() {
    return isImage()
        && axes.length >= 2
        && Arrays.stream(axes, 0, 2).allMatch(n -> n > 0)
        && Arrays.stream(axes).skip(2).allMatch(n -> n == 1);
  }

  boolean isCube() {
    return isImage() && axes.length > 2 && !isPlane() && Arrays.stream(axes).allMatch(n -> n > 0);
  }

  private boolean isImage() {
    return compressed || extension.equals("IMAGE");
  }

  boolean isTileCompressed() {
    return compressed;
  }

  /** True where data without an own description, such as coordinates, may mean another HDU. */
  boolean hasArrayLike(FitsImageHeader other) {
    return axes.length == 0 || Arrays.equals(axes, other.axes);
  }

  boolean hasArray() {
    return axes.length > 0;
  }

  PlaneKind kind() {
    return kind;
  }

  /** True if the HDU has this number, this EXTNAME, or this EXTNAME and EXTVER, as in sci,2. */
  boolean isNamed(String wanted) {
    String plain = wanted.strip();
    int comma = plain.lastIndexOf(',');
    return plain.equals(Integer.toString(index))
        || plain.equalsIgnoreCase(name())
        || (index == 0 && plain.equalsIgnoreCase("PRIMARY"))
        || (comma > 0
            && plain.substring(0, comma).strip().equalsIgnoreCase(name())
            && plain
                .substring(comma + 1)
                .strip()
                .equals(Integer.toString(header.getIntValue("EXTVER", 1))));
  }

  /** What names this HDU in brackets behind the file. */
  String address() {
    return name().isEmpty() ? Integer.toString(index) : name();
  }

  /** The keywords, of a tile-compressed image those of the image instead of its table. */
  FitsKeywords keywords() {
    FitsKeywords all = FitsKeywords.of(header);
    return compressed ? all.unpacked() : all;
  }

  Header header() {
    return header;
  }

  private String name() {
    String name = header.getStringValue("EXTNAME");
    return name == null ? "" : name.strip();
  }

  int width() {
    return (int) axes[0];
  }

  int height() {
    return (int) axes[1];
  }

  /** The number of pixels, {@code Long.MAX_VALUE} where it does not fit. */
  long pixelCount() {
    return saturatedProduct(axes[0], axes[1]);
  }

  /** The size of the image's data without padding, {@code Long.MAX_VALUE} where it does not fit. */
  long dataBytes() {
    return compressed
        ? storedBytes()
        : saturatedProduct(pixelCount(), Math.abs(bitpix) / Byte.SIZE);
  }

  private static long saturatedProduct(long a, long b) {
    return Math.multiplyHigh(a, b) == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE;
  }

  /** The size of the HDU's data on disk without padding, whatever they are. */
  long storedBytes() {
    long padded = header.getDataSize();
    if (header.getBooleanValue("GROUPS", false)) {
      return padded;
    }
    long[] sizes = compressed ? axes("NAXIS") : axes;
    long values = Arrays.stream(sizes).reduce(1, FitsImageHeader::saturatedProduct);
    long all = saturatedProduct(values, header.getLongValue("GCOUNT", 1));
    long bytes = saturatedProduct(all, Math.abs(header.getIntValue("BITPIX", 8)) / Byte.SIZE);
    return Math.min(padded, bytes + header.getLongValue("PCOUNT", 0));
  }

  FitsDecoder decoder() {
    double scale = number("BSCALE", 1);
    if (scale == 0) {
      throw malformed.apply("BSCALE=0, by which every pixel would be BZERO");
    }
    double zero = number("BZERO", 0);
    String key = compressed && !header.containsKey("BLANK") ? "ZBLANK" : "BLANK";
    boolean blank = bitpix > 0 && header.containsKey(key);
    return new FitsDecoder(bitpix, scale, zero, blank, blank ? (long) number(key, 0) : 0);
  }

  private double number(String key, double standard) {
    if (!header.containsKey(key)) {
      return standard;
    }
    double value = header.getDoubleValue(key, Double.NaN);
    if (Double.isNaN(value)) {
      throw malformed.apply(key + "=" + header.getStringValue(key) + " is not a number");
    }
    return value;
  }

  /** Description of the HDU, such as {@code HDU 1 EVENTS (BINTABLE)}. */
  String describe() {
    String content;
    if (!isImage()) {
      content = extension;
    } else if (axes.length == 0) {
      content = "no data";
    } else {
      content = (compressed ? "tile-compressed " : "") + "image, axes=" + text(axes);
      content += ", BITPIX=" + bitpix;
    }
    return "HDU " + index + (name().isEmpty() ? "" : " " + name()) + " (" + content + ")";
  }

  /** How to get a 2-D image from an HDU that nearly is one; empty for others. */
  String remedy() {
    return isCube() ? "; cut out one plane or sum over the further axes" : "";
  }

  private static String text(long[] sizes) {
    return Arrays.stream(sizes).mapToObj(Long::toString).collect(Collectors.joining(" x "));
  }
}
