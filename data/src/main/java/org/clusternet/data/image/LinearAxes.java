package org.clusternet.data.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.clusternet.data.image.FitsFile.Card;

/**
 * Coordinates of an image that are not celestial, such as kpc from the centre of a simulated
 * cluster, so that what is made from the image can be laid over it by them.
 *
 * @param type CTYPE of both axes, empty where the header has none
 * @param unit CUNIT of both axes, empty where the header has none
 * @param reference CRVAL of both axes
 * @param crpix CRPIX of both axes
 * @param matrix units per pixel: CD1_1, CD1_2, CD2_1, CD2_2
 */
public record LinearAxes(
    List<String> type, List<String> unit, double[] reference, double[] crpix, double[] matrix) {

  /** Copies the lists and arrays. */
  public LinearAxes {
    type = List.copyOf(type);
    unit = List.copyOf(unit);
    reference = reference.clone();
    crpix = crpix.clone();
    matrix = matrix.clone();
  }

  /**
   * The axes of a header.
   *
   * @param keywords keywords of the header
   * @return empty if the axes are celestial, their scale is missing or zero, or a value not finite
   */
  public static Optional<LinearAxes> of(FitsKeywords keywords) {
    double[] matrix = AxisKeywords.matrix(keywords, 2);
    if (SkyKeywords.isCelestial(keywords)
        || !AxisKeywords.isRegular(matrix)
        || !AxisKeywords.isFinite(keywords)) {
      return Optional.empty();
    }
    List<String> type = new ArrayList<>();
    List<String> unit = new ArrayList<>();
    double[] reference = new double[2];
    double[] crpix = new double[2];
    for (int i = 0; i < 2; i++) {
      type.add(keywords.text("CTYPE" + (i + 1)).orElse(""));
      unit.add(keywords.text("CUNIT" + (i + 1)).orElse(""));
      reference[i] = keywords.number("CRVAL" + (i + 1)).orElse(0);
      crpix[i] = keywords.number("CRPIX" + (i + 1)).orElse(0);
    }
    return Optional.of(new LinearAxes(type, unit, reference, crpix, matrix));
  }

  /**
   * The axes of an image that is resampled to larger or smaller pixels.
   *
   * @param factor side of a new pixel in units of old pixels
   * @param startX left edge of the first new column, in old pixels from the edge of the old image
   * @param startY lower edge of the first new row, in old pixels from the edge of the old image
   * @return the axes of the new image
   */
  public LinearAxes resampled(double factor, double startX, double startY) {
    double[] scaled = matrix.clone();
    for (int i = 0; i < 4; i++) {
      scaled[i] *= factor;
    }
    double[] moved = {
      (crpix[0] - 0.5 - startX) / factor + 0.5, (crpix[1] - 0.5 - startY) / factor + 0.5
    };
    return new LinearAxes(type, unit, reference, moved, scaled);
  }

  /**
   * The FITS keywords of these axes.
   *
   * @return in the form with CDELT if the axes are not turned, else with CD
   */
  public List<Card> cards() {
    List<Card> cards = new ArrayList<>();
    boolean turned = matrix[1] != 0 || matrix[2] != 0;
    for (int i = 0; i < 2; i++) {
      if (!type.get(i).isEmpty()) {
        cards.add(new Card("CTYPE" + (i + 1), type.get(i), ""));
      }
      if (!unit.get(i).isEmpty()) {
        cards.add(new Card("CUNIT" + (i + 1), unit.get(i), ""));
      }
      cards.add(new Card("CRVAL" + (i + 1), reference[i], ""));
      cards.add(new Card("CRPIX" + (i + 1), crpix[i], ""));
      if (!turned) {
        cards.add(new Card("CDELT" + (i + 1), matrix[3 * i], ""));
      }
    }
    for (int i = 0; turned && i < 4; i++) {
      cards.add(new Card("CD" + AxisKeywords.PLACES[i], matrix[i], ""));
    }
    return cards;
  }
}
