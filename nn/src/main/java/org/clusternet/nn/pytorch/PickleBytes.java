package org.clusternet.nn.pytorch;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.clusternet.nn.pytorch.TorchObjects.MisfitException;

/**
 * The bytes of a pickle: its opcodes and the numbers and texts that follow them. Every length is
 * checked against what is left of the file before memory is allocated for it.
 */
final class PickleBytes {
  /** The longest pickle that is read; that of a ResNet-18 has 15 kB. */
  static final int MAX_BYTES = 1 << 22;

  private static final int MAX_INTEGER_BYTES = 16;

  private final ByteBuffer in;
  private final int begin;

  /**
   * Bytes of a pickle.
   *
   * @param bytes buffer whose position is the beginning of the pickle; more may follow it
   */
  PickleBytes(ByteBuffer bytes) {
    this.in = bytes.order(ByteOrder.LITTLE_ENDIAN);
    this.begin = bytes.position();
  }

  /** Number of bytes read so far. */
  int position() {
    return in.position() - begin;
  }

  /** The next opcode. */
  int opcode() throws MisfitException {
    if (position() >= MAX_BYTES) {
      throw new MisfitException("the pickle is longer than " + MAX_BYTES + " bytes");
    }
    return (int) unsigned(1);
  }

  /** An unsigned little-endian integer of 1, 2 or 4 bytes. */
  long unsigned(int bytes) throws MisfitException {
    need(bytes);
    return switch (bytes) {
      case 1 -> in.get() & 0xFFL;
      case 2 -> in.getShort() & 0xFFFFL;
      default -> in.getInt() & 0xFFFF_FFFFL;
    };
  }

  /** A signed integer of 4 bytes. */
  long signedInt() throws MisfitException {
    return need(Integer.BYTES).getInt();
  }

  /** An integer of {@code length} bytes, two's complement, little-endian: a Long where it fits. */
  Object integer(long length) throws MisfitException {
    if (length > MAX_INTEGER_BYTES) {
      throw new MisfitException("an integer of " + length + " bytes");
    }
    byte[] bytes = new byte[(int) length];
    need(length).get(bytes);
    byte[] reversed = new byte[bytes.length + 1];
    for (int i = 0; i < bytes.length; i++) {
      reversed[reversed.length - 1 - i] = bytes[i];
    }
    reversed[0] = (byte) (bytes.length > 0 && bytes[bytes.length - 1] < 0 ? -1 : 0);
    BigInteger value = new BigInteger(reversed);
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  double bigEndianDouble() throws MisfitException {
    return Double.longBitsToDouble(Long.reverseBytes(need(Long.BYTES).getLong()));
  }

  /** A text of {@code length} bytes in UTF-8. */
  String text(long length) throws MisfitException {
    need(length);
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The text up to the next line feed, which is read too. */
  String line() throws MisfitException {
    StringBuilder line = new StringBuilder();
    for (char c = next(); c != '\n'; c = next()) {
      line.append(c);
    }
    return line.toString();
  }

  private char next() throws MisfitException {
    return (char) unsigned(1);
  }

  /** An unsigned length of 8 bytes; one beyond the range of a long is longer than any file. */
  long length() throws MisfitException {
    long length = need(Long.BYTES).getLong();
    return length < 0 ? Long.MAX_VALUE : length;
  }

  /** Passes over {@code length} bytes. */
  void skip(long length) throws MisfitException {
    need(length);
    in.position(in.position() + (int) length);
  }

  /** Passes over the length of a frame of protocol 4. */
  void skipFrameLength() throws MisfitException {
    need(Long.BYTES).getLong();
  }

  private ByteBuffer need(long bytes) throws MisfitException {
    if (bytes > in.remaining()) {
      throw new MisfitException(
          "%d bytes are announced and %d are left; the file is truncated or damaged"
              .formatted(bytes, in.remaining()));
    }
    return in;
  }
}
