package org.clusternet.data.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nom.tam.fits.Header;
import org.jspecify.annotations.Nullable;

/**
 * The good time intervals that apply to the events of a file, for all events or CCD by CCD.
 *
 * <p>Which table belongs to which CCD is told, in this order, by the data subspace of the events'
 * header (Chandra and XMM-Newton: DSTYPn = TIME, DSREFn = ':GTI7', beside DSTYPm = CCD_ID, DSVALm =
 * '7:7', with a component's number in front: 2DSREF1), or by the number in the table's name
 * (STDGTI03 of XMM-Newton, GTI3 of eROSITA). Events of a CCD that has no table are not counted
 * where others have one. A table without a number applies to all events.
 *
 * @param byCcd intervals of each CCD; empty if they apply to all
 * @param all intervals for every event, if there are any
 * @param note the tables and what they cover, for the log
 */
record GoodTimes(Map<Integer, TimeIntervals> byCcd, Optional<TimeIntervals> all, String note) {
  /** No restriction. */
  static final GoodTimes NONE = new GoodTimes(Map.of(), Optional.empty(), "all times");

  private static final List<String> CCD_COLUMNS = List.of("CCD_ID", "CCDNR", "TM_NR");
  private static final Pattern NUMBERED = Pattern.compile("(?:STD)?GTI0?([0-9]{1,2})");
  private static final Pattern REFERENCE = Pattern.compile("([0-9]*)DSREF([0-9]+)");
  private static final Pattern RANGE = Pattern.compile("([0-9]+)(?::([0-9]+))?");
  private static final int MOST_CCDS = 100;

  /**
   * A table of intervals.
   *
   * @param names EXTNAME and HDUNAME, in upper case
   * @param intervals start and stop of each
   */
  record Table(List<String> names, double[][] intervals) {
    private Optional<Integer> ccd() {
      return names.stream()
          .map(NUMBERED::matcher)
          .filter(Matcher::matches)
          .map(m -> Integer.valueOf(m.group(1)))
          .findFirst();
    }
  }

  /** The column that tells the CCD (or the telescope module) of an event. */
  static Optional<TableColumn> ccdColumn(List<TableColumn> columns) {
    return CCD_COLUMNS.stream()
        .flatMap(name -> TableColumn.find(columns, name).stream())
        .filter(c -> c.repeat() == 1 && c.isInteger())
        .findFirst();
  }

  /** Assigns the tables of a file to its events. */
  static GoodTimes of(List<Table> tables, Header events, boolean ccdKnown) {
    if (tables.isEmpty()) {
      return NONE;
    }
    Map<Integer, List<double[]>> byCcd = new TreeMap<>();
    List<double[]> common = new ArrayList<>();
    if (ccdKnown) {
      Map<String, Table> named = new HashMap<>();
      tables.forEach(t -> t.names.forEach(name -> named.putIfAbsent(name, t)));
      bySubspace(named, events, byCcd);
    }
    for (Table table : byCcd.isEmpty() ? tables : List.<Table>of()) {
      Optional<Integer> ccd = ccdKnown ? table.ccd() : Optional.empty();
      List<double[]> target =
          ccd.isPresent() ? byCcd.computeIfAbsent(ccd.get(), c -> new ArrayList<>()) : common;
      target.addAll(List.of(table.intervals));
    }
    boolean anyCommon = !common.isEmpty() || byCcd.isEmpty();
    Map<Integer, TimeIntervals> each = new TreeMap<>();
    byCcd.forEach((ccd, list) -> each.put(ccd, union(list)));
    Optional<TimeIntervals> all = anyCommon ? Optional.of(union(common)) : Optional.empty();
    return new GoodTimes(each, all, note(tables, each, all));
  }

  private static TimeIntervals union(List<double[]> list) {
    return TimeIntervals.union(list.toArray(double[][]::new));
  }

  private static String note(
      List<Table> tables, Map<Integer, TimeIntervals> byCcd, Optional<TimeIntervals> all) {
    String names = tables.get(0).names.get(0) + (tables.size() > 1 ? " and others" : "");
    double longest =
        byCcd.values().stream()
            .mapToDouble(TimeIntervals::total)
            .max()
            .orElseGet(() -> all.map(TimeIntervals::total).orElse(0.0));
    String each = byCcd.isEmpty() ? "" : " (each of CCDs=" + byCcd.size() + " by its own)";
    return "good times of %s: %.0f s%s".formatted(names, longest, each);
  }

  private static void bySubspace(
      Map<String, Table> named, Header events, Map<Integer, List<double[]>> byCcd) {
    Map<String, String> cards = new TreeMap<>();
    events
        .iterator()
        .forEachRemaining(
            card -> {
              if (card.getKey().contains("DS") && card.getValue() != null) {
                cards.put(card.getKey(), card.getValue().strip());
              }
            });
    cards.forEach(
        (key, value) -> {
          Matcher matcher = REFERENCE.matcher(key);
          Table table = named.get(value.replaceFirst("^.*:", "").toUpperCase(Locale.ROOT));
          if (matcher.matches() && table != null) {
            for (int ccd : ccds(cards, matcher.group(1))) {
              byCcd.computeIfAbsent(ccd, c -> new ArrayList<>()).addAll(List.of(table.intervals));
            }
          }
        });
  }

  /** The CCDs of a component of the data subspace. */
  private static List<Integer> ccds(Map<String, String> cards, String component) {
    List<Integer> ccds = new ArrayList<>();
    cards.forEach(
        (key, value) -> {
          if (key.matches("DSTYP[0-9]+") && CCD_COLUMNS.contains(value.toUpperCase(Locale.ROOT))) {
            String number = key.substring("DSTYP".length());
            String first = cards.getOrDefault("DSVAL" + number, "");
            Matcher range = RANGE.matcher(cards.getOrDefault(component + "DSVAL" + number, first));
            while (range.find()) {
              int low = Integer.parseInt(range.group(1));
              int high = range.group(2) == null ? low : Integer.parseInt(range.group(2));
              for (int ccd = low; ccd <= Math.min(high, low + MOST_CCDS); ccd++) {
                ccds.add(ccd);
              }
            }
          }
        });
    return ccds;
  }

  /** Whether any event may be left out. */
  boolean restricts() {
    return all.isPresent() || !byCcd.isEmpty();
  }

  /** The intervals by number of the CCD, null for a CCD without; empty if they apply to all. */
  @Nullable TimeIntervals[] perCcd() {
    int last = byCcd.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1);
    @Nullable TimeIntervals[] each = new TimeIntervals[last + 1];
    byCcd.forEach((ccd, intervals) -> each[ccd] = intervals);
    return each;
  }
}
