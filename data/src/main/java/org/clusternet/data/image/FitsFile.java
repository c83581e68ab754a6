package org.clusternet.data.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.clusternet.data.DataException;
import org.clusternet.data.event.EventSelection;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes FITS images; the only class that other packages use for the format (FITS
 * Standard 4.0, Pence et al. 2010, A&amp;A 524, A42).
 *
 * <p>Headers and the big-endian data are left to nom-tam-fits; the physical values are computed
 * here, because the library returns the stored ones. An image keeps the order of the file, {@code
 * pixels[y * NAXIS1 + x]}. Files compressed with gzip are recognised by their content, not by their
 * name.
 */
public final class FitsFile {
  /**
   * One keyword of a FITS header.
   *
   * @param key 1 to 8 characters of A-Z, 0-9, '-' and '_', none of those that describe the array;
   *     COMMENT and HISTORY take a string of at most 72 characters
   * @param value a String (printable ASCII, at most 68 characters with quotes counted twice),
   *     Boolean, Integer, Long or finite Double
   * @param comment printable ASCII, empty for none; units by convention go first, in brackets
   */
  public record Card(String key, Object value, String comment) {
    private static final Set<String> RESERVED =
        Set.of(
            "SIMPLE",
            "BITPIX",
            "NAXIS",
            "EXTEND",
            "END",
            "BSCALE",
            "BZERO",
            "BLANK",
            "XTENSION",
            "PCOUNT",
            "GCOUNT",
            "GROUPS",
            "CONTINUE");
    private static final int STRING_LIMIT = 68;
    private static final int COMMENTARY_LIMIT = 72;

    /**
     * Checks that the card can be written without changes.
     *
     * @throws IllegalArgumentException if the key, the value or the comment cannot stand in a
     *     header
     */
    public Card {
      if (!key.matches("[A-Z0-9_-]{1,8}")) {
        throw bad(key, "a key has 1 to 8 characters of A-Z, 0-9, '-' and '_'");
      }
      if (RESERVED.contains(key) || key.matches("NAXIS\\d+")) {
        throw bad(key, "this key describes the array and is written from the image");
      }
      requireAscii(key, comment);
      if (value instanceof String text) {
        requireAscii(key, text);
        boolean commentary = isCommentary(key);
        int length = commentary ? text.length() : text.replace("'", "''").length();
        if (length > (commentary ? COMMENTARY_LIMIT : STRING_LIMIT)) {
          throw bad(key, "value.length=" + length + " does not fit into one card");
        }
      } else if (isCommentary(key)) {
        throw bad(key, "takes a String");
      } else if (value instanceof Double number) {
        if (!Double.isFinite(number)) {
          throw bad(key, "value=" + number + " cannot be written in FITS; omit the card");
        }
      } else if (!(value instanceof Boolean || value instanceof Integer || value instanceof Long)) {
        throw bad(key, "value=" + value + " must be a String, Boolean, Integer, Long or Double");
      }
    }

    boolean isCommentary() {
      return isCommentary(key);
    }

    private static boolean isCommentary(String key) {
      return key.equals("COMMENT") || key.equals("HISTORY");
    }

    private static void requireAscii(String key, String text) {
      if (!text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
        throw bad(key, "text=" + text + " must be printable ASCII");
      }
    }

    private static IllegalArgumentException bad(String key, String reason) {
      return new IllegalArgumentException("FITS card key=" + key + ": " + reason);
    }
  }

  private FitsFile() {}

  /**
   * Reads the science image of a FITS file, from the primary HDU or an extension.
   *
   * <p>Masks, data quality, errors, weights, exposures, backgrounds and the like are passed over,
   * unless one is the file's only image; an image called SCI comes before the primary one, and that
   * before other extensions.
   *
   * <p>Every BITPIX (8, 16, 32, 64, -32, -64) with BSCALE and BZERO, unsigned conventions included;
   * BLANK becomes NaN. Integers of 64 bits keep the 53 bits of a double. Axes beyond the second are
   * accepted when their length is 1. An image whose data are complete but not padded to a block is
   * read.
   *
   * @param file a FITS file, optionally compressed by gzip, bzip2, xz or compress
   * @return physical values
   * @throws DataException if the file is missing, not FITS, truncated or damaged, has BSCALE = 0,
   *     or has no 2-D science image (a cube, say, or a mask and a weight); the message names the
   *     file and what it holds
   */
  public static Image read(Path file) {
    return open(file, null, note -> {}).image();
  }

  /**
   * Reads the image of one HDU.
   *
   * @param file a FITS file, optionally compressed by gzip, bzip2, xz or compress
   * @param hdu its EXTNAME in any case, also with EXTVER ({@code sci,2}), or its number counted
   *     from 0, the primary HDU
   * @return physical values, as {@link #read(Path)}
   * @throws DataException as {@link #read(Path)}, and if there is no such HDU or it is not a 2-D
   *     image
   */
  public static Image read(Path file, String hdu) {
    return open(file, Objects.requireNonNull(hdu), note -> {}).image();
  }

  /**
   * Reads the science image of a FITS file together with its keywords.
   *
   * @param file a FITS file, optionally compressed by gzip, bzip2, xz or compress
   * @return the image of {@link #read(Path)} and its header's keywords
   * @throws DataException as {@link #read(Path)}
   */
  public static SourceImage open(Path file) {
    return open(file, null, note -> {});
  }

  /**
   * Reads an image together with its keywords.
   *
   * <p>Keywords of the primary HDU complete those of an extension; coordinates come as a set from
   * one of them.
   *
   * @param file a FITS file, optionally compressed by gzip, bzip2, xz or compress
   * @param hdu HDU of the image, as {@link #read(Path, String)} has it; null for the science image
   * @param notes receives a line on which image was taken, where the file has several
   * @return the image and its keywords
   * @throws DataException as {@link #read(Path, String)}
   */
  public static SourceImage open(Path file, @Nullable String hdu, Consumer<String> notes) {
    return open(file, hdu, EventSelection.DEFAULT, notes);
  }

  /**
   * Reads an image together with its keywords, or bins the event list of a file without a science
   * image.
   *
   * @param file a FITS file, optionally compressed by gzip, bzip2, xz or compress
   * @param hdu HDU of the image or the event list, as {@link #read(Path, String)} has it; null for
   *     the science image
   * @param events which events of an event list are counted, and in which pixels
   * @param notes receives a line on which image was taken, where the file has several, and on how
   *     an event list was binned
   * @return the image and its keywords
   * @throws DataException as {@link #read(Path, String)}, and if the event list has not what the
   *     selection needs
   */
  public static SourceImage open(
      Path file, @Nullable String hdu, EventSelection events, Consumer<String> notes) {
    return FitsReader.read(file, hdu, events, notes);
  }

  /**
   * Writes an image as 32-bit floats (BITPIX -32), completely or not at all; the same image and
   * cards give the same bytes.
   *
   * @param file the file to write, .fits or .fits.gz; its folder must exist
   * @param image physical values; NaN is kept, values too small for a float become zero
   * @param cards further keywords, in this order; only COMMENT and HISTORY may occur twice
   * @throws DataException if a finite pixel exceeds a float's range, or the file cannot be written
   * @throws IllegalArgumentException if a key is given twice
   */
  public static void write(Path file, Image image, List<Card> cards) {
    FitsWriter.write(file, image, cards);
  }
}
