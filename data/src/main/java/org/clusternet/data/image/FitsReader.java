package org.clusternet.data.image;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.ImageHDU;
import org.clusternet.data.DataException;

/** First version of reading. */
final class FitsReader {
  private FitsReader() {}

  static Image read(Path file) {
    try (Fits fits = new Fits(file.toFile())) {
      for (BasicHDU<?> hdu = fits.readHDU(); hdu != null; hdu = fits.readHDU()) {
        int[] axes = hdu.getAxes();
        if (hdu instanceof ImageHDU && axes != null && axes.length == 2) {
          double[] pixels = new double[axes[0] * axes[1]];
          for (int y = 0; y < axes[0]; y++) {
            Object row = Array.get(hdu.getKernel(), y);
            for (int x = 0; x < axes[1]; x++) {
              pixels[y * axes[1] + x] = Array.getDouble(row, x);
            }
          }
          return new Image(axes[1], axes[0], pixels);
        }
      }
    } catch (FitsException | IOException e) {
      throw new DataException(file + ": cannot be read as FITS: " + e.getMessage(), e);
    }
    throw new DataException(file + ": no 2-D image in it");
  }
}
