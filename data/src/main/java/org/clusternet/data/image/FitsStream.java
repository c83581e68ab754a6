package org.clusternet.data.image;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.clusternet.data.DataException;

/**
 * The bytes of a FITS file, decompressed where the file is compressed as a whole.
 *
 * <p>Compression is recognised by content, since names lie: browsers and mirrors unpack .gz files
 * without renaming them.
 */
final class FitsStream extends FilterInputStream {
  private static final int BUFFER = 1 << 16;
  private static final byte[] MAGIC = "SIMPLE  =".getBytes(StandardCharsets.US_ASCII);
  private static final int GZIP_MAGIC = 0x1f8b;
  // Largest expansion by deflate (zlib's technical notes): detects headers that claim too much.
  private static final long DEFLATE_LIMIT = 1032;

  private final boolean compressed;
  private final long limit;

  private FitsStream(InputStream plain, boolean compressed, long limit) {
    super(plain);
    this.compressed = compressed;
    this.limit = limit;
  }

  /**
   * Opens a file at its first byte.
   *
   * @throws DataException if it is a folder or not FITS; the message names it
   * @throws IOException if it is missing, cannot be read, or is a damaged archive
   */
  static FitsStream open(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      return open(file, raw);
    } catch (IOException | DataException e) {
      raw.close();
      throw e;
    }
  }

  private static FitsStream open(Path file, InputStream raw) throws IOException {
    if (Files.isDirectory(file)) {
      throw new DataException(file + ": is a folder; name a FITS file");
    }
    raw.mark(2);
    boolean zipped = ((raw.read() << 8) | raw.read()) == GZIP_MAGIC;
    raw.reset();
    InputStream plain =
        zipped ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER) : raw;
    plain.mark(MAGIC.length);
    if (!Arrays.equals(plain.readNBytes(MAGIC.length), MAGIC)) {
      throw new DataException(
          file + ": is not a FITS file: it does not begin with \"SIMPLE  =\"; convert it to FITS");
    }
    plain.reset();
    return new FitsStream(plain, zipped, Files.size(file) * (zipped ? DEFLATE_LIMIT : 1));
  }

  /** The most bytes that can come out of the file, to check sizes in headers before allocating. */
  long limit() {
    return limit;
  }

  /** Reads a compressed file to its end, where its checksum is; others need not be. */
  void finish() throws IOException {
    if (compressed) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
