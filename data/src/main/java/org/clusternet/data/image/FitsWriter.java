package org.clusternet.data.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.Header;
import nom.tam.fits.HeaderCardException;
import nom.tam.fits.ImageData;
import nom.tam.fits.ImageHDU;
import nom.tam.fits.header.Standard;
import nom.tam.util.FitsOutputStream;
import org.clusternet.data.DataException;
import org.clusternet.data.image.FitsFile.Card;
import org.clusternet.data.io.AtomicFile;

/** Writes an image as the primary HDU of a new FITS file. */
final class FitsWriter {
  private FitsWriter() {}

  static void write(Path file, Image image, List<Card> cards) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    boolean zipped = name.endsWith(".fits.gz");
    if (!zipped && !name.endsWith(".fits")) {
      throw new DataException(file + ": FITS files are written as .fits or .fits.gz; rename it");
    }
    requireUnique(cards);
    float[][] rows = rows(file, image);
    AtomicFile.write(
        file,
        out -> {
          if (zipped) {
            GZIPOutputStream zip = new GZIPOutputStream(out, 1 << 16);
            encode(zip, rows, cards);
            zip.finish();
          } else {
            encode(out, rows, cards);
          }
        });
  }

  private static void requireUnique(List<Card> cards) {
    Set<String> keys = new HashSet<>();
    for (Card card : cards) {
      if (!card.isCommentary() && !keys.add(card.key())) {
        throw new IllegalArgumentException("FITS card key=" + card.key() + ": is given twice");
      }
    }
  }

  private static float[][] rows(Path file, Image image) {
    float[][] rows = new float[image.height()][image.width()];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        double value = image.at(x, y);
        rows[y][x] = (float) value;
        if (Float.isInfinite(rows[y][x]) && Double.isFinite(value)) {
          throw new DataException(
              file
                  + ": pixel x="
                  + x
                  + " y="
                  + y
                  + " value="
                  + value
                  + " exceeds a 32-bit float; choose another unit");
        }
      }
    }
    return rows;
  }

  private static void encode(OutputStream out, float[][] rows, List<Card> cards)
      throws IOException {
    try (Fits fits = new Fits()) {
      ImageHDU hdu = ImageData.from(rows).toHDU();
      fits.addHDU(hdu);
      Header header = hdu.getHeader();
      header.findCard(Standard.SIMPLE).setComment("conforms to the FITS standard");
      for (Card card : cards) {
        add(header, card);
      }
      FitsOutputStream stream = new FitsOutputStream(out);
      fits.write(stream);
      stream.flush();
    } catch (FitsException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void add(Header header, Card card) throws HeaderCardException {
    Object value = card.value();
    if (card.isCommentary()) {
      header.insertCommentStyle(card.key(), (String) value);
    } else if (value instanceof String text) {
      header.addValue(card.key(), text, card.comment());
    } else if (value instanceof Boolean flag) {
      header.addValue(card.key(), flag, card.comment());
    } else {
      header.addValue(card.key(), (Number) value, card.comment());
    }
  }
}
