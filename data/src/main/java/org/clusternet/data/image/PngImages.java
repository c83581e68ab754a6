package org.clusternet.data.image;

import ar.com.hjg.pngj.ImageInfo;
import ar.com.hjg.pngj.ImageLineInt;
import ar.com.hjg.pngj.PngReaderInt;
import ar.com.hjg.pngj.PngjException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.clusternet.data.DataException;

/**
 * Reads grey PNG images of 8 or 16 bits (by pngj, which needs no AWT). Colour images are refused,
 * not averaged: the brightness of a colour map is not a surface brightness.
 */
final class PngImages {
  private PngImages() {}

  static Image read(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      PngReaderInt reader = new PngReaderInt(in);
      try {
        return pixels(reader, file);
      } finally {
        reader.close();
      }
    } catch (NoSuchFileException e) {
      throw new DataException(file + ": no such file; check the path", e);
    } catch (PngjException | IOException e) {
      throw new DataException(
          file
              + ": is not a readable PNG, or truncated ("
              + e.getMessage()
              + "); copy or save it again",
          e);
    }
  }

  private static Image pixels(PngReaderInt reader, Path file) {
    ImageInfo info = reader.imgInfo;
    if (!info.greyscale || info.alpha || info.bitDepth < Byte.SIZE) {
      throw new DataException(
          file
              + ": channels="
              + info.channels
              + (info.indexed ? " (a palette)" : "")
              + " bits="
              + info.bitDepth
              + "; only grey PNG of 8 or 16 bits without transparency can be read: convert it,"
              + " or better use the FITS file that it was made from");
    }
    double[] pixels = new double[Math.multiplyExact(info.cols, info.rows)];
    for (int y = 0; y < info.rows; y++) {
      int[] line = ((ImageLineInt) reader.readRow(y)).getScanline();
      for (int x = 0; x < info.cols; x++) {
        pixels[y * info.cols + x] = line[x];
      }
    }
    return new Image(info.cols, info.rows, pixels);
  }
}
