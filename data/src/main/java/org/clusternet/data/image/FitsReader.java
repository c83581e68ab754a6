package org.clusternet.data.image;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import nom.tam.fits.Header;
import nom.tam.fits.TruncatedFileException;
import nom.tam.util.FitsInputStream;
import org.clusternet.data.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Finds an image in a FITS file and reads it.
 *
 * <p>The file is read as a stream, header by header: only the wanted image is ever in memory,
 * tables are skipped, and a file that ends early is noticed at once (with random access the library
 * would log that and continue). Compressed files are read to their end, because their checksum is
 * there. The library's log repeats the errors thrown here with stack traces; it is switched off
 * unless the application has set its level.
 */
final class FitsReader {
  private static final byte[] MAGIC = "SIMPLE  =".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EXTENSION = "XTENSION".getBytes(StandardCharsets.US_ASCII);
  private static final int GZIP_MAGIC = 0x1f8b;
  // Largest expansion by deflate (zlib's technical notes): detects headers that claim too much.
  private static final long DEFLATE_LIMIT = 1032;
  private static final Logger LIBRARY_LOG = Logger.getLogger("nom.tam");

  static {
    if (LIBRARY_LOG.getLevel() == null) {
      LIBRARY_LOG.setLevel(Level.OFF);
    }
  }

  private final Path file;
  private final @Nullable String wanted;
  private final List<String> seen = new ArrayList<>();
  private @Nullable String almost;
  private FitsKeywords primary = FitsKeywords.NONE;
  private long largest;

  private FitsReader(Path file, @Nullable String wanted) {
    this.file = file;
    this.wanted = wanted;
  }

  static SourceImage read(Path file, @Nullable String wanted) {
    FitsReader reader = new FitsReader(file, wanted);
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return reader.read(raw);
    } catch (NoSuchFileException e) {
      throw new DataException(file + ": no such file; check the path", e);
    } catch (EOFException | TruncatedFileException e) {
      throw reader.error("truncated FITS file, it ends within HDU " + reader.seen.size(), e);
    } catch (ZipException e) {
      throw reader.error("damaged gzip file (" + e.getMessage() + ")", e);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private SourceImage read(InputStream raw) throws IOException, TruncatedFileException {
    if (Files.isDirectory(file)) {
      throw new DataException(file + ": is a folder; name a FITS file");
    }
    raw.mark(2);
    boolean zipped = ((raw.read() << 8) | raw.read()) == GZIP_MAGIC;
    raw.reset();
    largest = Files.size(file) * (zipped ? DEFLATE_LIMIT : 1);
    InputStream plain = zipped ? new BufferedInputStream(new GZIPInputStream(raw, 1 << 16)) : raw;
    plain.mark(MAGIC.length);
    if (!Arrays.equals(plain.readNBytes(MAGIC.length), MAGIC)) {
      throw new DataException(
          file + ": is not a FITS file: it does not begin with \"SIMPLE  =\"; convert it to FITS");
    }
    plain.reset();
    FitsInputStream in = new FitsInputStream(plain);
    SourceImage image = find(in);
    if (zipped) {
      plain.transferTo(OutputStream.nullOutputStream());
    }
    return image;
  }

  private SourceImage find(FitsInputStream in) throws IOException, TruncatedFileException {
    for (int index = 0; ; index++) {
      if (!atHeader(in)) {
        throw notFound();
      }
      Header header = Header.readHeader(in);
      if (header == null) {
        throw new EOFException();
      }
      FitsImageHeader hdu = new FitsImageHeader(header, index, this::malformed);
      boolean chosen = wanted == null ? hdu.isPlane() : hdu.isNamed(wanted);
      if (chosen && !hdu.isPlane()) {
        String remedy = hdu.remedy().isEmpty() ? "; name another HDU" : hdu.remedy();
        throw new DataException(file + ": " + hdu.describe() + " is not a 2-D image" + remedy);
      }
      if (chosen) {
        FitsKeywords keywords = FitsKeywords.of(header).over(primary);
        return new SourceImage(pixels(hdu, in), keywords);
      }
      if (almost == null && !hdu.remedy().isEmpty()) {
        almost = hdu.describe() + hdu.remedy();
      }
      if (index == 0) {
        primary = FitsKeywords.of(header);
      }
      in.skipAllBytes(header.getDataSize());
      seen.add(hdu.describe());
    }
  }

  private Image pixels(FitsImageHeader hdu, FitsInputStream in) throws IOException {
    if (hdu.dataBytes() > largest) {
      throw truncated(hdu, null);
    }
    if (hdu.pixelCount() > Integer.MAX_VALUE - 8) {
      throw new DataException(
          file + ": " + hdu.describe() + " has more than 2^31 pixels; cut out the cluster");
    }
    try {
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
    return Arrays.equals(start, EXTENSION) || Arrays.equals(start, Arrays.copyOf(MAGIC, 8));
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
    return error("malformed FITS header of HDU " + seen.size() + ": " + reason, null);
  }

  private DataException error(String reason, @Nullable Throwable cause) {
    return new DataException(file + ": " + reason + "; copy or download it again", cause);
  }

  private DataException notFound() {
    String holds = "; the file holds " + String.join(", ", seen);
    if (wanted != null) {
      return new DataException(
          file + ": has no hdu=" + wanted + holds + "; give an EXTNAME or a number from 0");
    }
    if (almost != null) {
      return new DataException(file + ": has no 2-D image, only " + almost);
    }
    return new DataException(
        file + ": has no 2-D image" + holds + "; bin an event list into an image first");
  }
}
