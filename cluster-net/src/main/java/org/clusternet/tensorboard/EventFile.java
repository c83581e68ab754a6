package org.clusternet.tensorboard;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import org.clusternet.data.DataException;

/**
 * An event file for TensorBoard: scalars by step, which can be viewed during the run. It grows in
 * place, unlike all other files of a run; each record has checksums, and readers wait at an
 * incomplete record.
 *
 * <pre>
 * record | length u64 | masked CRC-32C of it u32 | Event, length bytes | masked CRC-32C of it u32 |
 *        little-endian; masked: (crc rotated right by 15) + 0xa282ead8
 *
 * Event  1 wall_time double, 2 step int64, 3 file_version string, 5 summary, 7 session_log
 * summary { 1 value { 1 tag string, 2 simple_value float } }    session_log { 1 status, START = 1 }
 * </pre>
 *
 * <p>Sources: TensorFlow's {@code core/lib/io/record_writer.h}, {@code core/lib/hash/crc32c.h},
 * {@code core/util/event.proto} and {@code core/framework/summary.proto}.
 */
public final class EventFile implements AutoCloseable {
  private static final String VERSION = "brain.Event:2";
  private static final int MASK = 0xa282ead8;
  private static final int ROTATION = 15;
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;
  private static final long SESSION_START = 1;
  private static final AtomicInteger SEQUENCE = new AtomicInteger();

  private final Path path;
  private final OutputStream out;

  private EventFile(Path path, OutputStream out) {
    this.path = path;
    this.out = out;
  }

  /**
   * Begins a file.
   *
   * @param folder the folder, created if needed; it may hold files of earlier sessions of the run
   * @param step first step of this session: TensorBoard then discards this and later steps of
   *     earlier files
   * @throws DataException if it cannot be written
   */
  public static EventFile create(Path folder, long step) {
    Path path =
        folder.resolve(
            "events.out.tfevents.%010d.cluster-net.%d.%d"
                .formatted(
                    System.currentTimeMillis() / 1000,
                    ProcessHandle.current().pid(),
                    SEQUENCE.incrementAndGet()));
    try {
      Files.createDirectories(folder);
      OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(path, StandardOpenOption.CREATE_NEW));
      EventFile file = new EventFile(path, out);
      file.write(event().add(FILE_VERSION, VERSION));
      ProtoMessage start = new ProtoMessage().add(1, SESSION_START);
      file.write(event().add(STEP, step).add(SESSION_LOG, start));
      file.flush();
      return file;
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /**
   * Adds scalars of a step.
   *
   * @param step number of the step, counted over all epochs
   * @param values scalars by tag, such as {@code train/loss}; NaN are left out
   * @throws DataException if they cannot be written
   */
  public void add(long step, Map<String, Double> values) {
    ProtoMessage summary = new ProtoMessage();
    values.forEach(
        (tag, value) -> {
          if (!Double.isNaN(value)) {
            summary.add(1, new ProtoMessage().add(1, tag).add(2, (float) (double) value));
          }
        });
    write(event().add(STEP, step).add(SUMMARY, summary));
  }

  private static ProtoMessage event() {
    return new ProtoMessage().add(WALL_TIME, System.currentTimeMillis() / 1000.0);
  }

  private void write(ProtoMessage event) {
    byte[] data = event.toBytes();
    byte[] length = little(Long.BYTES).putLong(data.length).array();
    try {
      out.write(length);
      out.write(little(Integer.BYTES).putInt(maskedCrc(length)).array());
      out.write(data);
      out.write(little(Integer.BYTES).putInt(maskedCrc(data)).array());
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private static int maskedCrc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), ROTATION) + MASK;
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Makes the added scalars visible to readers.
   *
   * @throws DataException if it cannot be written
   */
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private static DataException unwritable(Path path, IOException e) {
    return new DataException(path + ": cannot be written: " + e, e);
  }
}
