package org.clusternet.data.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import nom.tam.fits.Header;
import nom.tam.fits.TruncatedFileException;
import nom.tam.util.FitsInputStream;
import org.clusternet.data.DataException;
import org.clusternet.data.event.EventListFile;
import org.clusternet.data.event.EventSelection;
import org.clusternet.data.image.tile.TiledImage;
import org.jspecify.annotations.Nullable;

/**
 * Finds an image in a FITS file and reads it.
 *
 * <p>Without a name, the science image is taken ({@link PlaneKind}): a plane called SCI before the
 * primary image, and that before other extensions; the first of several equals. A file of nothing
 * but masks, errors and maps is refused unless it holds one image, as an exposure map's file does.
 * Where there is no science image but an event list, that is binned ({@link EventImages}).
 *
 * <p>The file is read once, as a stream, header by header: the best image so far is in memory,
 * tables are skipped, and a file that ends early is noticed at once (with random access the library
 * would log that and continue). The library's log repeats the errors thrown here with stack traces;
 * it is switched off unless the application has set its level.
 */
final class FitsReader {
  private static final byte[] PRIMARY = "SIMPLE  ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EXTENSION = "XTENSION".getBytes(StandardCharsets.US_ASCII);
  private static final Logger LIBRARY_LOG = Logger.getLogger("nom.tam");

  static {
    if (LIBRARY_LOG.getLevel() == null) {
      LIBRARY_LOG.setLevel(Level.OFF);
    }
  }

  private final Path file;
  private final @Nullable String wanted;
  private final EventSelection selection;
  private final Consumer<String> notes;
  private final List<FitsImageHeader> seen = new ArrayList<>();
  private int reading;
  private long limit;
  private @Nullable FitsImageHeader chosen;
  private @Nullable Image image;

  private FitsReader(
      Path file, @Nullable String wanted, EventSelection selection, Consumer<String> notes) {
    this.file = file;
    this.wanted = wanted;
    this.selection = selection;
    this.notes = notes;
  }

