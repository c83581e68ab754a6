package org.clusternet.data.event;

import java.nio.ByteBuffer;
import org.clusternet.data.DataException;
import org.clusternet.data.event.EventGrid.Limits;

/** The range of the events' X and Y, for tables whose header does not tell it. */
final class EventRange implements RowReader.Sink {
  private final EventTable table;
  private final double[] values;
  // X and Y: least, greatest.
  private final double[][] range = {
    {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY},
    {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}
  };

  EventRange(EventTable table) {
    this.table = table;
    this.values = new double[RowReader.chunkRows(table.rowBytes())];
  }

  @Override
  public void take(ByteBuffer rows, int count) {
    extend(table.x(), rows, count, range[0]);
    extend(table.y(), rows, count, range[1]);
  }

  private void extend(TableColumn column, ByteBuffer rows, int count, double[] limits) {
    column.read(rows, table.rowBytes(), count, values);
    for (int i = 0; i < count; i++) {
      if (Double.isFinite(values[i])) {
        limits[0] = Math.min(limits[0], values[i]);
        limits[1] = Math.max(limits[1], values[i]);
      }
    }
  }

  /** The range, from and to the edges of unit pixels around whole numbers. */
  Limits limits() {
    if (!(range[0][0] <= range[0][1] && range[1][0] <= range[1][1])) {
      throw new DataException(table.name() + ": no event has a position; take another file");
    }
    double step = Math.max(table.x().step(), table.y().step());
    double edge = step > 0 ? step : 1;
    return new Limits(
        low(range[0], edge), high(range[0], edge), low(range[1], edge), high(range[1], edge), step);
  }

  private static double low(double[] limits, double edge) {
    return (Math.ceil(limits[0] / edge - 0.5) - 0.5) * edge;
  }

  private static double high(double[] limits, double edge) {
    return (Math.floor(limits[1] / edge + 0.5) + 0.5) * edge;
  }
}
