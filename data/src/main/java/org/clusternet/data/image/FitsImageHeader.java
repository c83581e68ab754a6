package org.clusternet.data.image;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nom.tam.fits.Header;
import org.clusternet.data.DataException;

/** The part of a FITS header that describes an image: kind, axes, name and storage of values. */
final class FitsImageHeader {
  private static final Set<Integer> BITPIX = Set.of(8, 16, 32, 64, -32, -64);
  private static final int MAX_AXES = 999;

  private final Header header;
  private final int index;
  private final Function<String, DataException> malformed;
  private final String extension;
  private final int bitpix;
  private final long[] axes;

  FitsImageHeader(Header header, int index, Function<String, DataException> malformed) {
    this.header = header;
    this.index = index;
    this.malformed = malformed;
    this.extension = header.getStringValue("XTENSION", "IMAGE").strip();
    this.bitpix = header.getIntValue("BITPIX", 0);
    if (!BITPIX.contains(bitpix)) {
      throw malformed.apply("BITPIX=" + bitpix + " is none of 8, 16, 32, 64, -32, -64");
    }
    int naxis = header.getIntValue("NAXIS", -1);
    if (naxis < 0 || naxis > MAX_AXES) {
      throw malformed.apply("NAXIS=" + naxis + " is not within 0 to " + MAX_AXES);
    }
    this.axes =
        IntStream.rangeClosed(1, naxis)
            .mapToLong(n -> header.getLongValue("NAXIS" + n, -1))
            .toArray();
    if (Arrays.stream(axes).anyMatch(n -> n < 0)) {
      throw malformed.apply("axes=" + sizes() + " are not all given and positive");
    }
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
    return extension.equals("IMAGE");
  }

  private boolean isTileCompressed() {
    return header.getBooleanValue("ZIMAGE", false);
  }

  boolean isNamed(String wanted) {
    return wanted.strip().equals(Integer.toString(index))
        || wanted.strip().equalsIgnoreCase(name());
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

  /** The size of the data without padding, {@code Long.MAX_VALUE} where it does not fit. */
  long dataBytes() {
    return saturatedProduct(pixelCount(), Math.abs(bitpix) / Byte.SIZE);
  }

  private static long saturatedProduct(long a, long b) {
    return Math.multiplyHigh(a, b) == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE;
  }

  FitsDecoder decoder() {
    double scale = number("BSCALE", 1);
    double zero = number("BZERO", 0);
    boolean blank = bitpix > 0 && header.containsKey("BLANK");
    return new FitsDecoder(bitpix, scale, zero, blank, blank ? (long) number("BLANK", 0) : 0);
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
    String kind;
    if (isTileCompressed()) {
      kind = "tile-compressed image";
    } else if (!isImage()) {
      kind = extension;
    } else if (axes.length == 0) {
      kind = "no data";
    } else {
      kind = "image, axes=" + sizes() + ", BITPIX=" + bitpix;
    }
    return "HDU " + index + (name().isEmpty() ? "" : " " + name()) + " (" + kind + ")";
  }

  /** How to get a 2-D image from an HDU that nearly is one; empty for others. */
  String remedy() {
    if (isTileCompressed()) {
      return "; unpack the file with funpack";
    }
    return isCube() ? "; cut out one plane or sum over the further axes" : "";
  }

  private String sizes() {
    return Arrays.stream(axes).mapToObj(Long::toString).collect(Collectors.joining(" x "));
  }
}
