package org.clusternet.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.clusternet.config.ConfigFile;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.DataException;
import org.clusternet.nn.safetensors.SafetensorsFile;
import org.clusternet.nn.safetensors.SafetensorsWriter;
import org.clusternet.nn.safetensors.StoredTensor;
import org.clusternet.nn.safetensors.StoredType;
import org.clusternet.text.Json;
import org.clusternet.training.ModelSnapshot;
import org.clusternet.training.TrainingState;

/**
 * The state of a run during training as one file, from which the run continues as if it had not
 * been interrupted.
 *
 * <p>It is a safetensors file: the vectors of a {@link ModelSnapshot}, and the rest as JSON in an
 * array {@code header} of bytes. The format has no checksum, so the metadata hold the CRC-32C of
 * every array; names, types and extents, which have no checksum, are checked against the network.
 */
final class TrainingCheckpoint implements AutoCloseable {
  private static final int FORMAT = 1;
  private static final String HEADER = "header";
  private static final String CRC = "crc32c.";

  /**
   * Everything in a checkpoint but the model's numbers.
   *
   * @param format version of the file's format
   * @param version version of the program that wrote it
   * @param config settings of the run
   * @param dataHash hash of the images and folds, as in {@link Scores}
   * @param device description of the device, in one line
   * @param adamSteps number of updates that the optimiser has made
   * @param state position of the training loop
   */
  record Header(
      int format,
      String version,
      TrainingConfig config,
      String dataHash,
      String device,
      long adamSteps,
      TrainingState state) {

    static Header of(
        String version,
        TrainingConfig config,
        String dataHash,
        String device,
        long adamSteps,
        TrainingState state) {
      return new Header(FORMAT, version, config, dataHash, device, adamSteps, state);
    }
  }

  /** A file that is not a complete checkpoint; the message names the file and what is wrong. */
  static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private final SafetensorsFile file;
  private final Header header;
  private boolean closed;

  private TrainingCheckpoint(SafetensorsFile file, Header header) {
    this.file = file;
    this.header = header;
  }

  /**
   * Writes a checkpoint; the file is complete and on the disk when this returns.
   *
   * @throws DataException if it cannot be written; no file has changed then
   */
  static void write(Path path, Header header, Map<String, MemorySegment> arrays) {
    List<StoredTensor> tensors = new ArrayList<>();
    byte[] text = Json.write(header).getBytes(StandardCharsets.UTF_8);
    tensors.add(array(HEADER, StoredType.U8, MemorySegment.ofArray(text)));
    arrays.forEach((name, data) -> tensors.add(array(name, StoredType.F32, data)));
    Map<String, String> metadata = new LinkedHashMap<>();
    tensors.forEach(t -> metadata.put(CRC + t.key(), crc(t.data())));
    try {
      SafetensorsWriter.write(path, metadata, tensors);
    } catch (IOException e) {
      throw new DataException(
          "%s: the checkpoint cannot be written: %s; correct this, then continue with --resume"
              .formatted(path, e.getMessage() == null ? e.toString() : e.getMessage()),
          e);
    }
  }

  private static StoredTensor array(String key, StoredType type, MemorySegment data) {
    return new StoredTensor(key, type, List.of(data.byteSize() / type.bytes()), data);
  }

  private static String crc(MemorySegment data) {
    CRC32C crc = new CRC32C();
    crc.update(data.asByteBuffer());
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  /**
   * Opens a checkpoint and checks every byte of it.
   *
   * @throws DamagedException if the file is truncated, altered or not a checkpoint
   */
  static TrainingCheckpoint open(Path path) throws DamagedException {
    SafetensorsFile file = null;
    try {
      file = SafetensorsFile.open(path);
      for (StoredTensor tensor : file.tensors()) {
        String expected = file.metadata().get(CRC + tensor.key());
        if (!crc(tensor.data()).equals(expected)) {
          throw new IOException(path + ": checksum of " + tensor.key() + " does not match");
        }
      }
      byte[] text = file.get(HEADER).data().toArray(ValueLayout.JAVA_BYTE);
      Header header = header(new String(text, StandardCharsets.UTF_8), path + " (header)");
      if (header.format() != FORMAT) {
        throw new IOException(path + ": format=" + header.format() + "; this is " + FORMAT);
      }
      return new TrainingCheckpoint(file, header);
    } catch (IOException | DataException e) {
      if (file != null) {
        file.close();
      }
      throw new DamagedException(e.getMessage() == null ? path + ": " + e : e.getMessage(), e);
    }
  }

  /** The header, with values for settings that did not exist when it was written. */
  private static Header header(String text, String source) {
    ObjectNode tree = Json.read(text, ObjectNode.class, source);
    if (tree.get("config") instanceof ObjectNode settings) {
      tree.set("config", Json.tree(ConfigFile.parse(settings.toString(), source)));
    }
    return Json.convert(tree, Header.class, source);
  }

  /** Everything but the model's numbers. */
  Header header() {
    return header;
  }

  /** The model's numbers; valid until the checkpoint is closed. */
  ModelSnapshot snapshot() {
    Map<String, MemorySegment> arrays = new LinkedHashMap<>();
    for (StoredTensor tensor : file.tensors()) {
      if (!tensor.key().equals(HEADER)) {
        arrays.put(tensor.key(), tensor.data());
      }
    }
    return new ModelSnapshot(header.adamSteps(), arrays);
  }

  /** Closes the file; a second call does nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      file.close();
    }
  }
}
