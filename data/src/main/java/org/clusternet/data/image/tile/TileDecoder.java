package org.clusternet.data.image.tile;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.OptionalDouble;
import java.util.zip.GZIPInputStream;
import nom.tam.fits.compression.algorithm.hcompress.HDecompress;
import nom.tam.fits.compression.algorithm.plio.PLIOCompress.IntPLIOCompressor;
import org.clusternet.data.image.tile.TileFormat.Coding;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one tile after another; every thread has its own.
 *
 * <p>A tile that its coding could not hold has an empty array in COMPRESSED_DATA and its numbers in
 * one of two other columns, plain or as gzip. The numbers are those that the uncompressed file
 * stores, as an array that {@link Sink} names.
 */
final class TileDecoder {
  /** Receives decoded tiles, from several threads at a time. */
  @FunctionalInterface
  interface Sink {
    /**
     * A tile.
     *
     * @param tile its number, from 0
     * @param values its pixels, row by row: int[], long[], or double[] for floats
     */
    void accept(int tile, Object values);
  }

  private static final int LONGEST_PIXEL = 8;

  private final TileFormat format;
  private final ByteBuffer table;
  private final byte[] heap;
  private final Dequantizer dequantizer;
  private final int blockSize;
  private final int bytePix;
  private final boolean smooth;
  private final int[] integers;
  private final double[] floats;

  TileDecoder(TileFormat format, ByteBuffer table, byte[] heap) {
    this.format = format;
    this.table = table;
    this.heap = heap;
    this.dequantizer = new Dequantizer(format.dither(), format.seed());
    this.blockSize = Math.max(1, format.parameter("BLOCKSIZE", 32));
    this.bytePix = format.parameter("BYTEPIX", 4);
    this.smooth = format.parameter("SMOOTH", 0) != 0;
    int most = format.tileWidth() * format.tileHeight();
    this.integers = new int[most];
    this.floats = new double[format.bitpix() < 0 ? most : 0];
  }

  /** An array in the heap. */
  private record Part(char type, int start, int length) {
    boolean isEmpty() {
      return length == 0;
    }
  }

  private Part part(@Nullable TileColumn column, int tile) throws IOException {
    if (column == null) {
      return new Part('B', 0, 0);
    }
    long count = column.count(table, format.rowBytes(), tile);
    long offset = column.offset(table, format.rowBytes(), tile);
    int width = TileColumn.width(column.type());
    if (count < 0
        || count > heap.length / width
        || offset < 0
        || offset + count * width > heap.length) {
      throw new IOException("its array lies outside the heap");
    }
    return new Part(column.type(), (int) offset, (int) count * width);
  }

  /**
   * Decodes a tile.
   *
   * @param tile its number, from 0
   * @param width its pixels along the first axis
   * @param height its pixels along the second axis
   * @return int[], long[], or double[] for floats; overwritten by the next tile
   * @throws IOException if its bytes are damaged
   */
  Object decode(int tile, int width, int height) throws IOException {
    int count = width * height;
    Part main = part(format.column("COMPRESSED_DATA"), tile);
    if (main.isEmpty()) {
      Part plain = part(format.column("UNCOMPRESSED_DATA"), tile);
      Part zipped = part(format.column("GZIP_COMPRESSED_DATA"), tile);
      if (plain.isEmpty() && zipped.isEmpty()) {
        throw new EOFException("it has no data");
      }
      return plain.isEmpty()
          ? numbers(ByteBuffer.wrap(unzip(zipped, count)), count, format.bitpix() < 0, false)
          : numbers(slice(plain), count, isFloat(plain.type()), false);
    }
    switch (format.coding()) {
      case RICE_1 -> rice(main, count);
      case PLIO_1 -> plio(main, count);
      case HCOMPRESS_1 -> hcompress(main, width, height);
      default -> {
        return bytes(main, tile, count);
      }
    }
    return restored(tile, count);
  }

  private static boolean isFloat(char type) {
    return type == 'E' || type == 'D';
  }

  private ByteBuffer slice(Part part) {
    return ByteBuffer.wrap(heap, part.start(), part.length()).slice();
  }

  private void rice(Part part, int count) throws IOException {
    if (bytePix != 1 && bytePix != 2 && bytePix != 4) {
      throw new IOException("BYTEPIX=" + bytePix + " of RICE_1 is none of 1, 2, 4");
    }
    RiceDecoder.decode(heap, part.start(), part.length(), blockSize, bytePix, integers, count);
  }

