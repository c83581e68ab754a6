package org.clusternet.data.event;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import nom.tam.fits.Header;
import nom.tam.fits.TruncatedFileException;
import nom.tam.util.FitsInputStream;
import org.clusternet.data.DataException;
import org.clusternet.data.event.EventGrid.Limits;
import org.jspecify.annotations.Nullable;

/**
 * A FITS file with an event list: finds the table and its good time intervals in one pass over the
 * headers, and counts the events in the pixels of an image in another.
 *
 * <p>Good time intervals usually follow the events, so a single pass would have to keep all of
 * them. The table is the first that is named EVENTS or STDEVT or says HDUCLAS1 = EVENTS, and has
 * columns X and Y; they are found by name, in any case.
 */
public final class EventListFile {
  /** Opens the file's uncompressed bytes from their beginning. */
  @FunctionalInterface
  public interface Opener {
    /** Opens a new stream; the caller closes it. */
    InputStream open() throws IOException;
  }

  private final Path file;
  private final Opener opener;
  private final OptionalInt wanted;
  private final List<GoodTimes.Table> goodTimes = new ArrayList<>();
  private @Nullable EventTable table;
  private @Nullable Header primary;

  private EventListFile(Path file, Opener opener, OptionalInt wanted) {
    this.file = file;
    this.opener = opener;
    this.wanted = wanted;
  }

  /**
   * Finds the event list of a file.
   *
   * @param file name of the file, for messages
   * @param opener opens its bytes
   * @param wanted number of the table's HDU; empty for the first event list
   * @return the file; empty if it has no event list
   * @throws DataException if it is damaged or its table cannot be used
   */
  public static Optional<EventListFile> find(Path file, Opener opener, OptionalInt wanted) {
    EventListFile events = new EventListFile(file, opener, wanted);
    try (FitsInputStream in = new FitsInputStream(opener.open())) {
      events.scan(in);
    } catch (IOException | TruncatedFileException e) {
      throw events.damaged(e);
    }
    return events.table == null ? Optional.empty() : Optional.of(events);
  }

  private void scan(FitsInputStream in) throws IOException, TruncatedFileException {
    for (int index = 0; ; index++) {
      Header header = EventTable.nextHeader(in);
      if (header == null) {
        return;
      }
      if (index == 0) {
        primary = header;
      }
      boolean chosen =
          wanted.isPresent() ? index == wanted.getAsInt() : EventTable.isEvents(header);
      long data = header.getDataSize();
      if (chosen && table == null && EventTable.hasPlaces(header)) {
        table = new EventTable(file, index, header);
      } else if (EventTable.isGoodTimes(header)) {
        data -= readGoodTimes(in, header, index);
      }
      in.skipAllBytes(data);
    }
  }

  /** Reads a table of good time intervals and returns the number of its bytes. */
  private long readGoodTimes(FitsInputStream in, Header header, int index) throws IOException {
    EventTable gti = new EventTable(file, index, header);
    TableColumn start = gti.number("START");
    TableColumn stop = gti.number("STOP");
    long bytes = gti.rows() * gti.rowBytes();
    if (bytes > 1 << 28) {
      throw new DataException(gti.name() + ": rows=" + gti.rows() + " are no good times");
    }
    ByteBuffer rows = ByteBuffer.wrap(in.readNBytes((int) bytes));
    if (rows.capacity() < bytes) {
      throw new EOFException();
    }
    int count = (int) gti.rows();
    double[] starts = new double[count];
    double[] stops = new double[count];
    start.read(rows, gti.rowBytes(), count, starts);
    stop.read(rows, gti.rowBytes(), count, stops);
    double[][] intervals = new double[count][];
    for (int i = 0; i < count; i++) {
      intervals[i] = new double[] {starts[i], stops[i]};
    }
    goodTimes.add(new GoodTimes.Table(EventTable.names(header), intervals));
    return bytes;
  }

  private EventTable table() {
    if (table == null) {
      throw new IllegalStateException("no event table");
    }
    return table;
  }

  /** The header of the event table. */
  public Header header() {
    return table().header();
  }

