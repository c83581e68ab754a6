package org.clusternet.data.event;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.clusternet.data.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Counts events in pixels: first the band, then the good times, then the place.
 *
 * <p>Each test is a pass over one column of a chunk that shortens the list of rows still in
 * question; columns are decoded only where a test needs them.
 */
final class EventCounter implements RowReader.Sink {
  private final EventTable table;
  private final EventGrid grid;
  private final EnergyScale energy;
  private final GoodTimes times;
  private final @Nullable TableColumn time;
  private final @Nullable TableColumn ccd;
  private final @Nullable TimeIntervals[] perCcd;
  private final double[] pixels;
  private final double[] values;
  private final double[] others;
  private final boolean[] kept;
  private long inBand;
  private long inTime;
  private long counted;

  EventCounter(EventTable table, EventGrid grid, EnergyScale energy, GoodTimes times) {
    this.table = table;
    this.grid = grid;
    this.energy = energy;
    this.times = times;
    this.time = times.restricts() ? table.number("TIME") : null;
    this.perCcd = times.perCcd();
    this.ccd = perCcd.length > 0 ? GoodTimes.ccdColumn(table.columns()).orElse(null) : null;
    this.pixels = new double[grid.width() * grid.height()];
    int rows = RowReader.chunkRows(table.rowBytes());
    this.values = new double[rows];
    this.others = new double[rows];
    this.kept = new boolean[rows];
  }

  @Override
  public void take(ByteBuffer rows, int count) {
    Arrays.fill(kept, true);
    energy.column().ifPresent(column -> keepBand(column, rows, count));
    for (int i = 0; i < count; i++) {
      inBand += kept[i] ? 1 : 0;
    }
    if (time != null) {
      keepGoodTimes(time, rows, count);
    }
    place(rows, count);
  }

  private void keepBand(TableColumn column, ByteBuffer rows, int count) {
    column.read(rows, table.rowBytes(), count, values);
    for (int i = 0; i < count; i++) {
      kept[i] = values[i] >= energy.low() && values[i] <= energy.high();
    }
  }

  private void keepGoodTimes(TableColumn clock, ByteBuffer rows, int count) {
    clock.read(rows, table.rowBytes(), count, values);
    Optional<TimeIntervals> all = times.all();
    if (all.isPresent()) {
      TimeIntervals intervals = all.get();
      for (int i = 0; i < count; i++) {
        kept[i] = kept[i] && intervals.contains(values[i]);
      }
    }
    if (ccd != null) {
      ccd.read(rows, table.rowBytes(), count, others);
      for (int i = 0; i < count; i++) {
        TimeIntervals own =
            others[i] >= 0 && others[i] < perCcd.length ? perCcd[(int) others[i]] : null;
        kept[i] = kept[i] && own != null && own.contains(values[i]);
      }
    }
  }

  private void place(ByteBuffer rows, int count) {
    table.x().read(rows, table.rowBytes(), count, values);
    table.y().read(rows, table.rowBytes(), count, others);
    int width = grid.width();
    int height = grid.height();
    for (int i = 0; i < count; i++) {
      if (kept[i]) {
        inTime++;
        double x = (values[i] - grid.lowX()) / grid.binX();
        double y = (others[i] - grid.lowY()) / grid.binY();
        if (x >= 0 && x < width && y >= 0 && y < height) {
          int row = (int) y;
          int column = (int) x;
          pixels[row * width + column]++;
          counted++;
        }
      }
    }
  }

  /**
   * The counts.
   *
   * @throws DataException if there are none
   */
  EventCounts result() {
    String selected =
        "%,d events; %s: %,d; %s: %,d; in the image: %,d"
            .formatted(table.rows(), energy.note(), inBand, times.note(), inTime, counted);
    if (counted == 0) {
      throw new DataException(
          table.name()
              + ": no event remains: "
              + selected
              + "; choose another band, bin or file, or --no-gti");
    }
    return new EventCounts(pixels, counted, selected);
  }
}
