package org.clusternet.data.event;

import java.util.Locale;
import nom.tam.fits.Header;

/**
 * The telescope and the instrument of a file.
 *
 * @param telescope TELESCOP in upper case, empty if it is not given
 * @param name INSTRUME in upper case, empty if it is not given
 */
record Instrument(String telescope, String name) {
  /** From the header of a table, or else from that of the primary HDU. */
  static Instrument of(Header table, Header primary) {
    return new Instrument(text("TELESCOP", table, primary), text("INSTRUME", table, primary));
  }

  private static String text(String key, Header table, Header primary) {
    String own = TableColumn.text(table, key);
    String text = own.isEmpty() ? TableColumn.text(primary, key) : own;
    return text.toUpperCase(Locale.ROOT);
  }

  boolean is(String telescope, String instrument) {
    return this.telescope.startsWith(telescope) && name.startsWith(instrument);
  }
}
