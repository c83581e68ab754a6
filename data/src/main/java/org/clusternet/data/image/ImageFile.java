package org.clusternet.data.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.clusternet.data.DataException;
import org.clusternet.data.event.EventSelection;
import org.jspecify.annotations.Nullable;

/**
 * Reads images of all supported formats, chosen by the file name: {@code .npy} (NumPy), {@code
 * .png}, and FITS for all other names. An event list in a FITS file is binned into an image of
 * counts ({@link EventSelection}).
 *
 * <p>An HDU of a FITS file is named in brackets, as in CFITSIO: {@code image.fits[SCI]}, {@code
 * image.fits[sci,2]} (EXTNAME and EXTVER) or {@code image.fits[2]} (counted from 0). A file whose
 * own name ends in brackets is found first.
 *
 * <p>Rows keep the order of the file: y = 0 is a FITS image's and an array's first row, and the
 * upper row of a PNG.
 */
public final class ImageFile {
  private static final Pattern WITH_HDU = Pattern.compile("(?s)(.+)\\[([^\\[\\]]+)]");

  private ImageFile() {}

  /** A file and the HDU that its name asks for. */
  private record Address(Path file, @Nullable String hdu) {
    static Address of(Path given) {
      Path last = given.getFileName();
      Matcher match = WITH_HDU.matcher(last == null ? "" : last.toString());
      return match.matches() && !Files.exists(given)
          ? new Address(given.resolveSibling(match.group(1)), match.group(2))
          : new Address(given, null);
    }
  }

  /**
   * The file that a name with or without an HDU in brackets stands for.
   *
   * @param file a file, with an HDU in brackets or without
   * @return the file without the brackets, where no file has that very name
   */
  public static Path fileOf(Path file) {
    return Address.of(file).file();
  }

  /**
   * Reads an image.
   *
   * @param file .npy, .png, or FITS of any other name, optionally with an HDU in brackets
   * @return physical values
   * @throws DataException if the file is missing, damaged, or not a 2-D image of one channel; the
   *     message names the file, what it holds and the remedy
   */
  public static Image read(Path file) {
    return open(file).image();
  }

  /**
   * Reads an image with its keywords.
   *
   * @param file .npy, .png, or FITS of any other name, optionally with an HDU in brackets
   * @return physical values, and keywords for FITS files
   * @throws DataException as {@link #read}
   */
  public static SourceImage open(Path file) {
    return open(file, note -> {});
  }

  /**
   * Reads an image with its keywords.
   *
   * @param file .npy, .png, or FITS of any other name, optionally with an HDU in brackets
   * @param notes receives a line on which image was taken, where the file has several
   * @return physical values, and keywords for FITS files
   * @throws DataException as {@link #read}
   */
  public static SourceImage open(Path file, Consumer<String> notes) {
    return open(file, EventSelection.DEFAULT, notes);
  }

  /**
   * Reads an image with its keywords, or makes one of an event list.
   *
   * @param file .npy, .png, or FITS of any other name, optionally with an HDU in brackets
   * @param events which events of an event list are counted, and in which pixels; means nothing for
   *     images
   * @param notes receives a line on which image was taken, where the file has several, and on how
   *     an event list was binned
   * @return physical values, and keywords for FITS files
   * @throws DataException as {@link #read}
   */
  public static SourceImage open(Path file, EventSelection events, Consumer<String> notes) {
    Address address = Address.of(file);
    String name = address.file().toString().toLowerCase(Locale.ROOT);
    boolean array = name.endsWith(".npy");
    if (!array && !name.endsWith(".png")) {
      return FitsFile.open(address.file(), address.hdu(), events, notes);
    }
    if (address.hdu() != null) {
      throw new DataException(
          file + ": only FITS files have HDUs; leave [" + address.hdu() + "] away");
    }
    Image image = array ? NpyReader.read(file) : PngImages.read(file);
    return new SourceImage(image, FitsKeywords.NONE);
  }
}
