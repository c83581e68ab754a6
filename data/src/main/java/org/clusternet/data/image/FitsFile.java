package org.clusternet.data.image;

import java.nio.file.Path;
import java.util.List;

/** FITS images in and out. */
public final class FitsFile {
  /**
   * One keyword of a FITS header.
   *
   * @param key at most 8 characters of A-Z, 0-9, '-' and '_'
   * @param value a String, Boolean, Integer, Long or Double
   * @param comment may be empty
   */
  public record Card(String key, Object value, String comment) {}

  private FitsFile() {}

  /**
   * Reads the first two-dimensional image of a FITS file.
   *
   * @param file a .fits or .fits.gz file
   * @return physical values
   */
  public static Image read(Path file) {
    return FitsReader.read(file);
  }

  /**
   * Writes an image as 32-bit floats.
   *
   * @param file ends in .fits or .fits.gz; its folder must exist
   * @param image physical values
   * @param cards further keywords
   */
  public static void write(Path file, Image image, List<Card> cards) {
    FitsWriter.write(file, image, cards);
  }
}
