package org.clusternet.nn.safetensors;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds files byte by byte from the description of the format. */
final class Bytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A file of the given header, without padding, and data. */
  static byte[] file(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return new Bytes().u64(json.length).raw(json).raw(data).done();
  }

  Bytes u64(long value) {
    return raw(little(8).putLong(value).array());
  }

  Bytes text(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_8));
  }

  Bytes u8(int... values) {
    for (int value : values) {
      out.write(value);
    }
    return this;
  }

  Bytes u16(int... values) {
    for (int value : values) {
      raw(little(2).putShort((short) value).array());
    }
    return this;
  }

  Bytes i32(int... values) {
    for (int value : values) {
      raw(little(4).putInt(value).array());
    }
    return this;
  }

  Bytes f32(float... values) {
    for (float value : values) {
      raw(little(4).putFloat(value).array());
    }
    return this;
  }

  Bytes f64(double... values) {
    for (double value : values) {
      raw(little(8).putDouble(value).array());
    }
    return this;
  }

  Bytes raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  byte[] done() {
    return out.toByteArray();
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
