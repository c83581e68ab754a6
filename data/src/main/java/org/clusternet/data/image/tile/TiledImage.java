package org.clusternet.data.image.tile;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.stream.IntStream;
import nom.tam.fits.Header;
import nom.tam.util.FitsInputStream;
import org.clusternet.data.DataException;

/**
 * Reads a tile-compressed image of two dimensions.
 *
 * <p>The compressed bytes are read first, as they come from the stream, then runs of tiles are
 * decoded on the common pool of threads. So memory is that of the compressed bytes and the caller's
 * image, and sizes in the header are compared with the bytes that are there before the image is
 * allocated.
 */
public final class TiledImage {
  /** Receives decoded rows of tiles, from several threads at a time. */
  @FunctionalInterface
  public interface Rows {
    /**
     * A row of a tile.
     *
     * @param x column of its first pixel
     * @param y its row
     * @param width its number of pixels
     * @param values int[], long[] or double[], valid during the call
     * @param from index of the first pixel in values
     */
    void accept(int x, int y, int width, Object values, int from);
  }

  private static final int RUN = 1 << 18;

  private final TileFormat format;
  private final ByteBuffer table;
  private final byte[] heap;
  private final Function<String, DataException> damaged;

  private TiledImage(
      TileFormat format, ByteBuffer table, byte[] heap, Function<String, DataException> damaged) {
    this.format = format;
    this.table = table;
    this.heap = heap;
    this.damaged = damaged;
  }

  /**
   * Reads the compressed bytes.
   *
   * @param header header of the table with the tiles; ZNAXIS1 and ZNAXIS2 are positive and their
   *     product fits an int
   * @param in the stream, at the first byte of the table; afterwards behind the heap
   * @param damaged makes the error for a reason
   * @return the image, to be decoded
   * @throws DataException if the header contradicts itself or the bytes
   * @throws EOFException if the stream ends too early
   * @throws IOException if it cannot be read
   */
  public static TiledImage read(
      Header header, FitsInputStream in, Function<String, DataException> damaged)
      throws IOException {
    TileFormat format;
    try {
      format = TileFormat.of(header);
    } catch (IllegalArgumentException e) {
      throw damaged.apply(e.getMessage());
    }
    byte[] table = exactly(in, format.rowBytes() * format.tiles());
    in.skipAllBytes(format.gap());
    byte[] heap = exactly(in, (int) format.heapBytes());
    long pixels = (long) format.width() * format.height();
    if (pixels / format.pixelsPerByte() > heap.length) {
      throw damaged.apply(
          "pixels=%d cannot come from compressed bytes=%d".formatted(pixels, heap.length));
    }
    return new TiledImage(format, ByteBuffer.wrap(table), heap, damaged);
  }

  /** Unlike readFully, allocates no more than comes. */
  private static byte[] exactly(FitsInputStream in, int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException();
    }
    return bytes;
  }

  /**
   * Decodes all tiles.
   *
   * @param rows receives every row of every tile once
   * @throws DataException if a tile is damaged
   */
  public void decode(Rows rows) {
    int perRun = Math.max(1, RUN / (format.tileWidth() * format.tileHeight()));
    int runs = (format.tiles() + perRun - 1) / perRun;
    IntStream.range(0, runs)
        .parallel()
        .forEach(
            run -> {
              TileDecoder decoder = new TileDecoder(format, table, heap);
              int stop = (int) Math.min(format.tiles(), (run + 1L) * perRun);
              for (int tile = run * perRun; tile < stop; tile++) {
                decode(decoder, tile, rows);
              }
            });
  }

  private void decode(TileDecoder decoder, int tile, Rows rows) {
    int left = tile % format.columnsOfTiles() * format.tileWidth();
    int lower = tile / format.columnsOfTiles() * format.tileHeight();
    int width = Math.min(format.tileWidth(), format.width() - left);
    int height = Math.min(format.tileHeight(), format.height() - lower);
    Object values;
    try {
      values = decoder.decode(tile, width, height);
    } catch (IOException | RuntimeException e) {
      // The library's codecs leave their arrays where the bytes are damaged.
      throw damaged.apply("tile %d cannot be decoded (%s)".formatted(tile, reason(e)));
    }
    for (int y = 0; y < height; y++) {
      rows.accept(left, lower + y, width, values, y * width);
    }
  }

  private static String reason(Exception e) {
    return e instanceof EOFException && e.getMessage() == null
        ? "its bytes end early"
        : String.valueOf(e.getMessage());
  }
}