  /**
   * Reads an image.
   *
   * @param wanted EXTNAME, EXTNAME,EXTVER or number of its HDU; null for the science image
   * @param selection which events are counted, where the file has an event list
   * @param notes receives a line on which image was taken, where there are several, and on how an
   *     event list was binned
   */
  static SourceImage read(
      Path file, @Nullable String wanted, EventSelection selection, Consumer<String> notes) {
    FitsReader reader = new FitsReader(file, wanted, selection, notes);
    try (FitsStream stream = FitsStream.open(file)) {
      reader.limit = stream.limit();
      reader.find(new FitsInputStream(stream));
      SourceImage found = reader.found();
      stream.finish();
      return found;
    } catch (NoSuchFileException e) {
      throw new DataException(file + ": no such file; check the path", e);
    } catch (EOFException | TruncatedFileException e) {
      throw reader.error("truncated FITS file, it ends within HDU " + reader.reading, e);
    } catch (ZipException e) {
      throw reader.error("damaged compressed file (" + e.getMessage() + ")", e);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private void find(FitsInputStream in) throws IOException, TruncatedFileException {
    for (; atHeader(in); reading++) {
      Header header = Header.readHeader(in);
      if (header == null) {
        throw new EOFException();
      }
      FitsImageHeader hdu = new FitsImageHeader(header, reading, this::malformed);
      seen.add(hdu);
      long padded = header.getDataSize();
      if (wanted != null && hdu.isNamed(wanted)) {
        if (!EventListFile.isTableOfPlaces(header)) {
          take(requirePlane(hdu), in);
        }
        return;
      }
      if (wanted == null && hdu.isPlane() && isBetter(hdu)) {
        take(hdu, in);
      } else {
        in.skipAllBytes(hdu.storedBytes());
      }
      skipPadding(in, padded - hdu.storedBytes());
    }
  }

  private boolean isBetter(FitsImageHeader hdu) {
    return chosen == null || hdu.kind().compareTo(chosen.kind()) > 0;
  }

  private void take(FitsImageHeader hdu, FitsInputStream in) throws IOException {
    image = null; // Two at once might not fit into memory.
    image = pixels(hdu, in);
    chosen = hdu;
  }

  private FitsImageHeader requirePlane(FitsImageHeader hdu) {
    if (!hdu.isPlane()) {
      String remedy = hdu.remedy().isEmpty() ? "; name another HDU" : hdu.remedy();
      throw new DataException(file + ": " + hdu.describe() + " is not a 2-D image" + remedy);
    }
    return hdu;
  }

  private Image pixels(FitsImageHeader hdu, FitsInputStream in) throws IOException {
    if (hdu.dataBytes() > limit) {
      throw truncated(hdu, null);
    }
    if (hdu.pixelCount() > Integer.MAX_VALUE - 8) {
      throw new DataException(
          file + ": " + hdu.describe() + " has more than 2^31 pixels; cut out the cluster");
    }
    try {
      if (hdu.isTileCompressed()) {
        FitsDecoder decoder = hdu.decoder();
        TiledImage tiles =
            TiledImage.read(hdu.header(), in, why -> error(hdu.describe() + ": " + why, null));
        return decoder.read(tiles, hdu.width(), hdu.height());
      }
      return hdu.decoder().read(in, hdu.width(), hdu.height());
    } catch (EOFException e) {
      throw truncated(hdu, e);
    }
  }

  /** False at the end of the file and at data that are no HDU, such as trailing blocks of zeros. */
  private static boolean atHeader(FitsInputStream in) throws IOException {
    in.mark(EXTENSION.length);
    byte[] start = in.readNBytes(EXTENSION.length);
    in.reset();
    return Arrays.equals(start, EXTENSION) || Arrays.equals(start, PRIMARY);
  }

  /** The last HDU of a file may lack it. */
  private static void skipPadding(FitsInputStream in, long bytes) throws IOException {
    in.readNBytes((int) bytes);
  }

  private SourceImage found() {
    FitsImageHeader hdu = chosen;
    Optional<SourceImage> events =
        hdu == null || (wanted == null && hdu.kind() == PlaneKind.AUXILIARY)
            ? events()
            : Optional.empty();
    if (events.isPresent()) {
      return events.get();
    }
    if (hdu == null || image == null) {
      throw noImage();
    }
    List<FitsImageHeader> others =
        seen.stream().filter(h -> h != hdu && (h.isPlane() || h.isCube())).toList();
    if (wanted == null && !others.isEmpty()) {
      if (hdu.kind() == PlaneKind.AUXILIARY) {
        throw noScience(hdu);
      }
      notes.accept(
          "took %s; the file also holds %s (to take another, name it, such as %s[%s])"
              .formatted(
                  hdu.describe(), describe(others), file.getFileName(), others.get(0).address()));
    }
    FitsKeywords keywords = hdu.keywords();
    FitsImageHeader primary = seen.get(0);
    if (hdu != primary) {
      FitsKeywords above = FitsKeywords.of(primary.header());
      keywords = keywords.inherit(above, primary.hasArray(), primary.hasArrayLike(hdu));
    }
    return new SourceImage(image, keywords);
  }

  /** The image of the wanted table or of the event list; empty if there is none. */
  private Optional<SourceImage> events() {
    for (int i = 0; i < seen.size(); i++) {
      Header header = seen.get(i).header();
      boolean named =
          wanted != null && i == seen.size() - 1 && EventListFile.isTableOfPlaces(header);
      if (named || (wanted == null && EventListFile.isEventList(header))) {
        return EventImages.read(
            file, () -> FitsStream.open(file), OptionalInt.of(i), selection, notes);
      }
    }
    return Optional.empty();
  }

  private DataException noScience(FitsImageHeader example) {
    List<FitsImageHeader> images = seen.stream().filter(h -> h.isPlane() || h.isCube()).toList();
    return new DataException(
        "%s: has no 2-D science image, only %s; name the one you mean, such as %s[%s]"
            .formatted(file, describe(images), file.getFileName(), example.address()));
  }

  private DataException noImage() {
    String holds = "; the file holds " + describe(seen);
    if (wanted != null) {
      return new DataException(
          file + ": has no hdu=" + wanted + holds + "; give an EXTNAME or a number from 0");
    }
    for (FitsImageHeader almost : seen) {
      if (!almost.remedy().isEmpty()) {
        return new DataException(
            file + ": has no 2-D image, only " + almost.describe() + almost.remedy());
      }
    }
    return new DataException(
        file + ": has no 2-D image and no event list with columns X and Y" + holds);
  }

  private static String describe(List<FitsImageHeader> hdus) {
    return hdus.stream().map(FitsImageHeader::describe).collect(Collectors.joining(", "));
  }

  private DataException truncated(FitsImageHeader hdu, @Nullable Throwable cause) {
    return error(
        "truncated FITS file, the data of "
            + hdu.describe()
            + " need bytes="
            + hdu.dataBytes()
            + " and the file ends before",
        cause);
  }

  private DataException malformed(String reason) {
    return error("malformed FITS header of HDU " + reading + ": " + reason, null);
  }

  private DataException error(String reason, @Nullable Throwable cause) {
    return new DataException(file + ": " + reason + "; copy or download it again", cause);
  }
}
