package org.clusternet.data.event;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Reads the rows of a table in chunks that stay in the processor's cache. */
final class RowReader {
  private static final int CHUNK_BYTES = 1 << 18;
  private static final int MOST_ROWS = 1 << 13;

  /** Receives rows. */
  interface Sink {
    /**
     * Takes some rows.
     *
     * @param rows their bytes from index 0, overwritten by the next chunk
     * @param count number of rows
     */
    void take(ByteBuffer rows, int count);
  }

  private RowReader() {}

  /** The largest number of rows in a chunk. */
  static int chunkRows(int rowBytes) {
    return Math.max(1, Math.min(MOST_ROWS, CHUNK_BYTES / Math.max(1, rowBytes)));
  }

  /**
   * Reads all rows from a stream that stands at the first; throws EOFException if it ends early.
   */
  static void read(InputStream in, EventTable table, Sink sink) throws IOException {
    int rowBytes = table.rowBytes();
    int most = chunkRows(rowBytes);
    byte[] bytes = new byte[most * rowBytes];
    ByteBuffer rows = ByteBuffer.wrap(bytes);
    long left = table.rows();
    while (left > 0) {
      int count = (int) Math.min(left, most);
      if (in.readNBytes(bytes, 0, count * rowBytes) < count * rowBytes) {
        throw new EOFException();
      }
      sink.take(rows, count);
      left -= count;
    }
  }
}
