package org.clusternet.data.image;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Distortions that headers add to a projection: SIP (Shupe et al. 2005), TPV and SCAMP's
 * polynomials under TAN, lookup tables (CPDISj, CQDISi) and photographic plates (AMDX1). They are
 * recognised, so that positions which ignore them are not given. One whose coefficients do nothing
 * is none.
 */
final class Distortion {
  private static final Pattern SIP = Pattern.compile("[AB]_\\d+_\\d+");
  private static final Pattern TABLE = Pattern.compile("(C[PQ]DIS|D[PQ])[12]");

  private Distortion() {}

  /** The name of the distortion, empty for none. */
  static String of(FitsKeywords keywords) {
    if (isSet(keywords, SIP)) {
      return "SIP";
    }
    if (keywords.values().keySet().stream().anyMatch(k -> TABLE.matcher(k).matches())) {
      return "CPDIS";
    }
    String type = keywords.text("CTYPE1").orElse("").toUpperCase(Locale.ROOT);
    boolean tpv = type.contains("-TPV");
    if ((tpv || type.contains("-TAN")) && isPolynomial(keywords, tpv)) {
      return tpv ? "TPV" : "PV under TAN";
    }
    return "";
  }

  private static boolean isSet(FitsKeywords keywords, Pattern key) {
    return keywords.values().entrySet().stream()
        .anyMatch(
            e ->
                key.matcher(e.getKey()).matches()
                    && e.getValue() instanceof Number number
                    && number.doubleValue() != 0);
  }

  private static boolean isPolynomial(FitsKeywords keywords, boolean tpv) {
    for (int axis = 1; axis <= 2; axis++) {
      // TAN has PV1_0 to PV1_4 of its own, which place the native sphere.
      for (int m = !tpv && axis == 1 ? 5 : 0; m < 40; m++) {
        double identity = m == 1 ? 1 : 0;
        double value = keywords.number("PV" + axis + "_" + m).orElse(identity);
        if (value != identity && !(m == 1 && value == 0 && !tpv)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The type of an axis without the names of distortions. */
  static String plain(String type) {
    return type.replaceFirst("-SIP$", "").replace("-TPV", "-TAN");
  }
}
