package org.clusternet.data.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.Header;
import nom.tam.fits.ImageData;
import nom.tam.util.FitsOutputStream;
import org.clusternet.data.io.AtomicFile;

/** First version of writing. */
final class FitsWriter {
  private FitsWriter() {}

  static void write(Path file, Image image, List<FitsFile.Card> cards) {
    float[][] rows = new float[image.height()][image.width()];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        rows[y][x] = (float) image.at(x, y);
      }
    }
    boolean zipped = file.toString().endsWith(".gz");
    AtomicFile.write(
        file,
        out -> {
          if (zipped) {
            GZIPOutputStream zip = new GZIPOutputStream(out);
            write(zip, rows, cards);
            zip.finish();
          } else {
            write(out, rows, cards);
          }
        });
  }

  private static void write(OutputStream out, float[][] rows, List<FitsFile.Card> cards)
      throws IOException {
    try (Fits fits = new Fits()) {
      BasicHDU<?> hdu = ImageData.from(rows).toHDU();
      Header header = hdu.getHeader();
      for (FitsFile.Card card : cards) {
        if (card.value() instanceof Boolean b) {
          header.addValue(card.key(), b, card.comment());
        } else if (card.value() instanceof Number n) {
          header.addValue(card.key(), n, card.comment());
        } else {
          header.addValue(card.key(), String.valueOf(card.value()), card.comment());
        }
      }
      fits.addHDU(hdu);
      FitsOutputStream stream = new FitsOutputStream(out);
      fits.write(stream);
      stream.flush();
    } catch (FitsException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
