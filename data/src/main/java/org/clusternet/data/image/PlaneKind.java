package org.clusternet.data.image;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nom.tam.fits.Header;

/**
 * Tells a science image from the planes that pipelines write beside it: masks, data quality,
 * errors, weights, point spread functions, exposures, backgrounds.
 *
 * <p>No keyword says so alone. Names are those of EXTNAME as HST, JWST, Chandra, XMM-Newton,
 * eROSITA, ESO and Astropy's CCDData use them; HDUCLAS1 to 4 are of OGIP (memo R8) and of ESO's
 * data interface; CONTENT is a convention of X-ray pipelines; the unit of an exposure map is a
 * time, with an area or without. A name such as BKG_SUB or EXPOSURE_CORRECTED is one of science.
 * The constants are in order of preference, the best last.
 */
enum PlaneKind {
  /** A plane that describes another image. */
  AUXILIARY,
  /** An image extension with nothing against it. */
  UNNAMED,
  /** The image of the primary HDU. */
  PRIMARY,
  /** An image that is called one of science. */
  SCIENCE;

  private static final List<String> KEYS =
      List.of(
          "EXTNAME",
          "HDUNAME",
          "HDUCLAS1",
          "HDUCLAS2",
          "HDUCLAS3",
          "HDUCLAS4",
          "CONTENT",
          "IMAGETYP");
  private static final Pattern SCIENTIFIC = Pattern.compile("SCI|SCIENCE");
  private static final String MASKS =
      "DQ|MASK|MSK|BPM|BAD|BADPIX|BADPIXELS?|FLAG|QUAL|QUALITY|SEGM|SEGMENTATION|CONF|CONFIDENCE";
  private static final String ERRORS =
      "ERR|ERROR|UNC|UNCERT|UNCERTAINTY|UNCERTAINTIES|SIGMA|STD|STDEV|STDDEV|RMS|NOISE|VAR|VARIANCE"
          + "|IVAR|INVVAR|MSE|RMSE|INVMSE|INVRMSE";
  private static final String WEIGHTS =
      "WHT|WGT|WEIGHT|IVM|CON|CTX|CONTEXT|COV|COVERAGE|HITS?|NHITS?|NEXP|NOBS";
  private static final String RESPONSES =
      "PSF|PRF|BEAM|KERNEL|FLAT|DARK|BIAS|EFFAREA|VIGN|VIGNET|VIGNETTING|SENSITIVITY|INST";
  private static final String EXPOSURES = "EXP|EXPO|EXPOS|EXPOSURE|EXPTIME|LIVETIME|TIME";
  private static final String BACKGROUNDS = "BG|BGD|BKG|BKGD|BCKG|BACK|BACKGRD|BACKGROUND";
  private static final String DERIVED =
      "MODEL|RESID|RESIDUAL|SNR|SIGNIF|SIGNIFICANCE|THUMB|THUMBNAIL|PREVIEW";
  private static final Pattern DESCRIPTIVE =
      Pattern.compile(
          "(%s|%s|%s|%s|%s|%s|%s)(MAP|IMG|IMAGE|ARRAY|ARR|PLANE|DATA|MODEL)?S?"
                  .formatted(MASKS, ERRORS, WEIGHTS, RESPONSES, EXPOSURES, BACKGROUNDS, DERIVED)
              + "|.*(MASK|QUALITY|ERR|ERROR|VARIANCE|WEIGHT|EXPMAP|EXPOSURE|BKG|BACKGROUND|PSF)S?");
  private static final Pattern CORRECTED =
      Pattern.compile(
          ".*(SUB|SUBTRACTED|CORR|CORRECTED|NORM|NORMALI[SZ]ED|DIVIDED|FIELDED|CLEANED|FILLED|FREE)");
  private static final String TIME_OR_AREA = "(k?s(ec(ond)?s?)?|[cm]?m(\\*\\*|\\^)?2)";
  private static final Pattern EXPOSURE_UNIT =
      Pattern.compile("%s([ *.]+%s)*".formatted(TIME_OR_AREA, TIME_OR_AREA));

  /** The kind of an HDU with an image, which is, or was before it was compressed, the primary. */
  static PlaneKind of(Header header, boolean primary) {
    if (words(header, "EXTNAME").anyMatch(w -> SCIENTIFIC.matcher(w).matches())
        && words(header, "EXTNAME").noneMatch(w -> DESCRIPTIVE.matcher(w).matches())) {
      return SCIENCE;
    }
    if (KEYS.stream().anyMatch(key -> isDescriptive(header, key)) || isExposure(header)) {
      return AUXILIARY;
    }
    boolean esoData = words(header, "HDUCLAS2").anyMatch("DATA"::equals);
    return esoData ? SCIENCE : primary ? PRIMARY : UNNAMED;
  }

  private static boolean isDescriptive(Header header, String key) {
    return words(header, key).anyMatch(w -> DESCRIPTIVE.matcher(w).matches())
        && words(header, key).noneMatch(w -> CORRECTED.matcher(w).matches());
  }

  /** The words of a value in upper case, without the digits behind them. */
  private static Stream<String> words(Header header, String key) {
    String value = header.getStringValue(key);
    return value == null
        ? Stream.empty()
        : Pattern.compile("[^A-Z]+").splitAsStream(value.toUpperCase(Locale.ROOT));
  }

  private static boolean isExposure(Header header) {
    String unit = header.getStringValue("BUNIT");
    if (unit == null) {
      return false;
    }
    String plain =
        unit.toLowerCase(Locale.ROOT)
            .replaceAll("(counts?|ct) */ *(photons?|ph)", "")
            .replaceAll("^10\\*\\*-?\\d+", "")
            .strip();
    return EXPOSURE_UNIT.matcher(plain).matches();
  }
}
