package org.clusternet.data.image;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Reads images of all supported formats, chosen by the file name: {@code .npy} (NumPy), {@code
 * .png}, and FITS for all other names.
 *
 * <p>Rows keep the order of the file: y = 0 is a FITS image's and an array's first row, and the
 * upper row of a PNG.
 */
public final class ImageFile {
  private ImageFile() {}

  /**
   * Reads an image.
   *
   * @param file .npy, .png, or FITS of any other name
   * @return physical values
   * @throws org.clusternet.data.DataException if the file is missing, damaged, or not a 2-D image
   *     of one channel; the message names the file, what it holds and the remedy
   */
  public static Image read(Path file) {
    return open(file).image();
  }

  /**
   * Reads an image with its keywords.
   *
   * @param file .npy, .png, or FITS of any other name
   * @return physical values, and keywords for FITS files
   * @throws org.clusternet.data.DataException as {@link #read}
   */
  public static SourceImage open(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".npy")) {
      return new SourceImage(NpyReader.read(file), FitsKeywords.NONE);
    }
    if (name.endsWith(".png")) {
      return new SourceImage(PngImages.read(file), FitsKeywords.NONE);
    }
    return FitsFile.open(file);
  }
}
