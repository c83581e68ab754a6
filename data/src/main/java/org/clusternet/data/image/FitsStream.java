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

  private final FileCompression compression;
  private final long limit;

  private FitsStream(InputStream plain, FileCompression compression, long limit) {
    super(plain);
    this.compression = compression;
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
    FileCompression compression = FileCompression.of(raw);
    InputStream plain =
        compression == FileCompression.NONE
            ? raw
            : new BufferedInputStream(compression.decompress(raw), BUFFER);
    plain.mark(MAGIC.length);
    if (!Arrays.equals(plain.readNBytes(MAGIC.length), MAGIC)) {
      throw new DataException(
          file + ": is not a FITS file: it does not begin with \"SIMPLE  =\"; convert it to FITS");
    }
    plain.reset();
    return new FitsStream(plain, compression, compression.limit(Files.size(file)));
  }

  /** The most bytes that can come out of the file, to check sizes in headers before allocating. */
  long limit() {
    return limit;
  }

  /** Reads a compressed file to its end, where its checksum is; others need not be. */
  void finish() throws IOException {
    if (compression != FileCompression.NONE) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