  private void plio(Part part, int count) {
    new IntPLIOCompressor().decompress(slice(part), IntBuffer.wrap(integers, 0, count));
    if (format.unsignedShift()) {
      for (int i = 0; i < count; i++) {
        integers[i] -= Short.MAX_VALUE + 1;
      }
    }
  }

  private void hcompress(Part part, int width, int height) throws IOException {
    ByteBuffer in = slice(part);
    // Magic number of two bytes, then both sides.
    if (in.remaining() < 10 || in.getInt(2) * (long) in.getInt(6) != (long) width * height) {
      throw new IOException("its HCOMPRESS header has other sides");
    }
    long[] wide = new long[width * height];
    new HDecompress().decompress(in, smooth, wide);
    for (int i = 0; i < wide.length; i++) {
      integers[i] = (int) wide[i];
    }
  }

  /**
   * Numbers as they are in a file, or as gzip, with the bytes of equal weight together in GZIP_2.
   */
  private Object bytes(Part part, int tile, int count) throws IOException {
    boolean shuffled = format.coding() == Coding.GZIP_2;
    ByteBuffer in =
        format.coding() == Coding.NOCOMPRESS ? slice(part) : ByteBuffer.wrap(unzip(part, count));
    boolean quantized = format.bitpix() < 0 && scaling("ZSCALE", tile).isPresent();
    boolean lossless = format.dither() == TileFormat.Dither.NONE;
    Object numbers = numbers(in, count, format.bitpix() < 0 && (!quantized || lossless), shuffled);
    return numbers instanceof int[] ? restored(tile, count) : numbers;
  }

  private byte[] unzip(Part part, int count) throws IOException {
    try (InputStream in =
        new GZIPInputStream(new ByteArrayInputStream(heap, part.start(), part.length()), 4096)) {
      return in.readNBytes(count * LONGEST_PIXEL + 1);
    }
  }

  private Object numbers(ByteBuffer in, int count, boolean real, boolean shuffled)
      throws IOException {
    int width = in.remaining() / count;
    boolean known =
        real ? width == 4 || width == 8 : width == 1 || width == 2 || width == 4 || width == 8;
    if (in.remaining() != count * width || !known) {
      throw new IOException("it has bytes=%d for pixels=%d".formatted(in.remaining(), count));
    }
    ByteBuffer plain = shuffled ? unshuffled(in, width, count) : in;
    if (real) {
      for (int i = 0; i < count; i++) {
        floats[i] = width == 4 ? plain.getFloat(4 * i) : plain.getDouble(8 * i);
      }
      return floats;
    }
    if (width == Long.BYTES) {
      long[] wide = new long[count];
      plain.asLongBuffer().get(wide);
      return wide;
    }
    for (int i = 0; i < count; i++) {
      integers[i] =
          width == 1
              ? plain.get(i) & 0xFF
              : width == 2 ? plain.getShort(2 * i) : plain.getInt(4 * i);
    }
    return integers;
  }

  private static ByteBuffer unshuffled(ByteBuffer in, int width, int count) {
    byte[] out = new byte[width * count];
    for (int b = 0; b < width; b++) {
      for (int i = 0; i < count; i++) {
        out[i * width + b] = in.get(b * count + i);
      }
    }
    return ByteBuffer.wrap(out);
  }

  /** The integers themselves, or the floats that they stand for. */
  private Object restored(int tile, int count) {
    if (format.bitpix() > 0) {
      return integers;
    }
    OptionalDouble blank = scaling("ZBLANK", tile);
    dequantizer.restore(
        tile,
        scaling("ZSCALE", tile).orElse(1),
        scaling("ZZERO", tile).orElse(0),
        blank.isPresent(),
        (int) blank.orElse(0),
        integers,
        floats,
        count);
    for (int i = 0; format.bitpix() == -Float.SIZE && i < count; i++) {
      floats[i] = (float) floats[i];
    }
    return floats;
  }

  private OptionalDouble scaling(String name, int tile) {
    TileColumn column = format.column(name);
    return column == null
        ? format.keyword(name)
        : OptionalDouble.of(column.number(table, format.rowBytes(), tile));
  }
}
