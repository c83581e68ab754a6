package org.clusternet.data.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.Preprocessing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
  private static final Preprocessing SMALL = new Preprocessing(6, 3);

  @TempDir Path folder;

  private static Image image(int index, int side) {
    double[] pixels = new double[side * side];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 1 + (i * 31L + index * 17L) % 97;
    }
    return new Image(side, side, pixels);
  }

  private void make(int count) {
    List<CatalogEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = String.format("%03d.fits", i);
      FitsFile.write(folder.resolve(name), image(i, 8), List.of());
      entries.add(
          new CatalogEntry(String.format("c%03d", i), "x", name, OptionalDouble.of(0.1 + i), null));
    }
    Catalog.write(folder, entries);
  }

  private Dataset load(int threads) {
    return Dataset.load(folder, SMALL, threads, (done, total) -> {});
  }

  @Test
  void imagesAreInTheOrderOfTheCatalogue() {
    make(20);
    Dataset dataset = load(3);
    assertEquals(20, dataset.size());
    assertEquals(SMALL, dataset.preprocessing());
    for (int i = 0; i < 20; i++) {
      assertEquals(String.format("c%03d", i), dataset.catalog().entries().get(i).clusterId());
      assertEquals(CoreType.ofCoolingTime(0.1 + i), dataset.label(i));
      assertArrayEquals(SMALL.apply(image(i, 8), "reference").pixels(), dataset.image(i).pixels());
    }
    assertEquals("", dataset.nonFinitePixels());
  }

  @Test
  void numberOfThreadsDoesNotChangeTheImages() {
    make(9);
    Dataset one = load(1);
    Dataset many = load(16);
    for (int i = 0; i < 9; i++) {
      assertArrayEquals(one.image(i).pixels(), many.image(i).pixels());
    }
  }

  @Test
  void progressCountsEveryImageOnce() {
    make(12);
    List<Integer> counts = new ArrayList<>();
    Dataset.load(
        folder,
        SMALL,
        4,
        (done, total) -> {
          assertEquals(12, total);
          counts.add(done);
        });
    assertEquals(IntStream.rangeClosed(1, 12).boxed().toList(), counts);
  }

  @Test
  void allUnusableImagesAreReported() throws IOException {
    make(8);
    Files.write(folder.resolve("001.fits"), new byte[100]);
    FitsFile.write(folder.resolve("003.fits"), image(3, 5), List.of());
    FitsFile.write(folder.resolve("004.fits"), new Image(8, 8, new double[64]), List.of());
    Files.write(folder.resolve("006.fits"), new byte[0]);
    DataException error = assertThrows(DataException.class, () -> load(2));
    String text = error.getMessage();
    assertTrue(text.startsWith(folder + ": unusable images=4 of 8 | "), text);
    assertTrue(text.contains(folder.resolve("001.fits") + ": is not a FITS file"), text);
    assertTrue(text.contains(folder.resolve("003.fits") + ": width=5 height=5"), text);
    assertTrue(text.contains(folder.resolve("004.fits") + ": has no positive pixel"), text);
    assertTrue(text.endsWith(" | and 1 more"), text);
    assertEquals(3, error.getSuppressed().length);
    assertTrue(error.getSuppressed()[2].toString().contains("006.fits"));
  }

  @Test
  void errorOfASingleImageIsReportedUnchanged() throws IOException {
    make(1);
    Files.delete(folder.resolve("000.fits"));
    Files.write(folder.resolve("000.fits"), new byte[100]);
    assertTrue(
        assertThrows(DataException.class, () -> load(1))
            .getMessage()
            .startsWith(folder.resolve("000.fits") + ": is not a FITS file"));
  }

  @Test
  void pixelsWithoutValueAreReported() {
    make(3);
    Image image = image(1, 8);
    image.pixels()[9] = Double.NaN;
    image.pixels()[10] = Double.NEGATIVE_INFINITY;
    image.pixels()[0] = Double.NaN;
    FitsFile.write(folder.resolve("001.fits"), image, List.of());
    assertEquals(
        "NaN or infinite pixels=2 in images=1 of 3 were replaced, the first in 001.fits",
        load(2).nonFinitePixels());
  }

  @Test
  void interruptionStopsLoading() {
    make(3);
    Thread.currentThread().interrupt();
    assertEquals(
        folder + ": loading was interrupted",
        assertThrows(DataException.class, () -> load(2)).getMessage());
    assertTrue(Thread.interrupted());
  }

  @Test
  void exceptionsOfTheProgressListenerArePassedOn() {
    make(2);
    IllegalStateException stop = new IllegalStateException("stop");
    Throwable thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                Dataset.load(
                    folder,
                    SMALL,
                    1,
                    (done, total) -> {
                      throw stop;
                    }));
    assertSame(stop, thrown);
  }

  @Test
  void refusesToLoadWithoutThreads() {
    make(1);
    assertEquals(
        "dataset: threads=0 must be at least 1",
        assertThrows(IllegalArgumentException.class, () -> load(0)).getMessage());
  }

  @Test
  void arraysAndFitsGiveTheSameInput() throws IOException {
    make(2);
    double[] pixels = image(1, 8).pixels();
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (8, 8), }\n";
    ByteBuffer array =
        ByteBuffer.allocate(10 + header.length() + 4 * 64).order(ByteOrder.LITTLE_ENDIAN);
    array.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    array.put((byte) 1).put((byte) 0).putShort((short) header.length());
    array.put(header.getBytes(StandardCharsets.US_ASCII));
    for (double pixel : pixels) {
      array.putFloat((float) pixel);
    }
    Files.write(folder.resolve("000.npy"), array.array());
    Path catalog = folder.resolve(Catalog.FILE_NAME);
    Files.writeString(catalog, Files.readString(catalog).replace("000.fits", "000.npy"));
    Dataset dataset = load(1);
    assertArrayEquals(dataset.image(1).pixels(), dataset.image(0).pixels());
  }
}
