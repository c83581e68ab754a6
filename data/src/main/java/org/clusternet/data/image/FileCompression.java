package org.clusternet.data.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.z.ZCompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** How a file is compressed as a whole, recognised by its first bytes. */
enum FileCompression {
  NONE(""),
  GZIP("1f8b"),
  BZIP2("425a68"),
  XZ("fd377a585a00"),
  /** Unix compress, .Z, as in old archives of ROSAT. */
  COMPRESS("1f9d");

  private static final int BUFFER = 1 << 16;
  private static final int LONGEST = 6;
  // Largest expansion by deflate (zlib's technical notes): detects headers that claim too much.
  private static final long DEFLATE_LIMIT = 1032;
  // The others expand a constant image far more; so much is believed of any file.
  private static final long BELIEVED = 1L << 28;
  private static final int XZ_MEMORY_KIB = 1 << 18;

  private final byte[] magic;

  FileCompression(String magic) {
    this.magic = HexFormat.of().parseHex(magic);
  }

  /** The compression of a stream that can be marked, which is left where it is. */
  static FileCompression of(InputStream raw) throws IOException {
    raw.mark(LONGEST);
    byte[] start = raw.readNBytes(LONGEST);
    raw.reset();
    for (FileCompression compression : values()) {
      byte[] magic = compression.magic;
      if (magic.length > 0 && Arrays.equals(magic, Arrays.copyOf(start, magic.length))) {
        return compression;
      }
    }
    return NONE;
  }

  /** The most bytes that are believed to come out of a file of so many bytes. */
  long limit(long bytes) {
    return switch (this) {
      case NONE -> bytes;
      case GZIP -> bytes * DEFLATE_LIMIT;
      default -> Math.max(BELIEVED, bytes * DEFLATE_LIMIT);
    };
  }

  /**
   * Decompresses a stream, also one of several concatenated archives.
   *
   * @throws ZipException if the archive is damaged, now or on reading; the message says how
   * @throws EOFException if it ends early
   */
  InputStream decompress(InputStream raw) throws IOException {
    try {
      return switch (this) {
        case NONE -> raw;
        case GZIP -> new GZIPInputStream(raw, BUFFER);
        case BZIP2 -> new Decompressed(new BZip2CompressorInputStream(raw, true));
        case XZ -> new Decompressed(new XZInputStream(raw, XZ_MEMORY_KIB));
        case COMPRESS -> new Decompressed(new ZCompressorInputStream(raw, XZ_MEMORY_KIB));
      };
    } catch (ZipException | EOFException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
  }

  private ZipException damaged(Exception e) {
    ZipException damaged = new ZipException(String.valueOf(e.getMessage()));
    damaged.initCause(e);
    return damaged;
  }

  /** Gives the errors of all decompressors the form that gzip's have. */
  private final class Decompressed extends InputStream {
    private final InputStream in;

    Decompressed(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int start, int length) throws IOException {
      try {
        return in.read(bytes, start, length);
      } catch (EOFException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        throw damaged(e);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
