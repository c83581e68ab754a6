package org.clusternet.data.event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nom.tam.fits.Header;

/**
 * The world coordinates of two columns of a table (FITS Standard 4.0, table 22: TCTYPn, TCRVLn,
 * TCRPXn, TCDLTn, TCUNIn, TPCn_k, TCDn_k, TCROTn, LONPn, LATPn) as those of an image of the binned
 * columns. Where the columns have none, the keywords of an image that XMM-Newton's and eROSITA's
 * software writes beside them are taken: REFXCTYP, REFXCRVL, REFXCRPX, REFXCDLT, REFXCUNI, and
 * likewise REFY.
 *
 * <p>The reference point moves with the pixels, and the increments grow by the bin; nothing else
 * changes. A value v of a column lies at the pixel (v - low) / bin + 0.5, counted from 1 at the
 * centre of the first.
 */
final class TableCoordinates {
  private static final List<String> FORMS = List.of("TCTYP", "TCUNI", "TCRVL", "TCRPX", "TCDLT");
  private static final List<String> REFERENCE = List.of("CTYP", "CUNI", "CRVL", "CRPX", "CDLT");
  private static final String CELESTIAL = "(RA|DEC|[GESH]LON|[GESH]LAT|..L[NT])-.*|RA|DEC";

  private TableCoordinates() {}

  /** The keywords of the image; empty if the columns have no celestial coordinates. */
  static Map<String, Object> of(Header header, TableColumn x, TableColumn y, EventGrid grid) {
    Map<String, Object> keywords = new LinkedHashMap<>();
    int[] numbers = {x.number(), y.number()};
    boolean own = true;
    boolean reference = true;
    for (int axis = 1; axis <= 2; axis++) {
      own &= celestial(header, key(true, numbers, axis, 0));
      reference &= celestial(header, key(false, numbers, axis, 0));
    }
    if (!own && !reference) {
      return keywords;
    }
    double[] low = {grid.lowX(), grid.lowY()};
    double[] bin = {grid.binX(), grid.binY()};
    for (int axis = 1; axis <= 2; axis++) {
      String unit = TableColumn.text(header, key(own, numbers, axis, 1));
      double point = TableColumn.number(header, key(own, numbers, axis, 3)).orElse(0);
      keywords.put("CTYPE" + axis, TableColumn.text(header, key(own, numbers, axis, 0)));
      keywords.put("CUNIT" + axis, unit.isEmpty() ? "deg" : unit);
      keywords.put(
          "CRVAL" + axis, TableColumn.number(header, key(own, numbers, axis, 2)).orElse(0));
      keywords.put("CRPIX" + axis, (point - low[axis - 1]) / bin[axis - 1] + 0.5);
    }
    if (!own || !matrix(header, numbers, bin, keywords)) {
      for (int axis = 1; axis <= 2; axis++) {
        double step = TableColumn.number(header, key(own, numbers, axis, 4)).orElse(1);
        keywords.put("CDELT" + axis, step * bin[axis - 1]);
      }
      TableColumn.number(header, own ? "TCROT" + numbers[1] : "REFYCROT")
          .ifPresent(angle -> keywords.put("CROTA2", angle));
    }
    poles(header, numbers, own, keywords);
    return keywords;
  }

  private static String key(boolean own, int[] numbers, int axis, int which) {
    return own
        ? FORMS.get(which) + numbers[axis - 1]
        : "REF" + "XY".charAt(axis - 1) + REFERENCE.get(which);
  }

  private static boolean celestial(Header header, String key) {
    return TableColumn.text(header, key).toUpperCase(Locale.ROOT).matches(CELESTIAL);
  }

  /** Writes the CD matrix where the table has a matrix; false if it has none. */
  private static boolean matrix(
      Header header, int[] numbers, double[] bin, Map<String, Object> keywords) {
    double[] cd = new double[4];
    boolean found = false;
    for (String form : List.of("TCD", "TC", "TPC", "TP")) {
      boolean pc = form.startsWith("TP");
      for (int i = 0; i < 4 && !found; i++) {
        found = header.containsKey(form + numbers[i / 2] + "_" + numbers[i % 2]);
      }
      for (int i = 0; i < 4 && found; i++) {
        double step = pc ? TableColumn.number(header, "TCDLT" + numbers[i / 2]).orElse(1) : 1;
        String key = form + numbers[i / 2] + "_" + numbers[i % 2];
        double standard = pc && i % 3 == 0 ? 1 : 0;
        cd[i] = step * TableColumn.number(header, key).orElse(standard);
      }
      if (found) {
        break;
      }
    }
    for (int i = 0; i < 4 && found; i++) {
      keywords.put("CD" + (i / 2 + 1) + "_" + (i % 2 + 1), cd[i] * bin[i % 2]);
    }
    return found;
  }

  private static void poles(
      Header header, int[] numbers, boolean own, Map<String, Object> keywords) {
    for (int n : own ? numbers : new int[0]) {
      TableColumn.number(header, "LONP" + n).ifPresent(v -> keywords.putIfAbsent("LONPOLE", v));
      TableColumn.number(header, "LATP" + n).ifPresent(v -> keywords.putIfAbsent("LATPOLE", v));
      TableColumn.number(header, "EQUI" + n).ifPresent(v -> keywords.putIfAbsent("EQUINOX", v));
      String system = TableColumn.text(header, "RADE" + n);
      if (!system.isEmpty()) {
        keywords.putIfAbsent("RADESYS", system);
      }
    }
    for (int axis = 1; axis <= 2 && own; axis++) {
      for (int m = 0; m <= 30; m++) {
        String name = axis + "_" + m;
        for (String form : List.of("TPV", "TV", "TV")) {
          TableColumn.number(header, form + numbers[axis - 1] + "_" + m)
              .ifPresent(v -> keywords.putIfAbsent("PV" + name, v));
        }
      }
    }
  }
}
