package org.clusternet.engine.cuda.jcuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Changes which shared library a 64-bit little-endian ELF file asks for, to another name of the
 * same length: the string in {@code .dynstr} that both its {@code DT_NEEDED} entry and its needed
 * symbol version point at, and the hash of that name in {@code .gnu.version_r} (System V ABI; LSB
 * 10.7).
 *
 * <p>JCuda's natives are built against CUDA 12. The functions that they use of cuBLAS have the same
 * signatures in CUDA 13, so that on a machine with CUDA 13 only, the name is all that differs.
 */
final class ElfSoname {
  private static final int SECTION_OFFSETS = 0x28;
  private static final int SECTION_SIZE = 0x3A;
  private static final int SECTION_COUNT = 0x3C;
  private static final int TYPE = 0x04;
  private static final int FLAGS = 0x08;
  private static final int OFFSET = 0x18;
  private static final int LENGTH = 0x20;
  private static final int STRING_TABLE = 3;
  private static final int VERSIONS_NEEDED = 0x6ffffffe;
  private static final int LOADED = 2;

  private final byte[] bytes;
  private final ByteBuffer elf;
  private final String from;
  private final String to;
  private int names;
  private int versions;

  private ElfSoname(byte[] bytes, String from, String to) {
    this.bytes = bytes;
    this.elf = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.from = from;
    this.to = to;
  }

  /**
   * A copy of {@code file} that asks for {@code to} where that asks for {@code from}.
   *
   * @throws IllegalArgumentException if the names differ in length, or the file does not ask for
   *     {@code from} exactly once
   */
  static byte[] replace(byte[] file, String from, String to) {
    if (from.length() != to.length()) {
      throw new IllegalArgumentException("soname " + from + ": " + to + " has another length");
    }
    ElfSoname elf = new ElfSoname(file.clone(), from, to);
    elf.sections();
    if (elf.names != 1 || elf.versions != 1) {
      throw new IllegalArgumentException(
          "soname %s: names=%d, versions=%d in the file; one of each was expected"
              .formatted(from, elf.names, elf.versions));
    }
    return elf.bytes;
  }

  private void sections() {
    int table = (int) elf.getLong(SECTION_OFFSETS);
    int size = elf.getShort(SECTION_SIZE);
    int count = elf.getShort(SECTION_COUNT);
    for (int section = table; section < table + count * size; section += size) {
      int offset = (int) elf.getLong(section + OFFSET);
      int type = elf.getInt(section + TYPE);
      if (type == STRING_TABLE && (elf.getLong(section + FLAGS) & LOADED) != 0) {
        names(offset, (int) elf.getLong(section + LENGTH));
      } else if (type == VERSIONS_NEEDED) {
        versions(offset);
      }
    }
  }

  private void names(int offset, int length) {
    byte[] wanted = ("\0" + from + "\0").getBytes(StandardCharsets.US_ASCII);
    for (int at = offset; at + wanted.length <= offset + length; at++) {
      if (elf.slice(at, wanted.length).equals(ByteBuffer.wrap(wanted))) {
        byte[] name = to.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, bytes, at + 1, name.length);
        names++;
      }
    }
  }

  /**
   * Elf64_Verneed: version, count, file, aux, next; Elf64_Vernaux: hash, flags, other, name, next.
   */
  private void versions(int offset) {
    int file = offset;
    int next;
    do {
      int count = elf.getShort(file + 2);
      int entry = file + elf.getInt(file + 8);
      for (int k = 0; k < count; k++) {
        if (elf.getInt(entry) == hash(from)) {
          elf.putInt(entry, hash(to));
          versions++;
        }
        entry += elf.getInt(entry + 12);
      }
      next = elf.getInt(file + 12);
      file += next;
    } while (next != 0);
  }

  /** The hash of the System V ABI. */
  static int hash(String name) {
    int hash = 0;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash << 4) + name.charAt(i);
      int high = hash & 0xf0000000;
      hash ^= high >>> 24;
      hash &= ~high;
    }
    return hash;
  }
}
