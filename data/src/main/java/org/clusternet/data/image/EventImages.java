package org.clusternet.data.image;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import nom.tam.fits.Header;
import org.clusternet.data.DataException;
import org.clusternet.data.event.EventCounts;
import org.clusternet.data.event.EventGrid;
import org.clusternet.data.event.EventGrid.Limits;
import org.clusternet.data.event.EventListFile;
import org.clusternet.data.event.EventSelection;

/**
 * Makes an image of counts of an event list, which then is an image like any other.
 *
 * <p>The image covers the whole range of the columns X and Y. Unless a bin is asked for, its pixels
 * are the smallest whole number of the table's own that makes at most {@value #SIDE} pixels a side:
 * 2 arcsec for ACIS, 1.3 for EPIC, 4 for the PSPC.
 */
final class EventImages {
  private static final int SIDE = 2048;
  private static final double WHOLE = 1e-6;

  /** Keywords of a table that say nothing about its image: its shape, columns, subspace, sums. */
  private static final Pattern TABLE_ONLY =
      Pattern.compile(
          "XTENSION|BITPIX|NAXIS.*|PCOUNT|GCOUNT|TFIELDS|THEAP|CHECKSUM|DATASUM"
              + "|T(TYPE|FORM|UNIT|SCAL|ZERO|NULL|DISP|DIM|LMIN|LMAX|DMIN|DMAX|ALEN|CTYP|CUNI|CRVL"
              + "|CRPX|CDLT|CROT|CNA|V|PV|PC|P|CD|C)\\d.*|\\d*DS(TYP|VAL|REF|FORM|UNIT)\\d+"
              + "|M(TYPE|FORM)\\d+|REF[XY].*|LON?P\\d+|LATP\\d+|EQUI\\d+|RADE\\d+"
              + "|C(TYPE|UNIT|RVAL|RPIX|DELT|ROTA)\\d+|CD\\d_\\d|PC\\d_\\d|PC00\\d00\\d|PV\\d_\\d+"
              + "|LT[MV].*|BSCALE|BZERO|BLANK|BUNIT|ZIMAGE");

  private EventImages() {}

  /**
   * Makes an image of a file's event list.
   *
   * @param file FITS file, which may be compressed
   * @param opener opens its uncompressed bytes
   * @param wanted number of the table's HDU; empty for the first event list
   * @param selection which events are counted, and the bin
   * @param notes receives what was chosen and how far it is, a line each
   * @return counts, with the keywords of the table; empty if the file has no event list
   * @throws DataException if the file is damaged, or the selection needs what it does not have
   */
  static Optional<SourceImage> read(
      Path file,
      EventListFile.Opener opener,
      OptionalInt wanted,
      EventSelection selection,
      Consumer<String> notes) {
    return EventListFile.find(file, opener, wanted).map(events -> image(events, selection, notes));
  }

  private static SourceImage image(
      EventListFile events, EventSelection selection, Consumer<String> notes) {
    if (events.rows() == 0) {
      throw new DataException(events.name() + ": has no events (NAXIS2=0); take another file");
    }
    EventGrid grid =
        selection.grid().isPresent()
            ? MapGrid.of(events, selection.grid().get(), selection.bin())
            : grid(events, selection.bin());
    EventCounts counts = events.count(grid, selection, notes);
    FitsKeywords keywords = keywords(events, grid);
    String scale =
        SkyFrame.of(keywords)
            .map(frame -> " (%.2f arcsec)".formatted(frame.arcsecPerPixel()))
            .orElse(" (no celestial coordinates)");
    notes.accept(
        "%s: %s; %d x %d pixels, bin=%s%s"
            .formatted(
                events.describe(), counts.note(), grid.width(), grid.height(), grid.binX(), scale));
    return new SourceImage(new Image(grid.width(), grid.height(), counts.pixels()), keywords);
  }

  private static EventGrid grid(EventListFile events, OptionalDouble wanted) {
    Limits limits = events.limits();
    double step = limits.step();
    double unit = step > 0 ? step : 1;
    double bin = wanted.orElse(unit * Math.max(1, Math.ceil(limits.side() / unit / SIDE - WHOLE)));
    double multiple = bin / unit;
    if (step > 0 && Math.abs(multiple - Math.rint(multiple)) > WHOLE * multiple) {
      throw new DataException(
          "%s: bin=%s is no whole multiple of the step %s of its whole-number X and Y, which would leave stripes; choose bin=%s"
              .formatted(events.name(), bin, step, unit * Math.max(1, Math.rint(multiple))));
    }
    try {
      return EventGrid.over(limits, bin);
    } catch (IllegalArgumentException e) {
      throw new DataException(events.name() + ": " + e.getMessage(), e);
    }
  }

  private static FitsKeywords keywords(EventListFile events, EventGrid grid) {
    Map<String, Object> values = new LinkedHashMap<>(events.coordinates(grid));
    for (Header header : List.of(events.header(), events.primary())) {
      FitsKeywords.of(header)
          .values()
          .forEach(
              (key, value) -> {
                if (!TABLE_ONLY.matcher(key).matches()) {
                  values.putIfAbsent(key, value);
                }
              });
    }
    values.put("BUNIT", "count");
    // X and Y are the physical coordinates in which CIAO's region files are.
    values.put("LTM1_1", 1 / grid.binX());
    values.put("LTM2_2", 1 / grid.binY());
    values.put("LTV1", 0.5 - grid.lowX() / grid.binX());
    values.put("LTV2", 0.5 - grid.lowY() / grid.binY());
    return new FitsKeywords(values);
  }
}
