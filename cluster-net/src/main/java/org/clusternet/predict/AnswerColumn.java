package org.clusternet.predict;

import java.util.Locale;

/**
 * The columns of {@code predictions.csv} behind those of the prediction, in their order. A fact
 * about an answer is a constant here and a cell that whoever knows it puts into the {@link Answer};
 * new ones are added before {@link #WARNING}, which with {@link #ERROR} ends the row.
 */
public enum AnswerColumn {
  /** The name of the row in its catalogue. */
  ID,
  /** Share of the field that has values, from 0 to 1. */
  COVERED,
  /** Distance of its features from those of the training images. */
  DISTANCE,
  /** What is unlike the images that the model was trained on, in words. */
  UNLIKE,
  /** Right ascension of the field's middle, in degrees. */
  RA,
  /** Declination of the field's middle, in degrees. */
  DEC,
  /** Redshift of the cluster, where it is known. */
  REDSHIFT,
  /** Side of a pixel of the field in kpc, before it is resampled to the network's input. */
  KPC_PER_PIXEL,
  /** Likewise in arcsec. */
  ARCSEC_PER_PIXEL,
  /** Right ascension of the box's centre, in degrees. */
  BOX_RA,
  /** Declination of the box's centre, in degrees. */
  BOX_DEC,
  /** Side of the box along the image's rows, in degrees. */
  BOX_WIDTH,
  /** Side of the box along the image's columns, in degrees. */
  BOX_HEIGHT,
  /** Position angle of the image's columns in the box, in degrees from north through east. */
  BOX_ANGLE,
  /** What to know about the answer, in words. */
  WARNING,
  /** Why there is no answer. */
  ERROR;

  /** The column's name in the table, such as {@code covered}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
