package org.clusternet.data.projection;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.data.image.FitsFile.Card;

/**
 * The FITS keywords of an image's unit and scale (FITS standard 4.0, section 8: world coordinates).
 *
 * <p>BUNIT (explained in the package's description) and PIXKPC, the side of a pixel in kpc, are
 * always present. Coordinates are celestial (gnomonic, degrees, north up, east left) if position
 * and redshift of the cluster are known, else linear, in kpc from the centre.
 */
public final class SkyHeader {
  private SkyHeader() {}

  /**
   * For a cluster without a position in the sky.
   *
   * @param grid the image's grid
   * @return a new list that further cards can be added to
   */
  public static List<Card> linear(SkyGrid grid) {
    List<Card> cards = common(grid);
    for (int axis = 1; axis <= 2; axis++) {
      cards.add(new Card("CTYPE" + axis, "LINEAR", "offset from the cluster's centre"));
      cards.add(new Card("CUNIT" + axis, "kpc", ""));
      cards.add(new Card("CRPIX" + axis, (grid.size() + 1) / 2.0, "the image's centre"));
      cards.add(new Card("CRVAL" + axis, 0.0, ""));
      cards.add(new Card("CDELT" + axis, grid.pixel(), ""));
    }
    return cards;
  }

  /**
   * For a cluster at a position in the sky.
   *
   * @param grid the image's grid
   * @param ra right ascension of the centre in degrees
   * @param dec declination of the centre in degrees
   * @param kpcPerArcsec the scale at the cluster's redshift
   * @return a new list that further cards can be added to
   */
  public static List<Card> celestial(SkyGrid grid, double ra, double dec, double kpcPerArcsec) {
    double degrees = grid.pixel() / kpcPerArcsec / 3600;
    List<Card> cards = common(grid);
    cards.add(new Card("RADESYS", "FK5", "equinox J2000"));
    cards.add(new Card("EQUINOX", 2000.0, ""));
    for (int axis = 1; axis <= 2; axis++) {
      boolean first = axis == 1;
      cards.add(new Card("CTYPE" + axis, first ? "RA---TAN" : "DEC--TAN", ""));
      cards.add(new Card("CUNIT" + axis, "deg", ""));
      cards.add(new Card("CRPIX" + axis, (grid.size() + 1) / 2.0, "the image's centre"));
      cards.add(new Card("CRVAL" + axis, first ? ra : dec, ""));
      cards.add(new Card("CDELT" + axis, first ? -degrees : degrees, ""));
    }
    return cards;
  }

  private static List<Card> common(SkyGrid grid) {
    List<Card> cards = new ArrayList<>();
    cards.add(new Card("BUNIT", "erg s-1 cm-2", "bolometric, per area at the cluster"));
    cards.add(new Card("PIXKPC", grid.pixel(), "[kpc] side of a pixel"));
    return cards;
  }
}
