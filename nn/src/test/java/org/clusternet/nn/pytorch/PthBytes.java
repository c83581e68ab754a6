package org.clusternet.nn.pytorch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds pickles opcode by opcode and archives entry by entry, including invalid ones. */
final class PthBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A pickle of protocol 2. */
  static PthBytes pickle() {
    return new PthBytes().raw(0x80, 2);
  }

  PthBytes raw(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  PthBytes ops(String opcodes) {
    out.writeBytes(opcodes.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  PthBytes text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    raw('X').little(Integer.BYTES, bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  PthBytes global(String module, String name) {
    return ops("c" + module + "\n" + name + "\n");
  }

  /** BININT. */
  PthBytes number(int value) {
    return raw('J').little(Integer.BYTES, value);
  }

  /** LONG1 of eight bytes. */
  PthBytes longNumber(long value) {
    return raw(0x8a, 8).little(Long.BYTES, value);
  }

  PthBytes little(int width, long value) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(bytes.putLong(value).array(), 0, width);
    return this;
  }

  PthBytes numbers(int... values) {
    ops("(");
    for (int value : values) {
      number(value);
    }
    return ops("t");
  }

  /** The persistent id of a storage. */
  PthBytes storage(String type, String key, long elements) {
    return ops("(")
        .text("storage")
        .global("torch", type)
        .text(key)
        .text("cpu")
        .longNumber(elements)
        .ops("tQ");
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  /** {key: tensor of a storage of F32}. */
  static byte[] oneTensor(String storageKey, long elements, int offset, int[] size, int[] stride) {
    return pickle()
        .ops("}")
        .text("w")
        .global("torch._utils", "_rebuild_tensor_v2")
        .ops("(")
        .storage("FloatStorage", storageKey, elements)
        .number(offset)
        .numbers(size)
        .numbers(stride)
        .raw(0x89)
        .ops("NtRs.")
        .bytes();
  }

  /** An archive of stored entries under {@code archive/}. */
  static void zip(Path file, Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> e : entries.entrySet()) {
        ZipEntry entry = new ZipEntry("archive/" + e.getKey());
        CRC32 sum = new CRC32();
        sum.update(e.getValue());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(e.getValue().length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(e.getValue());
        zip.closeEntry();
      }
    }
  }
}
