package org.clusternet.data.image;

/** Which value the logarithm of an image begins at: the choices for {@link Preprocessing}. */
public enum LogFloor {
  /** The noise where the image is known to be photons, else the smallest positive pixel. */
  AUTO,
  /** The smallest positive pixel, whatever the image is. */
  PAPER,
  /** The noise; where nothing is known of it, it is estimated from the pixels. */
  PHOTON
}
