package org.clusternet.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.Image;

/** A good dataset folder of nine clusters with an image each, of which a test spoils one thing. */
final class SmallDataset {
  static final int SIZE = 40;
  private static final int BLOCK = 2880;

  private final Path folder;

  SmallDataset(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("images"));
    StringBuilder catalog = new StringBuilder("cluster_id,projection,file,label\n");
    for (int i = 0; i < 9; i++) {
      String label = List.of("CC", "WCC", "NCC").get(i % 3);
      catalog.append("c%d,x,images/c%d.fits,%s\n".formatted(i, i, label));
      image(i, SIZE, 1 + i);
    }
    Files.writeString(catalog(), catalog);
  }

  Path path() {
    return folder;
  }

  Path catalog() {
    return folder.resolve("catalog.csv");
  }

  Path file(int cluster) {
    return folder.resolve("images/c" + cluster + ".fits");
  }

  /** Replaces text of the catalogue. */
  void edit(String from, String to) throws IOException {
    String text = Files.readString(catalog());
    if (!text.contains(from)) {
      throw new IllegalArgumentException(from);
    }
    Files.writeString(catalog(), text.replace(from, to));
  }

  /** An image that falls off around its centre. */
  void image(int cluster, int size, double core) {
    double[] pixels = new double[size * size];
    for (int i = 0; i < pixels.length; i++) {
      double r = Math.hypot(i % size - size / 2.0, Math.floorDiv(i, size) - size / 2.0);
      pixels[i] = 1 / (1 + r * r / core);
    }
    FitsFile.write(file(cluster), new Image(size, size, pixels), List.of());
  }

  /** An image of one value. */
  void constant(int cluster, double value) {
    double[] pixels = new double[SIZE * SIZE];
    Arrays.fill(pixels, value);
    FitsFile.write(file(cluster), new Image(SIZE, SIZE, pixels), List.of());
  }

  /** Half of the file is lost. */
  void truncate(int cluster) throws IOException {
    byte[] whole = Files.readAllBytes(file(cluster));
    Files.write(file(cluster), Arrays.copyOf(whole, BLOCK + 1000));
  }

  /** A cube of 4 x 4 x 3 bytes, laid out by hand as FITS says. */
  void cube(int cluster) throws IOException {
    List<String> cards =
        List.of(
            "SIMPLE  =                    T",
            "BITPIX  =                    8",
            "NAXIS   =                    3",
            "NAXIS1  =                    4",
            "NAXIS2  =                    4",
            "NAXIS3  =                    3",
            "END");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String card : cards) {
      bytes.write(String.format("%-80s", card).getBytes(StandardCharsets.US_ASCII));
    }
    bytes.write(" ".repeat(BLOCK - bytes.size()).getBytes(StandardCharsets.US_ASCII));
    bytes.write(new byte[BLOCK]);
    Files.write(file(cluster), bytes.toByteArray());
  }
}
