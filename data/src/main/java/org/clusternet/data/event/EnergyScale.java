package org.clusternet.data.event;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clusternet.data.DataException;
import org.clusternet.data.event.EventBand.Unit;

/**
 * The column that tells a photon's energy, and its unit.
 *
 * <p>ENERGY is in the unit of its TUNIT, in eV without one (as Chandra writes it). PI is in the
 * unit of its TUNIT if that is an energy, else in the channels of the telescope, as its calibration
 * defines them: Chandra ACIS 14.6 eV, counted from 1 (CIAO); XMM-Newton EPIC 1 eV (SAS); eROSITA 1
 * eV (eSASS); ROSAT PSPC 10 eV; Swift XRT 10 eV; Suzaku XIS 3.65 eV; NuSTAR 40 eV from 1.6 keV.
 * Where no unit is known, a band in keV is refused: a wrong band is worse than an error.
 *
 * @param column the column; empty if every event is counted
 * @param low least value of the column that is counted
 * @param high greatest value of the column that is counted
 * @param note the band, the column and the unit, for the log
 */
record EnergyScale(Optional<TableColumn> column, double low, double high, String note) {
  /** The bands that are taken unless another is asked for, in words. */
  static final String DEFAULTS =
      "0.5-7 keV; eROSITA 0.5-2.3 keV, ROSAT 0.5-2 keV, where their mirrors collect";

  private static final EventBand WIDE = new EventBand(0.5, 7, Unit.KEV);
  private static final EventBand EROSITA = new EventBand(0.5, 2.3, Unit.KEV);
  private static final EventBand ROSAT = new EventBand(0.5, 2, Unit.KEV);

  /** Channels of a telescope: the energy of the middle of channel c is first + c * width, in eV. */
  private record Channels(String telescope, String instrument, double first, double width) {}

  private static final List<Channels> CHANNELS =
      List.of(
          new Channels("CHANDRA", "ACIS", -7.3, 14.6),
          new Channels("XMM", "E", 0, 1),
          new Channels("SRG", "", 0, 1),
          new Channels("EROSITA", "", 0, 1),
          new Channels("ROSAT", "PSPC", 0, 10),
          new Channels("SWIFT", "XRT", 0, 10),
          new Channels("SUZAKU", "XIS", 0, 3.65),
          new Channels("NUSTAR", "", 1600, 40));

  /**
   * The column and its limits for a band.
   *
   * @param columns columns of the event table
   * @param instrument telescope and instrument
   * @param wanted the band; empty for the telescope's default
   * @param table the table's name, for messages
   * @throws DataException if there is no such column, or its unit is not known
   */
  static EnergyScale of(
      List<TableColumn> columns, Instrument instrument, Optional<EventBand> wanted, String table) {
    EventBand band = wanted.orElse(standard(instrument));
    Optional<TableColumn> energy = TableColumn.find(columns, "ENERGY");
    Optional<TableColumn> pi = TableColumn.find(columns, "PI");
    if (band.equals(EventBand.ALL)) {
      return new EnergyScale(Optional.empty(), 0, 0, "all energies");
    }
    if (band.unit() == Unit.CHANNEL) {
      TableColumn column =
          pi.orElseThrow(() -> new DataException(table + ": has no column PI; give the energy"));
      return new EnergyScale(
          Optional.of(column.requireNumber(table)), band.low(), band.high(), band + " of PI");
    }
    boolean blind = instrument.is("CHANDRA", "HRC") || instrument.is("ROSAT", "HRI");
    if (wanted.isEmpty() && (blind || (energy.isEmpty() && pi.isEmpty()))) {
      return new EnergyScale(
          Optional.empty(), 0, 0, "all energies (there is no column of energies)");
    }
    if (energy.isPresent()) {
      return inEnergy(energy.get().requireNumber(table), band, table);
    }
    TableColumn column =
        pi.orElseThrow(
            () ->
                new DataException(
                    table
                        + ": has no column ENERGY or PI, so the band "
                        + band
                        + " cannot be chosen; give --energy all"));
    return inChannels(column.requireNumber(table), band, instrument, table);
  }

  private static EventBand standard(Instrument instrument) {
    boolean erosita = instrument.is("SRG", "") || instrument.is("EROSITA", "");
    return instrument.is("ROSAT", "") ? ROSAT : erosita ? EROSITA : WIDE;
  }

  private static EnergyScale inEnergy(TableColumn column, EventBand band, String table) {
    double unit =
        column.unit().isEmpty()
            ? 1000
            : perKev(column)
                .orElseThrow(
                    () ->
                        new DataException(
                            "%s: column %s has TUNIT%d=%s, which is not eV or keV; give --energy all"
                                .formatted(table, column.name(), column.number(), column.unit())));
    String told = unit == 1 ? "keV" : column.unit().isEmpty() ? "eV, assumed" : "eV";
    return scaled(column, band, 0, unit, told);
  }

  private static EnergyScale inChannels(
      TableColumn column, EventBand band, Instrument instrument, String table) {
    OptionalDouble unit = perKev(column);
    if (unit.isPresent()) {
      return scaled(column, band, 0, unit.getAsDouble(), unit.getAsDouble() == 1 ? "keV" : "eV");
    }
    for (Channels c : CHANNELS) {
      if (instrument.is(c.telescope, c.instrument)) {
        String told = "channels of " + c.width + " eV";
        return scaled(column, band, -c.first / c.width, 1000 / c.width, told);
      }
    }
    throw new DataException(
        "%s: the unit of column %s (TUNIT%d=%s) is not known for TELESCOP=%s INSTRUME=%s, so the band %s cannot be chosen; give the channels with --pi, or --energy all"
            .formatted(
                table,
                column.name(),
                column.number(),
                column.unit(),
                instrument.telescope(),
                instrument.name(),
                band));
  }

  private static OptionalDouble perKev(TableColumn column) {
    return switch (column.unit().toLowerCase(Locale.ROOT)) {
      case "ev" -> OptionalDouble.of(1000);
      case "kev" -> OptionalDouble.of(1);
      default -> OptionalDouble.empty();
    };
  }

  private static EnergyScale scaled(
      TableColumn column, EventBand band, double zero, double perKev, String unit) {
    return new EnergyScale(
        Optional.of(column),
        zero + band.low() * perKev,
        zero + band.high() * perKev,
        band + " by " + column.name() + " (" + unit + ")");
  }
}
