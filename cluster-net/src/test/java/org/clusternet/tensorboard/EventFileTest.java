package org.clusternet.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.clusternet.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Event files, read back with Google's protobuf and the messages of TensorFlow's event.proto, and
 * with checksums computed bit by bit.
 */
class EventFileTest {
  @TempDir private Path folder;

  private static FieldDescriptorProto field(
      int number, String name, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setNumber(number)
        .setName(name)
        .setType(type)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
        .build();
  }

  private static FieldDescriptorProto message(
      int number, String name, String type, FieldDescriptorProto.Label label) {
    return FieldDescriptorProto.newBuilder()
        .setNumber(number)
        .setName(name)
        .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
        .setTypeName(type)
        .setLabel(label)
        .build();
  }

  /** As event.proto and summary.proto have them, as far as we write them. */
  private static Descriptor event() throws Exception {
    DescriptorProto value =
        DescriptorProto.newBuilder()
            .setName("Value")
            .addField(field(1, "tag", FieldDescriptorProto.Type.TYPE_STRING))
            .addField(field(2, "simple_value", FieldDescriptorProto.Type.TYPE_FLOAT))
            .build();
    DescriptorProto summary =
        DescriptorProto.newBuilder()
            .setName("Summary")
            .addField(message(1, "value", "Value", FieldDescriptorProto.Label.LABEL_REPEATED))
            .build();
    DescriptorProto session =
        DescriptorProto.newBuilder()
            .setName("SessionLog")
            .addField(field(1, "status", FieldDescriptorProto.Type.TYPE_INT32))
            .build();
    DescriptorProto event =
        DescriptorProto.newBuilder()
            .setName("Event")
            .addField(field(1, "wall_time", FieldDescriptorProto.Type.TYPE_DOUBLE))
            .addField(field(2, "step", FieldDescriptorProto.Type.TYPE_INT64))
            .addField(field(3, "file_version", FieldDescriptorProto.Type.TYPE_STRING))
            .addField(message(5, "summary", "Summary", FieldDescriptorProto.Label.LABEL_OPTIONAL))
            .addField(
                message(7, "session_log", "SessionLog", FieldDescriptorProto.Label.LABEL_OPTIONAL))
            .build();
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("event.proto")
            .addMessageType(value)
            .addMessageType(summary)
            .addMessageType(session)
            .addMessageType(event)
            .build();
    return FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("Event");
  }

  /** Castagnoli's polynomial, bit by bit, masked as crc32c.h says. */
  private static int maskedCrc(byte[] bytes) {
    int crc = -1;
    for (byte b : bytes) {
      crc ^= b & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 1 ? (crc >>> 1) ^ 0x82F63B78 : crc >>> 1;
      }
    }
    crc = ~crc;
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  private static List<DynamicMessage> events(Path file) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<DynamicMessage> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = new byte[8];
      bytes.get(length);
      assertEquals(maskedCrc(length), bytes.getInt());
      byte[] data =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      bytes.get(data);
      assertEquals(maskedCrc(data), bytes.getInt());
      DynamicMessage event = DynamicMessage.parseFrom(event(), data);
      assertTrue(event.getUnknownFields().asMap().isEmpty());
      events.add(event);
    }
    return events;
  }

  private static Object get(DynamicMessage message, String name) {
    return message.getField(message.getDescriptorForType().findFieldByName(name));
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("board"))) {
      return files.toList().get(0);
    }
  }

  @Test
  void theFileIsReadByAnotherImplementation() throws Exception {
    double before = System.currentTimeMillis() / 1000.0;
    try (EventFile file = EventFile.create(folder.resolve("board"), 301)) {
      Map<String, Double> values = new TreeMap<>();
      values.put("train/loss", 0.1);
      values.put("train/loss_fusion", Double.NaN);
      values.put("train/learning_rate", 1e-3);
      file.add(301, values);
      file.add(1L << 40, Map.of("e", -2.5));
    }
    Path path = onlyFile();
    assertTrue(path.getFileName().toString().startsWith("events.out.tfevents."), path::toString);
    List<DynamicMessage> events = events(path);
    assertEquals(4, events.size());
    assertEquals("brain.Event:2", get(events.get(0), "file_version"));
    for (DynamicMessage event : events) {
      double time = (double) get(event, "wall_time");
      assertTrue(time >= before && time < before + 60, "wall_time=" + time);
    }
    assertEquals(301L, get(events.get(1), "step"));
    assertEquals(1, get((DynamicMessage) get(events.get(1), "session_log"), "status"));
    assertEquals(301L, get(events.get(2), "step"));
    assertEquals(Map.of("train/loss", 0.1f, "train/learning_rate", 1e-3f), scalars(events.get(2)));
    assertEquals(1L << 40, get(events.get(3), "step"));
    assertEquals(Map.of("e", -2.5f), scalars(events.get(3)));
  }

  private static Map<String, Object> scalars(DynamicMessage event) {
    Map<String, Object> scalars = new TreeMap<>();
    DynamicMessage summary = (DynamicMessage) get(event, "summary");
    for (Object value : (List<?>) get(summary, "value")) {
      scalars.put(
          (String) get((DynamicMessage) value, "tag"), get((DynamicMessage) value, "simple_value"));
    }
    return scalars;
  }

  /** The first bytes of every event file that TensorFlow writes: 24 bytes, and their checksum. */
  @Test
  void theFileBeginsLikeThoseOfTensorFlow() throws IOException {
    EventFile.create(folder.resolve("board"), 1).close();
    byte[] start = Arrays.copyOf(Files.readAllBytes(onlyFile()), 13);
    byte[] known = {24, 0, 0, 0, 0, 0, 0, 0, (byte) 0xa3, 0x7f, 0x4b, 0x22, 9};
    assertArrayEquals(known, start);
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("board"));
    String message =
        assertThrows(DataException.class, () -> EventFile.create(file, 0)).getMessage();
    assertTrue(message.startsWith(file + "/events.out.tfevents."), message);
    assertTrue(message.contains(": cannot be written: "), message);
  }
}
