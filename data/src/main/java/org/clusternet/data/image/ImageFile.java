package org.clusternet.data.image;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Images of every format that is read, told apart by their names: {@code .npy} (NumPy), {@code
 * .png}, and FITS for all others.
 *
 * <p>Rows keep the order of the file: y = 0 is a FITS image's and an array's first row, and the
 * upper row of a PNG.
 */
public final class ImageFile {
  private ImageFile() {}

  /**
   * Reads an image.
   *
   * @param file .npy, .png, or FITS of any name
   * @return physical values
   * @throws org.clusternet.data.DataException if the file is missing, damaged, or no 2-D image of
   *     one channel; the message names the file, what it holds and the remedy
   */
  public static Image read(Path file) {
    return open(file).image();
  }

  /**
   * Reads an image with its keywords.
   *
   * @param file as above
   * @return physical values; keywords of FITS files only
   * @throws org.clusternet.data.DataException as above
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