  /** The header of the primary HDU. */
  public Header primary() {
    return primary == null ? header() : primary;
  }

  /** The file and the table's HDU, for messages. */
  public String name() {
    return table().name();
  }

  /** The table's HDU, for the log. */
  public String describe() {
    return table().describe();
  }

  /**
   * Whether the header is that of a table of places X and Y, which can be binned.
   *
   * @param header header of an HDU
   */
  public static boolean isTableOfPlaces(Header header) {
    return EventTable.isTable(header) && EventTable.hasPlaces(header);
  }

  /**
   * Whether the header is that of an event list.
   *
   * @param header header of an HDU
   */
  public static boolean isEventList(Header header) {
    return EventTable.isEvents(header) && EventTable.hasPlaces(header);
  }

  /** Number of events before any selection. */
  public long rows() {
    return table().rows();
  }

  /**
   * The range of X and Y: TLMIN and TLMAX of the columns, else REFXLMIN and so on, else TALEN, else
   * the range of the events, found by reading them.
   *
   * @throws DataException if the file is damaged or no event has a position
   */
  public Limits limits() {
    return table()
        .limits()
        .orElseGet(
            () -> {
              EventRange range = new EventRange(table());
              read(range);
              return range.limits();
            });
  }

  /**
   * The world coordinates of an image.
   *
   * @param grid its pixels
   * @return keywords of FITS; empty if the columns have no celestial coordinates
   */
  public Map<String, Object> coordinates(EventGrid grid) {
    return TableCoordinates.of(header(), table().x(), table().y(), grid);
  }

  /**
   * Counts the events.
   *
   * @param grid the pixels
   * @param selection which events are counted
   * @param notes receives a line every few seconds on how many events have been read
   * @return the counts
   * @throws DataException if the file is damaged, the selection needs a column or a unit that is
   *     not there, or no event remains
   */
  public EventCounts count(EventGrid grid, EventSelection selection, Consumer<String> notes) {
    EventTable events = table();
    Instrument instrument = Instrument.of(header(), primary());
    EnergyScale energy =
        EnergyScale.of(events.columns(), instrument, selection.band(), events.name());
    GoodTimes times = selection.goodTimes() ? goodTimes() : GoodTimes.NONE;
    EventCounter counter = new EventCounter(events, grid, energy, times);
    read(new Announced(counter, rows(), notes));
    return counter.result();
  }

  private GoodTimes goodTimes() {
    boolean ccdKnown = GoodTimes.ccdColumn(table().columns()).isPresent();
    return GoodTimes.of(goodTimes, header(), ccdKnown);
  }

  private void read(RowReader.Sink sink) {
    try (FitsInputStream in = new FitsInputStream(opener.open())) {
      for (int i = 0; i < table().index(); i++) {
        Header header = EventTable.nextHeader(in);
        in.skipAllBytes(header == null ? 0 : header.getDataSize());
      }
      EventTable.nextHeader(in);
      RowReader.read(in, table(), sink);
    } catch (IOException | TruncatedFileException e) {
      throw damaged(e);
    }
  }

  private DataException damaged(Exception cause) {
    String what = table == null ? file.toString() : table.name();
    if (cause instanceof EOFException || cause instanceof TruncatedFileException) {
      return new DataException(what + ": truncated FITS file; copy or download it again", cause);
    }
    return new DataException(what + ": cannot be read: " + cause.getMessage(), cause);
  }

  /** Tells every few seconds how many events have been read. */
  private static final class Announced implements RowReader.Sink {
    private static final long EVERY = 5_000_000_000L;
    private final RowReader.Sink sink;
    private final long rows;
    private final Consumer<String> notes;
    private long done;
    private long last = System.nanoTime();

    Announced(RowReader.Sink sink, long rows, Consumer<String> notes) {
      this.sink = sink;
      this.rows = rows;
      this.notes = notes;
    }

    @Override
    public void take(ByteBuffer chunk, int count) {
      sink.take(chunk, count);
      done += count;
      long now = System.nanoTime();
      if (now - last > EVERY) {
        last = now;
        notes.accept("%,d of %,d events read".formatted(done, rows));
      }
    }
  }
}
